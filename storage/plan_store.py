"""Imports that wait for a person, as rows, and the creation of plans from them.

Implements ``workflows.plans.ports.PlanStore``. Every call is one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from engine.actor import Actor
from engine.audit import AuditDraft
from engine.errors import NotFoundError
from storage.audit_log import append
from storage.database import Database
from storage.definition_rows import newest_text
from storage.plan_writing import write_plan
from storage.queries.plan_directory import directory_of
from storage.queries.settings import settings_of
from storage.tables import plan, plan_draft
from workflows.plans.ports import DraftClosedError, DraftStaleError
from workflows.plans.records import (
    NEW,
    Created,
    Directory,
    DraftRecord,
    DraftState,
    EarlierImport,
    NewDraft,
    NewPlan,
)

_BEGIN = insert(plan_draft).returning(plan_draft.c.id)
_LOAD = select(plan_draft).where(
    plan_draft.c.id == bindparam("draft"), plan_draft.c.organisation_id == bindparam("organisation")
)
_LOCK = _LOAD.with_for_update()
_CHANGE = update(plan_draft).where(plan_draft.c.id == bindparam("draft"))
_SAVE = _CHANGE.values(corrections=bindparam("typed"), version=bindparam("next"))
_CLOSE = _CHANGE.values(
    state=bindparam("ended"), plan_id=bindparam("made"), closed_at=bindparam("at"), version=bindparam("next")
)
_EARLIER_PLANS = (
    select(plan.c.id, plan.c.title, plan.c.created_at)
    .where(
        plan.c.organisation_id == bindparam("organisation"),
        plan.c.source_digest == bindparam("digest"),
    )
    .order_by(plan.c.created_at.desc())
)
_EARLIER_DRAFTS = (
    select(plan_draft.c.id, plan_draft.c.source_name, plan_draft.c.created_at)
    .where(
        plan_draft.c.organisation_id == bindparam("organisation"),
        plan_draft.c.source_digest == bindparam("digest"),
        plan_draft.c.state == bindparam("open"),
    )
    .order_by(plan_draft.c.created_at.desc())
)


class SqlPlanStore:
    """The store of plans in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def directory(self, actor: Actor, on: date) -> Directory:
        """Give departments and people with the posts they hold on a day."""
        with self._database.read() as connection:
            return directory_of(connection, actor, on)

    def settings(self, actor: Actor) -> Mapping[str, str]:
        """Give the organisation's settings."""
        with self._database.read() as connection:
            return settings_of(connection, actor)

    def definition(self, actor: Actor, name: str) -> str | None:
        """Give the text of the newest definition that the organisation published; None where it has none."""
        with self._database.read() as connection:
            return newest_text(connection, actor, name)

    def earlier(self, source_digest: str, actor: Actor) -> tuple[EarlierImport, ...]:
        """Give what came of the same file before, plans first, each kind the newest first."""
        key = {"organisation": actor.organisation, "digest": source_digest}
        with self._database.read() as connection:
            plans = connection.execute(_EARLIER_PLANS, key).all()
            drafts = connection.execute(_EARLIER_DRAFTS, key | {"open": DraftState.OPEN}).all()
        return (
            *(EarlierImport(None, row.id, row.title, row.created_at) for row in plans),
            *(EarlierImport(row.id, None, row.source_name, row.created_at) for row in drafts),
        )

    def begin(self, draft: NewDraft, actor: Actor, now: datetime) -> int:
        """Keep a document that was read."""
        values = {
            "organisation_id": actor.organisation,
            "source_digest": draft.source_digest,
            "source_name": draft.source_name,
            "reading": draft.reading,
            "corrections": "{}",
            "version": 1,
            "state": DraftState.OPEN,
            "created_by": actor.person,
            "created_at": now,
        }
        with self._database.write() as connection:
            identifier = int(connection.execute(_BEGIN, values).scalar_one())
            stream = draft.audit.stream.replace(NEW, str(identifier))
            append(connection, replace(draft.audit, stream=stream), actor, now)
        return identifier

    def load(self, draft: int, actor: Actor) -> DraftRecord:
        """Give an import.

        Raises:
            NotFoundError: The actor's organisation has none with this identifier.
        """
        with self._database.read() as connection:
            row = connection.execute(_LOAD, _key(draft, actor)).one_or_none()
        return _record(_found(row, draft))

    def save(
        self,
        draft: int,
        version: int,
        corrections: Mapping[str, str],
        audit: AuditDraft,
        actor: Actor,
        now: datetime,
    ) -> int:
        """Replace the corrections of an open import.

        Raises:
            NotFoundError: See :meth:`load`.
            DraftStaleError: It is no longer of this version.
            DraftClosedError: It is no longer open.
        """
        typed = json.dumps(dict(corrections), ensure_ascii=False, sort_keys=True)
        with self._database.write() as connection:
            _lock_open(connection, draft, version, actor)
            connection.execute(_SAVE, {"draft": draft, "typed": typed, "next": version + 1})
            append(connection, audit, actor, now)
        return version + 1

    def discard(self, draft: int, version: int, audit: AuditDraft, actor: Actor, now: datetime) -> None:
        """Put an open import aside.

        Raises:
            NotFoundError: See :meth:`load`.
            DraftStaleError: See :meth:`save`.
            DraftClosedError: See :meth:`save`.
        """
        with self._database.write() as connection:
            _lock_open(connection, draft, version, actor)
            _close(connection, draft, version, DraftState.DISCARDED, None, now)
            append(connection, audit, actor, now)

    def create(
        self, draft: int, version: int, plan: NewPlan, audit: AuditDraft, actor: Actor, now: datetime
    ) -> Created:
        """Create a plan with all its tasks and close the import, all or nothing.

        Raises:
            NotFoundError: See :meth:`load`.
            DraftStaleError: See :meth:`save`.
            DraftClosedError: See :meth:`save`.
            PlanExistsError: The organisation has a plan of this title and year.
        """
        with self._database.write() as connection:
            _lock_open(connection, draft, version, actor)
            created = write_plan(connection, plan, actor, now)
            _close(connection, draft, version, DraftState.CONFIRMED, created.plan, now)
            references = {**audit.references, "plan": created.plan}
            append(connection, replace(audit, references=references), actor, now)
        return created


def _key(draft: int, actor: Actor) -> dict[str, int]:
    return {"draft": draft, "organisation": actor.organisation}


def _found(row: Row[Any] | None, draft: int) -> Row[Any]:
    if row is None:
        raise NotFoundError("plan_draft_unknown", draft=draft)
    return row


def _lock_open(connection: Connection, draft: int, version: int, actor: Actor) -> None:
    record = _record(_found(connection.execute(_LOCK, _key(draft, actor)).one_or_none(), draft))
    if record.state is not DraftState.OPEN:
        raise DraftClosedError(record.state)
    if record.version != version:
        raise DraftStaleError


def _close(
    connection: Connection, draft: int, version: int, state: DraftState, made: int | None, now: datetime
) -> None:
    values = {"draft": draft, "ended": state, "made": made, "at": now, "next": version + 1}
    connection.execute(_CLOSE, values)


def _record(row: Row[Any]) -> DraftRecord:
    return DraftRecord(
        draft=row.id,
        source_digest=row.source_digest,
        source_name=row.source_name,
        reading=row.reading,
        corrections=json.loads(row.corrections),
        version=row.version,
        state=DraftState(row.state),
        plan=row.plan_id,
        created_by=row.created_by,
        created_at=row.created_at,
    )
