"""Signatures as rows: what was signed, by whom, in which seat, and what shows that it was meant."""

from __future__ import annotations

import json

from sqlalchemy import bindparam, insert, select

from engine.decision import SignatureGiven
from engine.reasons import Refusal, RefusedError, deny
from storage.applying.context import Context
from storage.gathering.delegated import covers
from storage.tables import delegation, signature
from storage.tables.base import Identifier

_GIVE = insert(signature)
# Whoever withdraws a delegation waits for the signature that rests on it, or comes first and is seen here.
_STANDING = (
    select(delegation.c.id)
    .where(
        delegation.c.principal_id == bindparam("principal"),
        delegation.c.delegate_id == bindparam("delegate"),
        delegation.c.withdrawn_at.is_(None),
        covers(bindparam("plan", type_=Identifier), bindparam("task", type_=Identifier)),
    )
    .with_for_update(read=True)
)


def give(context: Context, given: SignatureGiven) -> None:
    """Write a signature.

    Raises:
        RefusedError: ``delegation_ended``: it was withdrawn while this was decided.
    """
    _unless_withdrawn(context, given)
    proof = given.proof
    row = {
        "organisation_id": context.organisation,
        "proposal_id": given.proposal,
        "revision": given.revision,
        "seat_id": given.seat.identifier,
        "person_id": given.signer,
        "on_behalf_of": given.on_behalf_of,
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


def _unless_withdrawn(context: Context, given: SignatureGiven) -> None:
    principal = given.on_behalf_of
    if principal is None:
        return
    task = context.case.task
    key = {"principal": principal, "delegate": given.signer, "plan": task.plan, "task": task.task}
    if context.connection.execute(_STANDING, key).first() is None:
        raise RefusedError(Refusal((deny("delegation_ended", person=principal),)))
