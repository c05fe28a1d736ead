"""Which delegations hold at a moment, for a task: one condition for decisions, inboxes and signatures alike.

Must not know whom independence keeps from signing; that is decided for each proposal.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_

from storage.tables import account, delegation, position
from workflows.delegations.records import APART_ROLES


def valid(today: ColumnElement[date]) -> ColumnElement[bool]:
    """Give the condition under which a delegation holds on a day: neither withdrawn nor outside its days.

    An account that is disabled signs nothing, and nothing is signed for it; a delegate takes part in tasks.
    """
    return and_(
        delegation.c.withdrawn_at.is_(None),
        delegation.c.from_on <= today,
        delegation.c.until_on >= today,
        _enabled(delegation.c.principal_id),
        _enabled(delegation.c.delegate_id),
        exists().where(
            position.c.person_id == delegation.c.delegate_id,
            position.c.role.not_in([role.value for role in APART_ROLES]),
            position.c.from_on <= today,
            or_(position.c.until_on.is_(None), position.c.until_on >= today),
        ),
    )


def covers(plan: ColumnElement[int], task: ColumnElement[int]) -> ColumnElement[bool]:
    """Give the condition under which a delegation is for a task of a plan."""
    return or_(
        and_(delegation.c.plan_id.is_(None), delegation.c.task_id.is_(None)),
        delegation.c.plan_id == plan,
        delegation.c.task_id == task,
    )


def _enabled(person: ColumnElement[int]) -> ColumnElement[bool]:
    return exists().where(account.c.person_id == person, account.c.disabled_at.is_(None))
