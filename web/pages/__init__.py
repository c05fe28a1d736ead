"""The pages, one module per area. Every area names its blueprint here."""

from __future__ import annotations

from web.pages import account, health, start

BLUEPRINTS = (account.blueprint, health.blueprint, start.blueprint)
"""Everything that is registered with the application."""
