"""The pages, one module per area. Every area names its blueprint here."""

from __future__ import annotations

from web.pages import (
    account,
    admin,
    department,
    directory,
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
    public,
    receipts,
    settings,
    sign,
    start,
    tasks,
)

BLUEPRINTS = (
    account.blueprint,
    admin.blueprint,
    department.blueprint,
    directory.blueprint,
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
    public.blueprint,
    receipts.blueprint,
    settings.blueprint,
    sign.blueprint,
    start.blueprint,
    tasks.blueprint,
)
"""Everything that is registered with the application."""
