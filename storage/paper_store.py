"""Signatures given on paper, as rows: registered by one person, confirmed or rejected once by another.

Must not decide who may confirm; the signature itself is given by the one way a task changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from engine.actor import Actor
from engine.audit import AuditDraft
from storage.audit_log import append
from storage.gathering import lock_task
from storage.tables import paper_signature

REGISTERED = "registered"
"""It waits for a second person."""
CONFIRMED = "confirmed"
"""A second person confirmed it, and it counts as the signature."""
REJECTED = "rejected"
"""A second person found it wrong."""

_REGISTER = insert(paper_signature).returning(paper_signature.c.id)
_DECIDE = (
    update(paper_signature)
    .where(paper_signature.c.id == bindparam("paper"), paper_signature.c.state == REGISTERED)
    .values(state=bindparam("decided"), decided_by=bindparam("by"), decided_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A signed scan to be registered.

    Attributes:
        task: The task; its record tells of it.
        proposal: What was signed.
        revision: In which revision.
        digest: The digest that stands on the sheet.
        signer: Who signed.
        signed_on: The day beside the signature.
        scan_digest: SHA-256 of the scan.
        scan_name: The scan's cleaned name.
        opinion: The words beside the signature.
        on_behalf_of: In whose place they signed; None for their own.
    """

    task: int
    proposal: int
    revision: int
    digest: str
    signer: int
    signed_on: date
    scan_digest: str
    scan_name: str
    opinion: str
    on_behalf_of: int | None = None


def register_paper(connection: Connection, new: NewPaper, actor: Actor, now: datetime) -> int:
    """Write a signed scan that waits for confirmation, and give its number; the same again has the same."""
    lock_task(connection, new.task, actor.organisation)
    said = {
        "organisation_id": actor.organisation,
        "proposal_id": new.proposal,
        "revision": new.revision,
        "signer_id": new.signer,
        "on_behalf_of": new.on_behalf_of,
        "digest": new.digest,
        "signed_on": new.signed_on,
        "scan_digest": new.scan_digest,
        "scan_name": new.scan_name,
        "opinion": new.opinion,
        "registered_by": actor.person,
    }
    columns = paper_signature.c
    same = select(columns.id).where(
        # What was rejected may be registered anew.
        columns.state != REJECTED,
        *(columns[name].is_not_distinct_from(value) for name, value in said.items()),
    )
    before = connection.execute(same).scalars().first()
    if before is not None:
        return int(before)
    row = {**said, "state": REGISTERED, "registered_at": now}
    number = int(connection.execute(_REGISTER, row).scalar_one())
    references: dict[str, object] = {
        "paper": number,
        "proposal": new.proposal,
        "revision": new.revision,
        "signer": new.signer,
        "signed_on": new.signed_on,
        "scan": new.scan_digest,
    }
    if new.on_behalf_of is not None:
        references["signed_for"] = new.on_behalf_of
    draft = AuditDraft(f"task:{new.task}", "register_paper", digest=new.digest, references=references)
    append(connection, draft, actor, now)
    return number


def decide_paper(
    connection: Connection, task: int, paper: int, decided: str, actor: Actor, now: datetime
) -> bool:
    """Write what a second person found; False where somebody else had found it before."""
    lock_task(connection, task, actor.organisation)
    values = {"paper": paper, "decided": decided, "by": actor.person, "at": now}
    if connection.execute(_DECIDE, values).rowcount == 0:
        return False
    draft = AuditDraft(f"task:{task}", f"{decided}_paper", references={"paper": paper})
    append(connection, draft, actor, now)
    return True
