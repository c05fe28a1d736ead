"""What every table is built from: naming of constraints, column types, and the columns that recur."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import BigInteger, Column, DateTime, Dialect, ForeignKey, Integer, MetaData
from sqlalchemy.types import TypeDecorator

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""All tables. Constraints have predictable names so that a violation can be told from another."""

Identifier = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only where the key's type is exactly INTEGER."""


class Moment(TypeDecorator[datetime]):
    """An aware moment, in UTC in the code and in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a time zone and write the others in UTC."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment without a time zone cannot be stored"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give every moment in UTC, also from SQLite, which forgets the zone."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def key() -> Column[int]:
    """Make the identifier of a row."""
    return Column("id", Identifier, primary_key=True, autoincrement=True)


def link(name: str, target: str, *, required: bool = True, indexed: bool = False) -> Column[int]:
    """Make a column that refers to ``target``, for example ``task.id``."""
    return Column(name, Identifier, ForeignKey(target), nullable=not required, index=indexed)


def organisation_id() -> Column[int]:
    """Make the column that says which organisation a row belongs to."""
    return link("organisation_id", "organisation.id")
