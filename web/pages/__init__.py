"""The pages, one module per area. Every area names its blueprint here."""

from __future__ import annotations

from web.pages import (
    account,
    department,
    evidence,
    handler,
    health,
    inbox,
    leader,
    ledger,
    milestones,
    paper,
    plans,
    proposals,
    propose,
    receipts,
    sign,
    start,
    tasks,
)

BLUEPRINTS = (
    account.blueprint,
    department.blueprint,
    evidence.blueprint,
    handler.blueprint,
    health.blueprint,
    inbox.blueprint,
    leader.blueprint,
    ledger.blueprint,
    milestones.blueprint,
    paper.blueprint,
    plans.blueprint,
    proposals.blueprint,
    propose.blueprint,
    receipts.blueprint,
    sign.blueprint,
    start.blueprint,
    tasks.blueprint,
)
"""Everything that is registered with the application."""
