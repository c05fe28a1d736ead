"""The one statement that brings everything small around a task: its parts, people, clocks, settings.

Owns how these facts are found. Must not know what they mean.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Row,
    Select,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.types import TypeEngine

from storage.gathering.delegated import covers, valid
from storage.tables import (
    account,
    audit_entry,
    criterion,
    deadline,
    definition_version,
    delegation,
    evidence,
    extension,
    measure,
    milestone,
    position,
    proposal,
    report,
    setting,
    task_department,
    task_leader,
)
from storage.tables.base import Identifier, Moment

OFFICE_ROLES = (
    "performance_office",
    "performance_office_head",
    "performance_leader",
    "verification_group",
    "inspector",
    "publicity_office",
    "confidentiality_reviewer",
)
"""Roles that are held towards every task of an organisation, whatever department they are held in."""

REPORTING_TRIGGERS = (
    "start",
    "report_mid_term",
    "report_year_end",
    "complete",
    "withhold",
    "suspend",
    "resume",
)
"""The moves with which a department hands in the evidence that is judged. What comes with any other move is
what its judges wrote themselves, and makes nobody a party: a verifier who sent the task back once may verify
it in the next round."""

AnyRow = Row[*tuple[Any, ...]]
"""A row whose columns are known to who asked for it."""

# Every kind of row has these columns, so that one statement can bring all kinds.
_SHAPE: dict[str, TypeEngine[Any]] = {
    "one": Identifier,
    "two": Identifier,
    "three": Identifier,
    "word": Text(),
    "text": Text(),
    "day": Date(),
    "other_day": Date(),
    "at": Moment(),
    "other_at": Moment(),
}
_TASK = bindparam("task", type_=Identifier)
_ORGANISATION = bindparam("organisation", type_=Identifier)
_PLAN = bindparam("plan", type_=Identifier)
_TODAY = bindparam("today", type_=Date())
_CREATED = bindparam("created", type_=Date())
_STREAM = bindparam("stream", type_=Text())


def _rows(
    what: str, source: FromClause, *where: ColumnElement[bool], **columns: ColumnElement[Any]
) -> Select[Any]:
    shaped = (columns.get(name, cast(null(), kind)).label(name) for name, kind in _SHAPE.items())
    return select(literal_column(f"'{what}'").label("what"), *shaped).select_from(source).where(*where)


def _words(words: tuple[str, ...]) -> list[ColumnElement[str]]:
    """Words of ours as literals, so that the plan of the statement is made with them in sight."""
    return [literal_column(f"'{word}'") for word in words]


def _held(*where: ColumnElement[bool]) -> Select[Any]:
    """Positions held today by people whose account is enabled."""
    return _rows(
        "position",
        position.join(account, account.c.person_id == position.c.person_id),
        account.c.disabled_at.is_(None),
        position.c.from_on <= _TODAY,
        or_(position.c.until_on.is_(None), position.c.until_on >= _TODAY),
        *where,
        one=position.c.person_id,
        two=position.c.department_id,
        three=position.c.id,
        word=position.c.role,
    )


def _belonging(departments: Select[tuple[int | None]]) -> Select[Any]:
    """Positions held in departments at any time since the task was created: who left stays too near."""
    return _rows(
        "member",
        position.join(account, account.c.person_id == position.c.person_id),
        position.c.department_id.in_(departments),
        position.c.from_on <= _TODAY,
        or_(position.c.until_on.is_(None), position.c.until_on >= _CREATED, position.c.until_on >= _TODAY),
        one=position.c.person_id,
        two=position.c.department_id,
        three=position.c.id,
        word=position.c.role,
        day=position.c.until_on,
        at=account.c.disabled_at,
    )


def _parts() -> tuple[Select[Any], ...]:
    return (
        _rows("measure", measure, measure.c.task_id == _TASK, one=measure.c.id, two=measure.c.number),
        _rows(
            "criterion",
            criterion,
            criterion.c.task_id == _TASK,
            one=criterion.c.id,
            two=criterion.c.number,
            three=criterion.c.target,
        ),
        _rows(
            "milestone",
            milestone,
            milestone.c.plan_id == _PLAN,
            word=milestone.c.kind,
            day=milestone.c.due_on,
        ),
        _rows(
            "setting",
            setting,
            setting.c.organisation_id == _ORGANISATION,
            word=setting.c.name,
            text=setting.c.value,
        ),
    )


def _people() -> tuple[Select[Any], ...]:
    departments = select(task_department.c.department_id).where(
        task_department.c.task_id == _TASK, task_department.c.department_id.is_not(None)
    )
    leaders = select(task_leader.c.person_id).where(task_leader.c.task_id == _TASK)
    offices = position.c.role.in_(_words(OFFICE_ROLES))
    return (
        _rows(
            "department",
            task_department,
            task_department.c.task_id == _TASK,
            task_department.c.department_id.is_not(None),
            one=task_department.c.department_id,
            two=task_department.c.position,
            word=task_department.c.part,
        ),
        _rows(
            "leader",
            task_leader,
            task_leader.c.task_id == _TASK,
            one=task_leader.c.person_id,
            two=task_leader.c.position,
        ),
        _belonging(departments),
        _held(position.c.person_id.in_(leaders), position.c.role == literal_column("'responsible_leader'")),
        _held(position.c.organisation_id == _ORGANISATION, offices),
        _rows(
            "evidence",
            evidence.outerjoin(proposal, proposal.c.id == evidence.c.proposal_id),
            evidence.c.task_id == _TASK,
            one=evidence.c.handed_in_by,
            two=evidence.c.id,
            word=proposal.c.trigger,
        ),
    )


def _course() -> tuple[Select[Any], ...]:
    return (
        _rows(
            "report",
            report,
            report.c.task_id == _TASK,
            one=report.c.id,
            two=report.c.round,
            word=report.c.kind,
            at=report.c.received_at,
            other_at=report.c.returned_at,
        ),
        _rows(
            "extension",
            extension.join(definition_version, definition_version.c.id == extension.c.definition_version_id),
            extension.c.task_id == _TASK,
            one=extension.c.number,
            two=extension.c.version,
            word=extension.c.state,
            text=definition_version.c.text,
        ),
        _extension_definition(),
        _newest_clocks(),
        _delegated(),
        _last_entry(),
    )


def _delegated() -> Select[Any]:
    return _rows(
        "delegation",
        delegation,
        delegation.c.organisation_id == _ORGANISATION,
        valid(_TODAY),
        covers(_PLAN, _TASK),
        one=delegation.c.principal_id,
        two=delegation.c.delegate_id,
    )


def _extension_definition() -> Select[Any]:
    """The definition on which the next extension starts; versions are published in their order."""
    published = definition_version.alias("published")
    newest = select(func.max(published.c.id)).where(
        published.c.organisation_id == _ORGANISATION, published.c.name == literal_column("'extension'")
    )
    here = definition_version.c.id == newest.scalar_subquery()
    return _rows("extension_definition", definition_version, here, text=definition_version.c.text)


def _newest_clocks() -> Select[Any]:
    later = deadline.alias("later")
    newest = (
        select(func.max(later.c.visit))
        .where(later.c.task_id == deadline.c.task_id, later.c.kind == deadline.c.kind)
        .scalar_subquery()
    )
    return _rows(
        "clock",
        deadline,
        deadline.c.task_id == _TASK,
        deadline.c.visit == newest,
        one=deadline.c.id,
        two=deadline.c.visit,
        word=deadline.c.kind,
        text=deadline.c.state,
        day=deadline.c.due_on,
        other_day=deadline.c.original_due_on,
        at=deadline.c.held_at,
    )


def _last_entry() -> Select[Any]:
    last = select(func.max(audit_entry.c.seq)).where(audit_entry.c.stream == _STREAM).scalar_subquery()
    return _rows(
        "head",
        audit_entry,
        audit_entry.c.stream == _STREAM,
        audit_entry.c.seq == last,
        one=audit_entry.c.seq,
        word=audit_entry.c.sha256,
        text=audit_entry.c.sm3,
    )


AROUND = union_all(*_parts(), *_people(), *_course())
"""Rows of every kind, told apart by ``what``; asks for ``task``, ``organisation``, ``plan``, ``today``,
``created`` and ``stream``. In no order."""
