"""The first schema."""

from __future__ import annotations

from storage.migrations.initial import (
    audit,
    deadlines,
    directory,
    evidence,
    notices,
    operation,
    plans,
    proposals,
    results,
    tasks,
)

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table, in the order in which they refer to each other."""
    for aggregate in (
        directory,
        plans,
        tasks,
        proposals,
        deadlines,
        evidence,
        results,
        notices,
        operation,
        audit,
    ):
        aggregate.create()
