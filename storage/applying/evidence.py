"""Evidence as rows: what a bundle claims that was not handed in before, and what it proves."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert

from engine.bundle import Bundle, Claim
from storage.applying.context import Context
from storage.tables import evidence, evidence_part

_HAND_IN = insert(evidence).returning(evidence.c.id, sort_by_parameter_order=True)
_PROVE = insert(evidence_part)


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
    rows = [_row(context, claim, proposal) for claim in claims]
    identifiers = context.connection.execute(_HAND_IN, rows).scalars().all()
    parts = _parts(context, claims, identifiers)
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


def _parts(context: Context, claims: Sequence[Claim], identifiers: Sequence[int]) -> list[dict[str, object]]:
    return [
        {
            "evidence_id": identifier,
            "part": part,
            "organisation_id": context.organisation,
            "task_id": context.task,
        }
        for claim, identifier in zip(claims, identifiers, strict=True)
        for part in dict.fromkeys(claim.proves)
    ]
