"""Run by Alembic around the migrations; the connection with its open transaction is handed in."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
