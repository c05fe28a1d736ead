"""Proposals and signatures as the record has them, with their bundles, in pieces.

Implements ``workflows.versions.ports.RecordSource``. Must not know what is made of them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select, tuple_

from engine.actor import Actor
from storage.audit_log import TASK
from storage.tables import audit_entry, proposal_revision, step, task
from storage.task_source import SqlTaskSource
from workflows.versions.records import Recorded

_ACTIONS = ("propose", "revise", "sign")
_WHERE = (
    audit_entry.c.organisation_id == bindparam("organisation"),
    audit_entry.c.action.in_(_ACTIONS),
)
_COUNT = select(func.count()).select_from(audit_entry).where(*_WHERE)
_PIECE = (
    select(audit_entry.c.id, audit_entry.c.body)
    .where(*_WHERE, audit_entry.c.id > bindparam("after"))
    .order_by(audit_entry.c.id)
    .limit(bindparam("most"))
)
_REVISIONS = select(
    proposal_revision.c.proposal_id, proposal_revision.c.revision, proposal_revision.c.bundle
).where(proposal_revision.c.proposal_id.in_(bindparam("proposals", expanding=True)))
# A move that happened at once keeps its bundle with its step.
_STEPS = select(step.c.digest, step.c.task_id, step.c.bundle).where(
    tuple_(step.c.task_id, step.c.version).in_(bindparam("steps", expanding=True)), step.c.bundle.is_not(None)
)

_NUMBERS = select(task.c.id, task.c.number).where(task.c.id.in_(bindparam("tasks", expanding=True)))

_Body = Mapping[str, Any]
_Revision = tuple[int, int]
_Bundles = Mapping[tuple[object, object], str]


class SqlRecordSource(SqlTaskSource):
    """The record of a database, and its tasks."""

    def count(self, actor: Actor) -> int:
        """Say how many proposals, revisions and signatures the record holds."""
        with self._database.read() as connection:
            return int(connection.execute(_COUNT, {"organisation": actor.organisation}).scalar_one())

    def piece(self, actor: Actor, after: int, limit: int) -> tuple[Recorded, ...]:
        """Give those whose entries come after one, the oldest first, at most ``limit``."""
        values = {"organisation": actor.organisation, "after": after, "most": limit}
        with self._database.read() as connection:
            rows = connection.execute(_PIECE, values).all()
        entries = [(int(row.id), json.loads(row.body)) for row in rows]
        found = self._bundles([body for _, body in entries])
        numbers = self._numbers({_task(body) for _, body in entries})
        return tuple(
            Recorded(
                entry,
                numbers.get(_task(body), 0),
                body,
                _about(body, found),
                found.get(_waiting(body) or (0, 0)),
            )
            for entry, body in entries
        )

    def _numbers(self, tasks: Collection[int]) -> Mapping[int, int]:
        with self._database.read() as connection:
            rows = connection.execute(_NUMBERS, {"tasks": sorted(tasks)})
            return {row.id: row.number for row in rows}

    def _bundles(self, bodies: Sequence[_Body]) -> _Bundles:
        """Give every bundle that a piece speaks of: by proposal and revision, or by task and digest."""
        proposals = {key[0] for body in bodies for key in (_own(body), _waiting(body)) if key is not None}
        at_once = [(_task(body), body["references"]["version"]) for body in bodies if _own(body) is None]
        found: dict[tuple[object, object], str] = {}
        with self._database.read() as connection:
            for row in connection.execute(_REVISIONS, {"proposals": sorted(proposals)}):
                found[row.proposal_id, row.revision] = row.bundle
            if at_once:
                for row in connection.execute(_STEPS, {"steps": at_once}):
                    found[row.task_id, row.digest] = row.bundle
        return found


def _own(body: _Body) -> _Revision | None:
    """The proposal and revision an entry is about; None where the move happened at once."""
    references = body["references"]
    if "proposal" not in references:
        return None
    return references["proposal"], references.get("revision", 1)


def _waiting(body: _Body) -> _Revision | None:
    waiting = body["facts"]["proposal"] if body["facts"] else None
    return (waiting["id"], waiting["revision"]) if waiting else None


def _about(body: _Body, found: _Bundles) -> str | None:
    own = _own(body)
    return found.get(own if own is not None else (_task(body), body["digest"]))


def _task(body: _Body) -> int:
    return int(str(body["stream"]).removeprefix(TASK))
