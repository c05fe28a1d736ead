"""Urges every department whose report is missing: one notice a department and a day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from engine.actor import Actor
from engine.audit import AuditDraft
from engine.reasons import Refusal, RefusedError, deny
from workflows.deadlines.timetable import Timetable
from workflows.milestones.ports import MilestoneStore
from workflows.milestones.records import MilestoneCase, MissingReport, Urge, UrgeReceipt
from workflows.notices.records import NoticeKind
from workflows.rectification.records import NoticeDraft
from workflows.rectification.vocabulary import Role

MAY_URGE = (Role.PERFORMANCE_OFFICE, Role.PERFORMANCE_OFFICE_HEAD)
"""Who may urge."""


def urge(
    store: MilestoneStore, timetable: Timetable, plan: int, kind: str, actor: Actor, now: datetime
) -> UrgeReceipt:
    """Urge every department whose report for a milestone is missing.

    Args:
        store: Where it is read and written.
        timetable: Calendar and time zone: a department is urged once a local day.
        plan: The plan.
        kind: The milestone's kind.
        actor: Who urges.
        now: When.

    Raises:
        RefusedError: ``not_permitted``, or ``nothing_to_urge`` where every report is there.
        NotFoundError: There is no such milestone for this actor.
    """
    if not actor.has_role(*MAY_URGE):
        raise RefusedError(Refusal((deny("not_permitted"),)))
    today = timetable.local_day(now)
    case = store.missing(plan, kind, actor, today)
    if not case.missing:
        raise RefusedError(Refusal((deny("nothing_to_urge"),)))
    urges = urges_of(case, today)
    reachable = [item for item in urges if item.notices]
    told = store.urge(reachable, _entry(case, reachable), actor, now) if reachable else frozenset()
    return UrgeReceipt(
        told=tuple(item.department for item in reachable if item.department in told),
        told_before=tuple(item.department for item in reachable if item.department not in told),
        vacant=tuple(item.department for item in urges if not item.notices),
    )


def urges_of(case: MilestoneCase, today: date) -> tuple[Urge, ...]:
    """Give one urge per department, in the order of the plan."""
    by_department: defaultdict[int, list[MissingReport]] = defaultdict(list)
    for report in case.missing:
        for department in report.departments:
            by_department[department].append(report)
    return tuple(_urge(case, department, reports, today) for department, reports in by_department.items())


def _urge(case: MilestoneCase, department: int, reports: list[MissingReport], today: date) -> Urge:
    cause = f"urge:{case.plan}:{case.kind}:{department}:{today.isoformat()}"
    params = (
        ("clock", case.kind),
        ("due_on", min(report.due_on for report in reports).isoformat()),
        ("by", case.office),
        ("numbers", ",".join(str(report.number) for report in reports)),
    )
    return Urge(
        department=department,
        task=reports[0].task,
        cause=cause,
        notices=tuple(
            NoticeDraft(person, NoticeKind.URGED, cause, urgent=True, params=params)
            for person in case.people.get(department, ())
        ),
    )


def _entry(case: MilestoneCase, urges: list[Urge]) -> AuditDraft:
    return AuditDraft(
        stream=f"plan:{case.plan}",
        action="urge",
        references={
            "kind": case.kind,
            "departments": [item.department for item in urges],
            "tasks": [report.task for report in case.missing],
        },
    )
