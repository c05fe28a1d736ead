"""Positions say from which day on somebody has to look at them, so that their end is noticed by itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the day and its index; whatever began or ended before is looked at once."""
    op.add_column("position", sa.Column("next_on", sa.Date()))
    op.execute("UPDATE position SET next_on = from_on")
    op.create_index("ix_position_next_on", "position", ["next_on"], unique=False)
