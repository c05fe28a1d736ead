"""What the sweep does about one due deadline: which rungs are recorded, who is told, when it looks again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from engine.audit import AuditDraft
from engine.delegating import delegates_now
from workflows.deadlines.ladder import Ladders
from workflows.deadlines.records import Addressee, OpenDeadline, Outcome, Resolution
from workflows.deadlines.resolving import sweep
from workflows.deadlines.timetable import Timetable
from workflows.notices.records import Matter, Recipient
from workflows.notices.rungs import tell
from workflows.rectification.clocks import switches
from workflows.rectification.gathering import holders
from workflows.rectification.ports import SweepStore
from workflows.rectification.records import (
    DeadlineKind,
    DueDeadline,
    NoticeDraft,
    RungRecorded,
    SweepChange,
)
from workflows.rectification.subjects import extension_of, task_of
from workflows.rounds import each_alone


def run_sweep(
    store: SweepStore, ladders: Ladders, timetable: Timetable, now: datetime, limit: int = 500
) -> int:
    """Resolve due deadlines, each in a transaction of its own.

    Args:
        store: Finds and locks them.
        ladders: The ladders that come with the product; an organisation's settings are applied to them.
        timetable: Calendar and time zone.
        now: The moment of the sweep.
        limit: How many are resolved at most; the rest are due at the next tick.

    Returns:
        How many deadlines were resolved.

    Raises:
        SurroundingsError: The database failed; what was resolved before stands.
        ExceptionGroup: Some deadlines could not be resolved, and each says why; all others were.
    """

    def work(deadline: int) -> int:
        with store.work(deadline, now) as opened:
            if opened is None:
                return 0
            opened.apply(resolve(opened.due, ladders, timetable, now))
            return 1

    return each_alone(store.due(now, limit), work, "deadline")


def resolve(due: DueDeadline, ladders: Ladders, timetable: Timetable, now: datetime) -> SweepChange:
    """Decide about one due deadline."""
    ladders = ladders.with_switches(switches(due.case.settings))
    open_deadline = OpenDeadline(due.kind, due.due_on, due.started_at, due.recorded, due.pauses)
    decided = sweep(open_deadline, now, ladders, timetable)
    people = _people(due, timetable.local_day(now))
    notices: list[NoticeDraft] = []
    to_dos: list[tuple[str, str]] = []
    for resolution in decided.fired():
        notices.extend(_notices(due, resolution, open_deadline, people, now, timetable))
        if resolution.moment.rung.to_do is not None:
            to_dos.append((resolution.moment.rung.id, resolution.moment.rung.to_do))
    return SweepChange(
        deadline=due.deadline,
        rungs=tuple(
            RungRecorded(r.moment.rung.id, r.moment.planned_on, r.moment.at, r.outcome)
            for r in decided.resolutions
        ),
        notices=tuple(notices),
        to_dos=tuple(to_dos),
        next_at=decided.next_at,
        audit=_audit(due, decided.resolutions, notices),
    )


def _people(due: DueDeadline, today: date) -> dict[Addressee, tuple[Recipient, ...]]:
    held = holders(due.case)
    found: dict[Addressee, tuple[Recipient, ...]] = {}
    for addressee in Addressee:
        if addressee is Addressee.SIGNERS:
            people = _signers(due, today)
        else:
            people = tuple(person for group in held.get(addressee, ()) for person in group)
        found[addressee] = tuple(Recipient(person) for person in dict.fromkeys(people))
    return found


def _signers(due: DueDeadline, today: date) -> tuple[int, ...]:
    """Whose turn it is, and whoever may sign in their place."""
    of_extension = due.kind is DeadlineKind.EXTENSION_PENDING
    subject = (extension_of if of_extension else task_of)(due.case, today)
    waiting = subject.facts.proposal.waiting() if subject.facts.proposal else ()
    delegates = delegates_now(subject.workflow.definition, subject.facts)
    return (*waiting, *(delegate for _, delegate in delegates))


def _notices(
    due: DueDeadline,
    resolution: Resolution,
    open_deadline: OpenDeadline,
    people: Mapping[Addressee, tuple[Recipient, ...]],
    now: datetime,
    timetable: Timetable,
) -> list[NoticeDraft]:
    task = due.case.task
    matter = Matter(str(task.number), due.objective, f"/tasks/{task.task}")
    telling = tell(resolution, open_deadline, matter, people, now, timetable)
    cause = f"rung:{due.deadline}:{due.version}:{due.visit}:{resolution.moment.rung.id}"
    return [
        NoticeDraft(
            person=notice.recipient.person,
            kind=notice.kind,
            cause=cause,
            urgent=notice.urgent,
            params=tuple((name, str(value)) for name, value in notice.params.items()),
        )
        for notice in telling.notices
    ]


def _audit(
    due: DueDeadline, resolutions: tuple[Resolution, ...], notices: list[NoticeDraft]
) -> AuditDraft | None:
    if not resolutions:
        return None
    outcomes: dict[str, Outcome] = {r.moment.rung.id: r.outcome for r in resolutions}
    told: list[int] = sorted({notice.person for notice in notices})
    day: date = due.due_on
    return AuditDraft(
        stream=f"task:{due.case.task.task}",
        action="rung",
        origin=due.case.task.state,
        references={
            "deadline": due.deadline,
            "kind": due.kind,
            "visit": due.visit,
            "version": due.version,
            "due_on": day,
            "rungs": outcomes,
            "told": told,
        },
    )
