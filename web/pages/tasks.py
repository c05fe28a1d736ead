"""The page of one task."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_login import current_user

from web.actions import Action, extension_actions, proposal_actions, task_actions
from web.actor import actor
from web.context import config, lights, today, wording
from web.permissions import Permission, permitted
from web.pictures import diagram_of
from web.reading.bundles import Around
from web.reading.clocks import clock_views, next_clock
from web.reading.criteria import criterion_views, other_evidence
from web.reading.instructions import read_guidance
from web.reading.proposals import RevisionView, revision_view
from web.reading.task import TaskReading, read_task
from web.reading.timeline import timeline
from workflows.rectification.vocabulary import Role

blueprint = Blueprint("tasks", __name__, url_prefix="/tasks")


@blueprint.get("/<int:task>")
@permitted(Permission.TASK_READ)
def page(task: int) -> str:
    """Show a task: facts, criteria with evidence, clocks, what is open, what happened, what may be done."""
    reading = read_task(config().database, actor(), task, today())
    around = around_of(reading)
    guidance = read_guidance(config().database, actor(), task, reading.facts, today())
    words = wording({**reading.names, **guidance.names})
    views = clock_views(reading.clocks, lights(), config().rules.timetable, today())
    following = next_clock(views)
    may_propose = Permission.PROPOSAL_PROPOSE in current_user.permissions
    return render_template(
        "tasks/page.html",
        reading=reading,
        words=words,
        opened=open_proposals(reading, around),
        actions=task_actions(
            reading, actor(), words, may_propose=may_propose, due=following.row.kind if following else None
        ),
        extension_actions=extension_actions(reading, actor(), words, may_propose=may_propose),
        criteria=criterion_views(reading),
        other_evidence=other_evidence(reading),
        clocks=views,
        next_clock=following,
        guidance=guidance,
        events=timeline(reading, around, guidance),
        watches=reading.facts.holds(Role.INSPECTOR, actor().person),
        diagram=diagram_of(reading.workflow.definition, reading.head.state),
    )


def around_of(reading: TaskReading) -> Around:
    """Give what the references of a task's bundles mean."""
    return Around(reading.measures, reading.criteria, reading.evidence, reading.reports)


def open_proposals(reading: TaskReading, around: Around) -> list[tuple[RevisionView, list[Action]]]:
    """Give what waits for signatures, the task's own and its extension's, each with what may be done."""
    words, found = wording(reading.names), []
    for of_subject in (reading, reading.of_extension()):
        row = of_subject.open_revision
        if row is not None:
            view = revision_view(row, reading.seats, reading.signatures, around)
            found.append((view, proposal_actions(of_subject, actor(), words, current_user.permissions)))
    return found
