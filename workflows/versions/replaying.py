"""One recorded proposal or signature under changed rules: refused, gone elsewhere, or as it was.

Wherever the changed rules decide otherwise, those of then decide once more too, from the same recorded facts:
what is told is then the change's doing alone. Must not know where the record is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from engine.definition import Definition, Transition
from engine.facts import Facts, FellAway, OpenProposal, Seat, stage_of
from engine.guards import Question
from engine.machine import Workflow
from engine.reasons import Reason, Refusal, deny
from engine.seats import resolve_seats
from workflows.versions.comparing import ranks, roles_of
from workflows.versions.deeds import Deed


class Verdict(StrEnum):
    """What would have become of something under the changed rules."""

    REFUSED = "refused"
    """It would have been refused."""
    OTHER_STATE = "other_state"
    """It would have led to another state."""
    OTHER_SIGNERS = "other_signers"
    """Others would have been asked to sign, or in another order, or nobody."""
    NOT_ASKED = "not_asked"
    """The signature would not have been asked for."""
    STILL_WAITING = "still_waiting"
    """The move happened with this signature; it would still have waited for others."""
    MOVED_ALREADY = "moved_already"
    """The move would have happened with this signature; it waited for others."""
    UNCLEAR = "unclear"
    """The record does not suffice to decide it once more: even the rules of then would refuse it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that would have been otherwise: what, and why or how."""

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()


def same_rules(before: Definition, after: Definition, trigger: str) -> bool:
    """Say whether two definitions decide about a move by the same rules, whatever the facts are."""
    return (
        before.with_trigger(trigger) == after.with_trigger(trigger)
        and before.evidence_kinds == after.evidence_kinds
    )


def replay(before: Workflow, after: Workflow, deed: Deed) -> tuple[Difference, ...]:
    """Decide a deed once more by changed rules; nothing means that it would have been as it was.

    Args:
        before: The rules it was decided by.
        after: The changed ones.
        deed: The deed, as the record has it.
    """
    old, new = _transition(before, deed), _transition(after, deed)
    if deed.action == "sign":
        found = tuple(_signing(after, deed, old, new))
    else:
        found = tuple(_proposing(after, deed, old, new))
    if not found:
        return ()
    # What the rules of then would not let through today either says nothing about the changed ones.
    then = deed.again(before)
    return (Difference(Verdict.UNCLEAR, then.reasons),) if isinstance(then, Refusal) else found


def _transition(workflow: Workflow, deed: Deed) -> Transition | None:
    """Give the transition that a deed takes, whatever its guards say."""
    return workflow.applying(deed.bundle.trigger, Question(deed.facts, deed.bundle, deed.actor))


def _proposing(
    after: Workflow, deed: Deed, old: Transition | None, new: Transition | None
) -> Iterator[Difference]:
    now = deed.under(after)
    if isinstance(now, Refusal):
        yield Difference(Verdict.REFUSED, now.reasons)
    elif old is not None and new is not None:
        if old.stages != new.stages:
            yield from _signers(deed, old, new)
        yield from _elsewhere(old.leads_to(deed.facts.state), new.leads_to(deed.facts.state), deed)


def _signers(deed: Deed, old: Transition, new: Transition) -> Iterator[Difference]:
    proposer = deed.actor.person or 0
    was, now = (resolve_seats(transition, deed.facts, proposer)[0] for transition in (old, new))
    if ranks(was) != ranks(now):
        trigger = deed.bundle.trigger
        reason = deny("version_signers_changed", trigger=trigger, before=roles_of(was), after=roles_of(now))
        yield Difference(Verdict.OTHER_SIGNERS, (reason,))


def _elsewhere(was: str, now: str, deed: Deed) -> Iterator[Difference]:
    if was != now:
        trigger = deed.bundle.trigger
        reason = deny("version_option_elsewhere", trigger=trigger, states_before=(was,), states_after=(now,))
        yield Difference(Verdict.OTHER_STATE, (reason,))


def _signing(
    after: Workflow, deed: Deed, old: Transition | None, new: Transition | None
) -> Iterator[Difference]:
    waiting, asked = deed.facts.proposal, deed
    if new is not None and waiting is not None and (old is None or old.stages != new.stages):
        facts = _reseated(new, deed, waiting)
        if facts is None:
            yield Difference(Verdict.NOT_ASKED)
            return
        asked = replace(deed, facts=facts)
    now = asked.under(after)
    if isinstance(now, Refusal):
        yield Difference(Verdict.REFUSED, now.reasons)
    elif deed.led_to is None and now.moved is not None:
        yield Difference(Verdict.MOVED_ALREADY)
    elif deed.led_to is not None and now.moved is None:
        yield Difference(Verdict.STILL_WAITING)
    elif deed.led_to is not None and now.moved is not None:
        yield from _elsewhere(deed.led_to, now.moved.state, deed)


def _reseated(transition: Transition, deed: Deed, waiting: OpenProposal) -> Facts | None:
    """Give the facts with the seats that the changed rules ask for; None where the signer has none of them.

    Who signed before signed where they would have a seat. Whoever the changed rules ask for in an earlier
    stage would have signed by then: that others are asked is told once, of the proposal.
    """
    seats, _ = resolve_seats(transition, deed.facts, waiting.proposer)
    signer = deed.on_behalf_of or deed.actor.person
    mine = next((s.stage for s in seats if s.owed and signer in s.candidates), None)
    if mine is None:
        return None
    given: dict[int | None, Seat] = {
        s.signed_for or s.signed_by: s for s in waiting.seats if s.signed_by is not None
    }
    settled = tuple(_settled(seat, given, mine) for seat in seats)
    if stage_of(settled) != mine:
        return None
    return replace(deed.facts, proposal=replace(waiting, seats=settled))


def _settled(seat: Seat, given: dict[int | None, Seat], turn: int) -> Seat:
    signed = next((given[p] for p in seat.candidates if p in given), None)
    if signed is not None and seat.owed:
        return replace(
            seat, signed_by=signed.signed_by, signed_for=signed.signed_for, signed_at=signed.signed_at
        )
    return replace(seat, fell_away=FellAway.SIGNS_HIGHER) if seat.owed and seat.stage < turn else seat
