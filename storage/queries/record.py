"""The record of operations as a list: entries found by subject, person, action and day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, or_, select

from engine.actor import Actor
from engine.errors import NotFoundError
from storage.tables import audit_entry, audit_pending, audit_text

_FIRST = select(func.min(audit_entry.c.action).label("action")).where(
    audit_entry.c.organisation_id == bindparam("organisation")
)
_OCCURS = _FIRST.cte("occurs", recursive=True)
_OCCURS = _OCCURS.union_all(
    select(_FIRST.where(audit_entry.c.action > _OCCURS.c.action).correlate(_OCCURS).scalar_subquery()).where(
        _OCCURS.c.action.is_not(None)
    )
)
_ACTIONS = select(_OCCURS.c.action).where(_OCCURS.c.action.is_not(None)).order_by(_OCCURS.c.action)


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """What the record is narrowed to; an empty field narrows nothing.

    Attributes:
        stream: A subject's chain, such as ``task:12``.
        person: Who acted.
        action: What was done.
        since: Not before this moment.
        until: Before this moment.
    """

    stream: str = ""
    person: int | None = None
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry; ``body`` is its text as it was hashed, ``chained`` whether it has its place in the log."""

    entry: int
    stream: str
    seq: int
    at: datetime
    person: int | None
    action: str
    body: str
    sha256: str
    sm3: str
    chained: bool

    @property
    def trigger(self) -> str:
        """The move it is about, empty where it is about none; read from the entry itself."""
        return str(self._said("trigger") or "")

    @property
    def on_behalf_of(self) -> int | None:
        """In whose place it was done (委托签批); read from the entry itself."""
        found = self._said("on_behalf_of")
        return found if isinstance(found, int) else None

    def _said(self, name: str) -> object:
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):  # A forged entry is shown like any other.
            return None
        return found.get(name) if isinstance(found, dict) else None

    @property
    def subject(self) -> tuple[str, int]:
        """Kind and number of what it is about."""
        kind, _, number = self.stream.partition(":")
        return kind, int(number) if number.isdecimal() else 0


@dataclass(frozen=True, slots=True)
class Words:
    """Free text beside an entry; None where it was erased."""

    name: str
    text: str | None


def entries(
    connection: Connection, actor: Actor, narrowed: RecordFilter, before: int | None = None, most: int = 50
) -> tuple[Entry, ...]:
    """Give entries of the actor's organisation, the newest first, before an entry where one is given."""
    # A chain is read along its own numbers and everything else by the moment, as the indexes end.
    along = audit_entry.c.seq if narrowed.stream else audit_entry.c.at
    statement = _select(actor).order_by(along.desc(), audit_entry.c.id.desc()).limit(most)
    if before is not None:
        place = connection.execute(select(along).where(audit_entry.c.id == before)).scalar()
        if place is None:
            return ()
        statement = statement.where(along <= place, or_(along < place, audit_entry.c.id < before))
    return tuple(_entry(row) for row in connection.execute(_narrowed(statement, narrowed)))


def entry(connection: Connection, actor: Actor, number: int) -> tuple[Entry, tuple[Words, ...]]:
    """Give one entry with the words beside it.

    Raises:
        NotFoundError: ``entry_not_found`` in the actor's organisation.
    """
    row = connection.execute(_select(actor).where(audit_entry.c.id == number)).one_or_none()
    if row is None:
        raise NotFoundError("entry_not_found", entry=number)
    texts = (
        select(audit_text.c.name, audit_text.c.text)
        .where(audit_text.c.entry_id == number)
        .order_by(audit_text.c.name)
    )
    return _entry(row), tuple(Words(*text) for text in connection.execute(texts))


def longer_than(connection: Connection, actor: Actor, most: int) -> bool:
    """Say whether the actor's organisation has more than so many entries, without counting further."""
    statement = (
        select(audit_entry.c.id)
        .where(audit_entry.c.organisation_id == actor.organisation)
        .offset(most)
        .limit(1)
    )
    return connection.execute(statement).first() is not None


def actions(connection: Connection, actor: Actor) -> tuple[str, ...]:
    """Give the actions that occur in the record of the actor's organisation.

    Goes from one to the next over the index, so that it costs as much as there are actions, not entries.
    """
    return tuple(connection.execute(_ACTIONS, {"organisation": actor.organisation}).scalars())


def _select(actor: Actor) -> Select[Any]:
    return (
        select(
            audit_entry.c.id,
            audit_entry.c.stream,
            audit_entry.c.seq,
            audit_entry.c.at,
            audit_entry.c.person_id,
            audit_entry.c.action,
            audit_entry.c.body,
            audit_entry.c.sha256,
            audit_entry.c.sm3,
            audit_pending.c.entry_id,
        )
        .join_from(audit_entry, audit_pending, audit_pending.c.entry_id == audit_entry.c.id, isouter=True)
        .where(audit_entry.c.organisation_id == actor.organisation)
    )


def _narrowed(statement: Select[Any], narrowed: RecordFilter) -> Select[Any]:
    if narrowed.stream:
        statement = statement.where(audit_entry.c.stream == narrowed.stream)
    if narrowed.person is not None:
        statement = statement.where(audit_entry.c.person_id == narrowed.person)
    if narrowed.action:
        statement = statement.where(audit_entry.c.action == narrowed.action)
    if narrowed.since is not None:
        statement = statement.where(audit_entry.c.at >= narrowed.since)
    if narrowed.until is not None:
        statement = statement.where(audit_entry.c.at < narrowed.until)
    return statement


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        entry=row.id,
        stream=row.stream,
        seq=row.seq,
        at=row.at,
        person=row.person_id,
        action=row.action,
        body=row.body,
        sha256=row.sha256,
        sm3=row.sm3,
        chained=row.entry_id is None,
    )
