"""The column types that the first schema uses in many places."""

from __future__ import annotations

import sqlalchemy as sa

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
