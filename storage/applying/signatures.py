"""Signatures as rows: what was signed, by whom, in which seat, and what shows that it was meant."""

from __future__ import annotations

import json

from sqlalchemy import insert

from engine.decision import SignatureGiven
from storage.applying.context import Context
from storage.tables import signature

_GIVE = insert(signature)


def give(context: Context, given: SignatureGiven) -> None:
    """Write a signature."""
    proof = given.proof
    row = {
        "organisation_id": context.organisation,
        "proposal_id": given.proposal,
        "revision": given.revision,
        "seat_id": given.seat.identifier,
        "person_id": given.signer,
        "on_behalf_of": context.actor.on_behalf_of,
        "role": given.seat.role,
        "digest": given.digest,
        "method": proof.method,
        "challenge": json.dumps(proof.challenge),
        "proof": proof.value,
        "registered_by": proof.registered_by,
        "opinion": given.opinion,
        "signed_at": context.now,
    }
    context.connection.execute(_GIVE, row)
