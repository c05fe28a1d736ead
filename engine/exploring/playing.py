"""One move played through by willing people: proposed by each who may, signed in every order, by ``decide``.

Everybody has even let the proposer sign in their place.
Whoever reads this learns who could make the move, and where a proposal would stand with nobody to sign it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from engine.actor import Actor
from engine.admission import exceptions
from engine.bundle import Bundle
from engine.commands import Method, Proof, Propose, Sign
from engine.decide import decide
from engine.decision import Decision, ProposalOpened, SignatureGiven
from engine.definition import Definition, Transition
from engine.facts import Facts, OpenProposal
from engine.guards import GuardRegistry
from engine.machine import Workflow
from engine.reasons import Refusal

_NOW = datetime(2000, 1, 1, tzinfo=UTC)
_SUBJECT = "subject:1"


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that was given: by whom, in which role."""

    person: int
    role: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way a move was made, or as far as it came.

    Attributes:
        proposer: Who proposed it.
        role: In which role.
        signatures: What was signed, in order.
    """

    proposer: int
    role: str
    signatures: tuple[Signature, ...] = ()

    @property
    def alone(self) -> bool:
        """Whether nobody but the proposer took part."""
        return all(signature.person == self.proposer for signature in self.signatures)

    def signed_by(self, people: Collection[int]) -> bool:
        """Say whether one of these people signed."""
        return any(signature.person in people for signature in self.signatures)


@dataclass(frozen=True, slots=True)
class Played:
    """Every way a move could be made, and the ways after which nobody could sign what was proposed."""

    made: tuple[Way, ...]
    stuck: tuple[Way, ...]


class Move:
    """A move by itself, ready to be played by whoever holds its roles. Guards say yes, evidence is there."""

    def __init__(self, definition: Definition, transition: Transition) -> None:
        self.transition = replace(transition, guards=(), when=None, evidence=())
        alone = replace(definition, transitions=(self.transition,))
        self._workflow = Workflow(alone, GuardRegistry())

    def play(self, holders: Mapping[str, tuple[int, ...]], relations: Mapping[str, frozenset[int]]) -> Played:
        """Play the move with these people.

        Args:
            holders: Who holds which role.
            relations: Who has which relation to the subject.
        """
        facts = Facts(
            subject=_SUBJECT,
            organisation=1,
            state=self.transition.origins[0],
            version=1,
            round=1,
            holders={role: (people,) for role, people in holders.items()},
            relations=relations,
        )
        made: dict[tuple[int, frozenset[Signature]], Way] = {}
        stuck: list[Way] = []
        for person in dict.fromkeys(p for role in self.transition.proposed_by for p in holders[role]):
            for way, whole in self._proposed(facts, person):
                if whole:
                    made.setdefault((person, frozenset(way.signatures)), way)
                else:
                    stuck.append(way)
        return Played(tuple(made.values()), tuple(stuck))

    def _proposed(self, facts: Facts, person: int) -> Iterator[tuple[Way, bool]]:
        definition = self._workflow.definition
        excused = exceptions(self.transition, facts, person)
        bundle = Bundle(_SUBJECT, 1, definition.reference, self.transition.trigger, exceptions=excused)
        answer = decide(self._workflow, facts, Propose(bundle, 1, ""), _actor(person), _NOW)
        if not isinstance(answer, Decision):
            return
        way = Way(person, answer.role)
        opened = next((effect for effect in answer.effects if isinstance(effect, ProposalOpened)), None)
        if opened is None:
            yield way, True
            return
        seats = tuple(replace(seat, identifier=number) for number, seat in enumerate(opened.seats))
        proposal = OpenProposal(1, 1, bundle, person, seats, _NOW)
        trusting = {other: frozenset({person}) for other in _everybody(facts) if other != person}
        yield from self._signed(replace(facts, proposal=proposal, delegations=trusting), proposal, way)

    def _signed(self, facts: Facts, proposal: OpenProposal, way: Way) -> Iterator[tuple[Way, bool]]:
        """Go on with every signature that somebody could give now, until the move happens."""
        answers = [(person, self._sign(facts, proposal, person)) for person in proposal.waiting()]
        # Whatever others let the proposer sign in their place, nobody must sign what they propose themselves.
        answers += [(way.proposer, self._sign(facts, proposal, way.proposer, p)) for p in proposal.waiting()]
        given = [(person, answer) for person, answer in answers if isinstance(answer, Decision)]
        if not given:
            yield way, False
        for person, answer in given:
            further = replace(way, signatures=(*way.signatures, Signature(person, answer.role)))
            if answer.moved is not None:
                yield further, True
                continue
            after = _with(proposal, answer)
            yield from self._signed(replace(facts, proposal=after), after, further)

    def _sign(
        self, facts: Facts, proposal: OpenProposal, person: int, principal: int | None = None
    ) -> Decision | Refusal:
        digest = proposal.bundle.digest
        proof = Proof(Method.PASSWORD, (digest,), "")
        command = Sign(1, 1, digest, proof, on_behalf_of=principal)
        return decide(self._workflow, facts, command, _actor(person), _NOW)


def _with(proposal: OpenProposal, answer: Decision) -> OpenProposal:
    """The proposal with what was signed; nobody loses a role meanwhile, so no seat changes its people."""
    given = {e.seat.identifier: e.signer for e in answer.effects if isinstance(e, SignatureGiven)}
    seats = (
        replace(seat, signed_by=given[seat.identifier], signed_at=_NOW) if seat.identifier in given else seat
        for seat in proposal.seats
    )
    return replace(proposal, seats=tuple(seats))


def _everybody(facts: Facts) -> set[int]:
    return {person for role in facts.holders for person in facts.people(role)}


def _actor(person: int) -> Actor:
    return Actor(person, organisation=1)
