"""Puts a task's case together from its row, what is around it, and its open proposal.

Must not decide anything with the facts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select

from engine.audit import GENESIS, Head
from engine.facts import LatestChange
from storage.audit_log import TASK
from storage.gathering.around import AROUND, REPORTING_TRIGGERS, AnyRow
from storage.gathering.proposal import open_proposals
from storage.tables import definition_version, plan, task
from workflows.rectification.records import (
    Case,
    ClockRecord,
    DeadlineKind,
    ExtensionRecord,
    Part,
    PositionRecord,
    ReportKind,
    ReportRecord,
    TaskKind,
    TaskRecord,
)

_TASK = (
    select(task, plan.c.review_on, definition_version.c.text.label("definition_text"))
    .join_from(task, plan, plan.c.id == task.c.plan_id)
    .join(definition_version, definition_version.c.id == task.c.definition_version_id)
    .where(task.c.id == bindparam("task"), task.c.organisation_id == bindparam("organisation"))
)
_LOCK = _TASK.with_for_update(of=task)
_LOCK_FREE = _TASK.with_for_update(of=task, skip_locked=True)

Rows = Mapping[str, Sequence[AnyRow]]


@dataclass(frozen=True, slots=True)
class Gathered:
    """A case, and the last entry of the task's chain as it stands under the lock."""

    case: Case
    head: Head


def lock_task(
    connection: Connection, number: int, organisation: int, *, only_free: bool = False
) -> AnyRow | None:
    """Lock a task's row, before any other row of the task, and give it.

    Returns:
        None where there is no such task; with ``only_free`` also where somebody else holds it.
    """
    lock = _LOCK_FREE if only_free else _LOCK
    return connection.execute(lock, {"task": number, "organisation": organisation}).one_or_none()


def gather_case(connection: Connection, locked: AnyRow, today: date) -> Gathered:
    """Gather the case of a task.

    Args:
        connection: The unit of work that locked the task.
        locked: What :func:`lock_task` gave. What it does not hold is read after it, so that nothing is older
            than the lock.
        today: The calendar day on which positions count.
    """
    found = _around(connection, locked, today)
    waiting = open_proposals(connection, locked.id)
    case = Case(
        task=_task(locked),
        definition_text=locked.definition_text,
        measures=_parts(found["measure"]),
        criteria=_parts(found["criterion"]),
        reports=_reports(found),
        clocks=_clocks(found),
        lead_departments=_departments(found, "lead"),
        supporting_departments=_departments(found, "supporting"),
        leaders=tuple(row.one for row in sorted(found["leader"], key=lambda row: row.two)),
        positions=_positions(row for row in (*found["position"], *found["member"]) if _held(row, today)),
        submitters=frozenset(row.one for row in found["evidence"] if row.word in REPORTING_TRIGGERS),
        milestones={row.word: row.day for row in found["milestone"]},
        settings={row.word: row.text for row in found["setting"]},
        evidence=frozenset(row.two for row in found["evidence"]),
        delegations=_delegations(found),
        proposal=waiting.pop(0, None),
        extensions=_extensions(found),
        extension_proposal=next(iter(waiting.values()), None),
        extension_text=next((row.text for row in found["extension_definition"]), None),
        former=_positions(row for row in found["member"] if not _held(row, today)),
        former_lead_departments=_departments(found, "former_lead"),
        former_supporting_departments=_departments(found, "former_supporting"),
    )
    head = next((Head(row.one, row.word, row.text) for row in found["head"]), GENESIS)
    return Gathered(case, head)


def _around(connection: Connection, locked: AnyRow, today: date) -> Rows:
    values = {
        "task": locked.id,
        "organisation": locked.organisation_id,
        "plan": locked.plan_id,
        "today": today,
        "created": locked.created_at.date(),
        "stream": f"{TASK}{locked.id}",
    }
    found: dict[str, list[AnyRow]] = defaultdict(list)
    for row in connection.execute(AROUND, values).all():
        found[row.what].append(row)
    return found


def _task(row: AnyRow) -> TaskRecord:
    return TaskRecord(
        task=row.id,
        organisation=row.organisation_id,
        plan=row.plan_id,
        number=row.number,
        state=row.state,
        version=row.version,
        round=row.round,
        kind=TaskKind(row.kind),
        due_on=row.due_on,
        original_due_on=row.original_due_on,
        review_on=row.review_on,
        acknowledged=row.acknowledged_at is not None,
        suspended_from=row.suspended_from,
        latest=LatestChange(row.latest_person_id, row.latest_at, row.latest_action),
        extensions=row.extensions,
        extended_days=row.extended_days,
    )


def _parts(rows: Sequence[AnyRow]) -> tuple[Part, ...]:
    return tuple(Part(row.one, row.two, row.three) for row in sorted(rows, key=lambda row: row.two))


def _reports(found: Rows) -> tuple[ReportRecord, ...]:
    return tuple(
        ReportRecord(row.one, ReportKind(row.word), row.two, row.at is not None, row.other_at is not None)
        for row in sorted(found["report"], key=lambda row: row.one)
    )


def _clocks(found: Rows) -> tuple[ClockRecord, ...]:
    return tuple(
        ClockRecord(row.one, DeadlineKind(row.word), row.two, row.day, row.other_day, row.text, row.at)
        for row in sorted(found["clock"], key=lambda row: row.one)
    )


def _extensions(found: Rows) -> tuple[ExtensionRecord, ...]:
    return tuple(
        ExtensionRecord(row.one, row.word, row.two, row.text)
        for row in sorted(found["extension"], key=lambda row: row.one)
    )


def _departments(found: Rows, part: str) -> tuple[int, ...]:
    rows = sorted(found["department"], key=lambda row: row.two)
    return tuple(row.one for row in rows if row.word == part)


def _delegations(found: Rows) -> dict[int, frozenset[int]]:
    allowed: dict[int, frozenset[int]] = {}
    for row in found["delegation"]:
        allowed[row.one] = allowed.get(row.one, frozenset()) | {row.two}
    return allowed


def _held(row: AnyRow, today: date) -> bool:
    return row.at is None and (row.day is None or row.day >= today)


def _positions(rows: Iterable[AnyRow]) -> tuple[PositionRecord, ...]:
    """Somebody who holds an office in a department of the task is found twice and counts once."""
    by_identifier = {row.three: PositionRecord(row.one, row.two, row.word) for row in rows}
    return tuple(by_identifier[identifier] for identifier in sorted(by_identifier))
