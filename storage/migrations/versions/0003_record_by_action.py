"""The record can be read by action, however long it is."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the index; the entries themselves are never touched."""
    op.create_index(
        "ix_audit_entry_organisation_id_action_at", "audit_entry", ["organisation_id", "action", "at"]
    )
