"""The pages, one module per area. Every area names its blueprint here."""

from __future__ import annotations

from web.pages import account, department, handler, health, inbox, leader, ledger, start

BLUEPRINTS = (
    account.blueprint,
    department.blueprint,
    handler.blueprint,
    health.blueprint,
    inbox.blueprint,
    leader.blueprint,
    ledger.blueprint,
    start.blueprint,
)
"""Everything that is registered with the application."""
