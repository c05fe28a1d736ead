"""Decides what the ladder leaves to the performance office: to ask the inspector, to chase a signer."""

from __future__ import annotations

from datetime import date, datetime

from engine.actor import Actor
from engine.audit import AuditDraft
from engine.reasons import Reason, Refusal, RefusedError, deny
from workflows.deadlines.records import ToDo
from workflows.deadlines.timetable import Timetable
from workflows.milestones.ports import ToDoStore
from workflows.milestones.records import OUTCOMES, ToDoCase, ToDoChange, ToDoOutcome
from workflows.notices.records import NoticeKind
from workflows.notices.rungs import standing
from workflows.rectification.records import NoticeDraft
from workflows.rectification.vocabulary import Role

_HEADS = {Role.PERFORMANCE_OFFICE: Role.PERFORMANCE_OFFICE_HEAD}


def decide(
    store: ToDoStore, timetable: Timetable, to_do: int, outcome: str, actor: Actor, now: datetime
) -> ToDoOutcome:
    """Decide a to-do; a yes tells the people it is about at once.

    Raises:
        RefusedError: ``not_permitted``, ``not_independent``, ``to_do_outcome_unknown``, ``to_do_decided``,
            or ``to_do_nobody`` where a yes would reach nobody.
        NotFoundError: There is no such to-do for this actor.
    """
    with store.work(to_do, actor, now) as work:
        refused = _refused(work.case, outcome, actor)
        if refused is not None:
            raise RefusedError(Refusal((refused,)))
        chosen = ToDoOutcome(outcome)
        work.apply(_change(work.case, chosen, timetable, timetable.local_day(now)))
        return chosen


def _refused(case: ToDoCase, outcome: str, actor: Actor) -> Reason | None:
    allowed = OUTCOMES[case.kind]
    if not actor.has_role(case.role, *(_HEADS[role] for role in _HEADS if role == case.role)):
        return deny("not_permitted")
    if outcome not in allowed:
        return deny("to_do_outcome_unknown")
    # Anybody may make their own department's delay known; nobody may decide that it stays unknown.
    if outcome != allowed[0] and actor.departments() & frozenset(case.lead_departments):
        return deny("not_independent", relation="lead_department")
    if case.decided is not None:
        return deny("to_do_decided", decided=case.decided)
    if outcome == allowed[0] and not case.told:
        return deny("to_do_nobody")
    return None


def _change(case: ToDoCase, outcome: ToDoOutcome, timetable: Timetable, today: date) -> ToDoChange:
    phase, days = standing(case.due_on, today, timetable)
    params = [("clock", case.clock), ("days", str(days)), ("due_on", case.due_on.isoformat())]
    kind = NoticeKind.RAISED
    if case.kind != ToDo.ASK_INSPECTOR:
        kind = NoticeKind.RUNG
        params += [("rung", case.rung), ("phase", str(phase))]
    people = case.told if outcome is OUTCOMES[case.kind][0] else ()
    cause = f"to_do:{case.to_do}"
    return ToDoChange(
        outcome=outcome,
        notices=tuple(NoticeDraft(who, kind, cause, urgent=True, params=tuple(params)) for who in people),
        audit=AuditDraft(
            stream=f"task:{case.task}",
            action="decide",
            role=case.role,
            references={"to_do": case.to_do, "kind": case.kind, "outcome": outcome, "told": people},
        ),
    )
