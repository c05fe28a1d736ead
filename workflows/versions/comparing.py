"""What another definition would mean for a subject as it stands: moves, signers, clocks, the open proposal.

Every difference is a code with its values. Must not know why somebody asks: before tasks move to a version,
and before a version is published, the same is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.actor import Actor
from engine.admission import admit_proposal, admit_signature
from engine.bundle import Bundle
from engine.definition import Clock, Definition
from engine.facts import Facts, OpenProposal, Seat
from engine.machine import Workflow
from engine.reasons import Reason, deny
from engine.seats import resolve_seats

Ranks = tuple[tuple[int, str, str, int], ...]
"""Who signs, without names: stage, role, rule and how many."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """A move that somebody could propose now."""

    people: frozenset[int]
    targets: frozenset[str]
    roles: tuple[str, ...]
    ranks: Ranks


def has_state(definition: Definition, state: str) -> bool:
    """Say whether a definition knows a state."""
    return any(one.name == state for one in definition.states)


def is_over(definition: Definition, state: str) -> bool:
    """Say whether a subject in this state is at its end and nothing leads it out again."""
    ended = any(one.name == state and one.end for one in definition.states)
    return ended and not any(
        state in t.origins and t.target not in (None, state) for t in definition.transitions
    )


def unknown_clocks(definition: Definition, running: tuple[str, ...]) -> tuple[str, ...]:
    """Give those of the clocks that run whose kinds a definition does not know."""
    known = {deadline.kind for deadline in definition.deadlines}
    return tuple(kind for kind in running if kind not in known)


def differences(
    before: Workflow, after: Workflow, facts: Facts, running: tuple[str, ...]
) -> tuple[Reason, ...]:
    """Say how a subject would stand under another definition.

    Args:
        before: The definition it runs on.
        after: The other one.
        facts: The subject.
        running: The kinds of its clocks that run or are held.

    Returns:
        One code per difference; none means that nobody would notice. Under a definition that lacks its state
        nothing else is told.
    """
    if not has_state(after.definition, facts.state):
        return (deny("version_state_missing", state=facts.state),)
    return (
        *_choices_changed(_choices(before, facts), _choices(after, facts)),
        *_clocks(before.definition, after.definition, facts.state, running),
        *(_proposal(before, after, facts, facts.proposal) if facts.proposal else ()),
    )


def ranks(seats: tuple[Seat, ...]) -> Ranks:
    """Say who signs, in which order and how many, without names."""
    return tuple((seat.stage, seat.role, seat.rule, len(seat.candidates)) for seat in seats)


def _choices(workflow: Workflow, facts: Facts) -> dict[str, _Choice]:
    """Give the moves that somebody could propose if nothing waited; what a form says is asked later."""
    found = {trigger: _choice(workflow, facts, trigger) for trigger in workflow.definition.triggers}
    return {trigger: choice for trigger, choice in found.items() if choice is not None}


def _choice(workflow: Workflow, facts: Facts, trigger: str) -> _Choice | None:
    roles = (role for t in workflow.definition.leaving(trigger, facts.state) for role in t.proposed_by)
    able: dict[int, tuple[str, tuple[Seat, ...]]] = {}
    for person in dict.fromkeys(p for role in roles for p in facts.people(role)):
        actor = Actor(person, facts.organisation)
        transition, reasons = admit_proposal(workflow, facts, trigger, actor, None)
        if transition is None or reasons:
            continue
        seats, vacant = resolve_seats(transition, facts, person)
        if not vacant:
            able[person] = (transition.leads_to(facts.state), seats)
    if not able:
        return None
    seats = next(seats for _, seats in able.values())
    return _Choice(
        people=frozenset(able),
        targets=frozenset(target for target, _ in able.values()),
        roles=roles_of(seats),
        ranks=ranks(seats),
    )


def roles_of(seats: tuple[Seat, ...]) -> tuple[str, ...]:
    """Give the roles whose signatures are owed, in their order, each once."""
    return tuple(dict.fromkeys(seat.role for seat in seats if seat.fell_away is None))


def _choices_changed(before: dict[str, _Choice], after: dict[str, _Choice]) -> Iterator[Reason]:
    for trigger in dict.fromkeys((*before, *after)):
        old, new = before.get(trigger), after.get(trigger)
        gained = (new.people if new else frozenset()) - (old.people if old else frozenset())
        lost = (old.people if old else frozenset()) - (new.people if new else frozenset())
        if gained:
            yield deny("version_option_gained", trigger=trigger, candidates=tuple(sorted(gained)))
        if lost:
            yield deny("version_option_lost", trigger=trigger, candidates=tuple(sorted(lost)))
        if old is None or new is None:
            continue
        if old.targets != new.targets:
            was, now = tuple(sorted(old.targets)), tuple(sorted(new.targets))
            yield deny("version_option_elsewhere", trigger=trigger, states_before=was, states_after=now)
        if old.ranks != new.ranks:
            yield deny("version_signers_changed", trigger=trigger, before=old.roles, after=new.roles)


def _clocks(before: Definition, after: Definition, state: str, running: tuple[str, ...]) -> Iterator[Reason]:
    for kind in unknown_clocks(after, running):
        yield deny("version_clock_unknown", clock=kind)
    for kind in _begun_by(after, state):
        if kind not in running and kind not in _begun_by(before, state):
            yield deny("version_clock_not_begun", clock=kind)


def _begun_by(definition: Definition, state: str) -> tuple[str, ...]:
    """Give the clocks that begin on the way into a state and end no earlier than on a way out of it."""
    entering = (t for t in definition.transitions if t.target == state and state not in t.origins)
    kinds = [kind for t in entering for kind in t.starts]
    if state == definition.initial:
        kinds += definition.started_by(Clock.CREATED)
    return tuple(dict.fromkeys(kinds))


def _proposal(before: Workflow, after: Workflow, facts: Facts, waiting: OpenProposal) -> Iterator[Reason]:
    bundle = waiting.bundle
    old, against = _signed(before, facts, bundle, waiting.proposer)
    new, reasons = _signed(after, facts, bundle, waiting.proposer)
    if new is None:
        yield deny("version_proposal_gone", trigger=bundle.trigger)
        return
    yield from (reason for reason in reasons if reason not in against)
    if old is None:
        return
    (was, seats_before), (now, seats_after) = old, new
    if was != now:
        yield deny(
            "version_proposal_elsewhere", trigger=bundle.trigger, states_before=(was,), states_after=(now,)
        )
    if ranks(seats_before) != ranks(seats_after):
        yield deny(
            "version_proposal_signers",
            trigger=bundle.trigger,
            before=roles_of(seats_before),
            after=roles_of(seats_after),
        )


def _signed(
    workflow: Workflow, facts: Facts, bundle: Bundle, proposer: int
) -> tuple[tuple[str, tuple[Seat, ...]] | None, tuple[Reason, ...]]:
    """Give where a proposal leads and who signs it, None without its move; and what is against it."""
    actor = Actor(proposer, facts.organisation)
    if not workflow.definition.with_trigger(bundle.trigger):
        return None, ()
    transition, reasons = admit_signature(workflow, facts, bundle, proposer, actor)
    if transition is None:
        return None, reasons
    seats, vacant = resolve_seats(transition, facts, proposer)
    return (transition.leads_to(facts.state), seats), (*reasons, *vacant)
