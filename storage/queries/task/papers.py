"""Signatures given on paper: registered by one person, to be confirmed by another."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Select, select

from engine.actor import Actor
from engine.errors import NotFoundError
from storage.queries.scope import visible_tasks
from storage.queries.task.evidence import StoredFile
from storage.queries.task.limits import of_task
from storage.tables import blob, paper_signature, proposal, task
from workflows.evidence.records import Blob


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A signed scan; ``state`` is ``registered``, ``confirmed`` or ``rejected``."""

    paper: int
    task: int
    proposal: int
    revision: int
    signer: int
    digest: str
    signed_on: date
    scan_digest: str
    scan_name: str
    opinion: str
    state: str
    registered_by: int
    registered_at: datetime
    decided_by: int | None
    decided_at: datetime | None
    on_behalf_of: int | None = None


def papers(connection: Connection, actor: Actor, number: int) -> tuple[PaperRow, ...]:
    """Give the paper signatures on a task's proposals, the oldest first."""
    statement = _papers().where(of_task(proposal.c.task_id, actor, number)).order_by(paper_signature.c.id)
    return tuple(PaperRow(**row) for row in connection.execute(statement).mappings())


def paper(connection: Connection, actor: Actor, number: int) -> PaperRow:
    """Give one paper signature.

    Raises:
        NotFoundError: There is none that this actor may see.
    """
    statement = (
        _papers()
        .join(task, task.c.id == proposal.c.task_id)
        .where(paper_signature.c.id == number, visible_tasks(actor))
    )
    row = connection.execute(statement).mappings().one_or_none()
    if row is None:
        raise NotFoundError("paper_not_found", paper=number)
    return PaperRow(**row)


def scan(connection: Connection, actor: Actor, number: int) -> StoredFile:
    """Give the scan of a paper signature.

    Raises:
        NotFoundError: There is none that this actor may see.
    """
    found = paper(connection, actor, number)
    row = connection.execute(select(blob).where(blob.c.digest == found.scan_digest)).one()
    return StoredFile(Blob(row.digest, row.sm3, row.size, tuple(json.loads(row.chunks))), found.scan_name)


def _papers() -> Select[tuple[object, ...]]:
    table = paper_signature.c
    columns = (
        *(table.revision, table.digest, table.signed_on, table.scan_digest, table.scan_name, table.opinion),
        *(table.state, table.registered_by, table.registered_at, table.decided_by, table.decided_at),
        table.on_behalf_of,
    )
    return select(
        table.id.label("paper"),
        proposal.c.task_id.label("task"),
        table.proposal_id.label("proposal"),
        table.signer_id.label("signer"),
        *columns,
    ).join(proposal, proposal.c.id == table.proposal_id)
