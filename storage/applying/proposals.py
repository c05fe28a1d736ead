"""Proposals as rows: opened, revised, closed, and their seats."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import bindparam, insert, update

from engine.bundle import Bundle
from engine.decision import (
    ProposalClosed,
    ProposalOpened,
    ProposalRevised,
    SeatResolvedAgain,
    SignaturesVoided,
)
from engine.facts import Seat
from storage.applying.context import Context
from storage.tables import proposal, proposal_revision, seat, send_back, signature

OPEN = "open"
"""The state of a proposal that waits for signatures."""

VOID = "revised"
"""Why a signature is void: what it stood under was replaced."""

SENT_BACK = "sent_back"
"""Why a signature is void: its stage is to sign anew."""

_OPEN = insert(proposal)
_REVISION = insert(proposal_revision)
_SEATS = insert(seat)
_REVISE = (
    update(proposal)
    .where(proposal.c.id == bindparam("row"))
    .values(revision=bindparam("revised"), digest=bindparam("renewed"))
)
_VOID = (
    update(signature)
    .where(signature.c.proposal_id == bindparam("row"), signature.c.voided_at.is_(None))
    .values(voided_at=bindparam("at"), void_reason=bindparam("why"))
)
_VOID_SEAT = (
    update(signature)
    .where(signature.c.seat_id == bindparam("row"), signature.c.voided_at.is_(None))
    .values(voided_at=bindparam("at"), void_reason=bindparam("why"))
)
_RETURN = update(proposal).where(proposal.c.id == bindparam("row")).values(returned=proposal.c.returned + 1)
_SEND_BACK = insert(send_back)
_CLOSE = (
    update(proposal)
    .where(proposal.c.id == bindparam("row"))
    .values(
        state=bindparam("outcome"),
        closed_at=bindparam("at"),
        closed_by=bindparam("by"),
        closed_for=bindparam("principal"),
        reason=bindparam("words"),
    )
)
_RESEAT = (
    update(seat)
    .where(seat.c.id == bindparam("row"))
    .values(candidates=bindparam("people"), fell_away=bindparam("why"), substitute=bindparam("stands_in"))
)


def open_(context: Context, opened: ProposalOpened) -> int:
    """Write a proposal with its first revision and its seats, and give its number."""
    bundle = opened.bundle
    row = {
        "organisation_id": context.organisation,
        "task_id": context.task,
        "extension": context.extension,
        "trigger": bundle.trigger,
        "state": OPEN,
        "revision": 1,
        "digest": bundle.digest,
        "proposer_id": context.actor.person,
        "on_behalf_of": context.actor.on_behalf_of,
        "key": opened.key,
        "proposed_at": context.now,
        "reason": "",
    }
    (number,) = context.connection.execute(_OPEN, row).inserted_primary_key or (0,)
    _add_revision(context, int(number), 1, bundle, opened.seats)
    return int(number)


def revise(context: Context, revised: ProposalRevised) -> None:
    """Write the next revision with seats of its own; what was signed before is void and stays."""
    number, bundle = revised.proposal, revised.bundle
    connection = context.connection
    connection.execute(_VOID, {"row": number, "at": context.now, "why": VOID})
    connection.execute(_REVISE, {"row": number, "revised": revised.revision, "renewed": bundle.digest})
    _add_revision(context, number, revised.revision, bundle, revised.seats)


def return_(context: Context, voided: SignaturesVoided, role: str) -> None:
    """Write that a proposal went back to an earlier stage; what was signed from there on is void."""
    row = {
        "organisation_id": context.organisation,
        "proposal_id": voided.proposal,
        "revision": context.proposal.revision if context.proposal else 0,
        "stage": voided.stage,
        "role": role,
        "person_id": context.actor.person,
        "on_behalf_of": context.actor.on_behalf_of,
        "reason": voided.reason,
        "at": context.now,
    }
    context.connection.execute(_SEND_BACK, row)
    context.connection.execute(_RETURN, {"row": voided.proposal})
    void = [{"row": each.identifier, "at": context.now, "why": SENT_BACK} for each in voided.seats]
    context.connection.execute(_VOID_SEAT, void)


def close(context: Context, closed: ProposalClosed) -> None:
    """Write how a proposal ended, who ended it and why."""
    values = {
        "row": closed.proposal,
        "outcome": closed.outcome,
        "at": context.now,
        "by": context.actor.person,
        "principal": context.actor.on_behalf_of,
        "words": closed.reason,
    }
    context.connection.execute(_CLOSE, values)


def reseat(context: Context, renewed: Sequence[SeatResolvedAgain]) -> None:
    """Write who may sign now where nobody of before may any more."""
    if not renewed:
        return
    rows = [
        {
            "row": change.seat.identifier,
            "people": json.dumps(change.now.candidates),
            "why": change.now.fell_away,
            "stands_in": int(change.now.substitute),
        }
        for change in renewed
    ]
    context.connection.execute(_RESEAT, rows)


def _add_revision(
    context: Context, number: int, revision: int, bundle: Bundle, seats: tuple[Seat, ...]
) -> None:
    row = {
        "proposal_id": number,
        "revision": revision,
        "organisation_id": context.organisation,
        "digest": bundle.digest,
        "bundle": bundle.canonical_text,
        "at": context.now,
    }
    context.connection.execute(_REVISION, row)
    rows = [
        {
            "organisation_id": context.organisation,
            "proposal_id": number,
            "revision": revision,
            "position": position,
            "stage": owed.stage,
            "role": owed.role,
            "candidates": json.dumps(owed.candidates),
            "reports": int(owed.reports),
            "fell_away": owed.fell_away,
            "substitute": int(owed.substitute),
            "rule": owed.rule,
            "within": owed.within,
            "independent_of": json.dumps(owed.independent_of),
        }
        for position, owed in enumerate(seats)
    ]
    context.connection.execute(_SEATS, rows)
