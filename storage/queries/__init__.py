"""Read queries: what lists and pages show. Each takes the actor and shows nothing outside what they may see.

Nothing here writes. A query gives frozen records of its own, never rows.
"""

from __future__ import annotations

from sqlalchemy import Connection

__all__ = ["Reading"]

Reading = Connection
"""An open reading, for those who hand one on without knowing SQL; ``Database.read`` gives it."""
