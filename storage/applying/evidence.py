"""Evidence as rows: what a bundle claims that was not handed in before, and what it proves."""

from __future__ import annotations

from sqlalchemy import Integer, bindparam, insert, select

from engine.bundle import Bundle, Claim
from storage.applying.context import Context
from storage.tables import evidence, evidence_part

_HAND_IN = insert(evidence)
# Rows written in one statement are numbered in their order, and nobody else writes to this task meanwhile: so
# a new row is found by how many of the newest come behind it, without asking for its number.
_PROVE = insert(evidence_part).from_select(
    ["evidence_id", "part", "organisation_id", "task_id"],
    select(
        evidence.c.id,
        bindparam("proven", type_=evidence_part.c.part.type),
        evidence.c.organisation_id,
        evidence.c.task_id,
    )
    .where(evidence.c.task_id == bindparam("row"))
    .order_by(evidence.c.id.desc())
    .limit(1)
    .offset(bindparam("behind", type_=Integer())),
)


def hand_in(context: Context, bundle: Bundle, proposal: int | None, before: Bundle | None = None) -> None:
    """Write a bundle's new claims.

    Args:
        context: The unit of work.
        bundle: What is proposed or happens at once.
        proposal: The proposal it belongs to.
        before: The bundle that this one replaces; what it claimed has been handed in already.
    """
    known = set(before.evidence) if before else set()
    claims = [claim for claim in bundle.evidence if claim.evidence is None and claim not in known]
    if not claims:
        return
    context.connection.execute(_HAND_IN, [_row(context, claim, proposal) for claim in claims])
    parts = [
        {"row": context.task, "behind": behind, "proven": part}
        for behind, claim in enumerate(reversed(claims))
        for part in dict.fromkeys(claim.proves)
    ]
    if parts:
        context.connection.execute(_PROVE, parts)


def _row(context: Context, claim: Claim, proposal: int | None) -> dict[str, object]:
    return {
        "organisation_id": context.organisation,
        "task_id": context.task,
        "proposal_id": proposal,
        "round": context.case.task.round,
        "kind": claim.kind,
        "title": claim.title,
        "level": claim.level,
        "sha256": claim.sha256,
        "size": claim.size,
        "file_name": claim.file_name,
        "address": claim.address,
        "document_number": claim.document_number,
        "place": claim.place,
        "custodian": claim.custodian,
        "effective_on": claim.effective_on,
        "handed_in_by": context.actor.person,
        "handed_in_at": context.now,
    }
