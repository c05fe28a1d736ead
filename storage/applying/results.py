"""What a step leaves behind as rows: verdicts, progress and publications."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, case, func, select

# SQLite took over PostgreSQL's ON CONFLICT word for word, so that one construct serves both.
from sqlalchemy.dialects.postgresql import Insert, insert

from engine.decision import SubjectMoved
from storage.applying.context import Context
from storage.tables import measure_progress, publication, publication_task, verdict
from storage.tables.base import Identifier
from workflows.rectification.records import CriterionJudged, ProgressNoted, Published

_JUDGE = insert(verdict)


def _note() -> Insert:
    """Newer words replace older ones; where a step says nothing, or names no day, the earlier stay."""
    statement = insert(measure_progress)
    given, before = statement.excluded, measure_progress.c
    words = ("progress", "problems", "next_step")
    said = given.progress + given.problems + given.next_step != ""
    return statement.on_conflict_do_update(
        index_elements=["measure_id"],
        set_={
            **{name: case((said, given[name]), else_=before[name]) for name in words},
            **{name: func.coalesce(given[name], before[name]) for name in ("first_on", "last_on")},
            "updated_by": given.updated_by,
            "updated_at": given.updated_at,
        },
    )


_NOTE = _note()
_PUBLISH = insert(publication).on_conflict_do_nothing(index_elements=["organisation_id", "digest"])
_SERVE = insert(publication_task).from_select(
    ["publication_id", "task_id", "organisation_id", "round"],
    select(
        publication.c.id,
        bindparam("row", type_=Identifier),
        publication.c.organisation_id,
        bindparam("of_round", type_=publication_task.c.round.type),
    ).where(
        publication.c.organisation_id == bindparam("organisation"),
        publication.c.digest == bindparam("same"),
    ),
)
# After a reopening the same words may serve the same task again.
_SERVE = _SERVE.on_conflict_do_update(
    index_elements=["publication_id", "task_id"], set_={"round": _SERVE.excluded.round}
)


def judge(context: Context, judged: Sequence[CriterionJudged], moved: SubjectMoved) -> None:
    """Write the verdicts of a step."""
    rows = [
        {
            "organisation_id": context.organisation,
            "task_id": context.task,
            "criterion_id": one.criterion,
            "proposal_id": moved.proposal,
            "round": context.case.task.round,
            "given_by": one.given_by,
            "verdict": one.verdict,
            "note": one.note,
            "person_id": moved.proposer,
            "at": context.now,
        }
        for one in judged
    ]
    if rows:
        context.connection.execute(_JUDGE, rows)


def note_progress(context: Context, noted: Sequence[ProgressNoted], moved: SubjectMoved) -> None:
    """Write the latest words about the measures."""
    rows = [
        {
            "measure_id": one.measure,
            "organisation_id": context.organisation,
            "first_on": one.first_on,
            "last_on": one.last_on,
            "progress": one.progress,
            "problems": one.problems,
            "next_step": one.next_step,
            "updated_by": moved.proposer,
            "updated_at": context.now,
        }
        for one in noted
    ]
    if rows:
        context.connection.execute(_NOTE, rows)


def publish(context: Context, published: Published, moved: SubjectMoved) -> None:
    """Find or write a publication, and write that it speaks of the task."""
    row = {
        "organisation_id": context.organisation,
        "digest": published.digest,
        "text": published.text,
        "address": published.address,
        "scan_digest": published.scan_digest,
        "published_at": context.now,
    }
    context.connection.execute(_PUBLISH, row)
    values = {
        "organisation": context.organisation,
        "same": published.digest,
        "row": context.task,
        "of_round": moved.round,
    }
    context.connection.execute(_SERVE, values)
