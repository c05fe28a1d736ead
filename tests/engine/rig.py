"""Applies decisions to facts in memory, as storage would, so that whole stories can be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from engine.actor import Actor
from engine.commands import Command
from engine.decide import decide
from engine.decision import (
    DeadlineHeld,
    DeadlineResumed,
    DeadlineStarted,
    DeadlineStopped,
    Decision,
    Effect,
    ProposalClosed,
    ProposalOpened,
    ProposalRevised,
    SeatResolvedAgain,
    SignatureGiven,
    SignaturesVoided,
    SubjectMoved,
    Told,
)
from engine.facts import Facts, LatestChange, OpenProposal, Seat
from engine.machine import Workflow
from engine.reasons import Refusal


class Rig:
    """One subject and everything that happened to it.

    Attributes:
        facts: The subject as it stands.
        clocks: Running and held clocks by kind.
        steps: The triggers of all steps, in order.
        told: What people were told, in order.
        closed: How proposals ended, in order.
    """

    def __init__(self, workflow: Workflow, facts: Facts, clocks: dict[str, str] | None = None) -> None:
        self.workflow = workflow
        self.facts = facts
        self.clocks = dict(clocks or {})
        self.steps: list[SubjectMoved] = []
        self.told: list[Told] = []
        self.closed: list[ProposalClosed] = []
        self._proposals = 0

    @property
    def open(self) -> OpenProposal:
        """The open proposal."""
        assert self.facts.proposal is not None, "nothing is open"
        return self.facts.proposal

    def try_to(self, command: Command, actor: Actor, now: datetime) -> Decision | Refusal:
        """Ask without applying."""
        return decide(self.workflow, self.facts, command, actor, now)

    def refuse(self, command: Command, actor: Actor, now: datetime) -> tuple[str, ...]:
        """Ask for what must be refused, and give the codes."""
        answer = self.try_to(command, actor, now)
        assert isinstance(answer, Refusal), f"{command} was allowed"
        assert answer.reasons, "a refusal says why"
        return tuple(reason.code for reason in answer.reasons)

    def do(self, command: Command, actor: Actor, now: datetime) -> Decision:
        """Ask for what must be allowed, and apply it."""
        answer = self.try_to(command, actor, now)
        assert isinstance(answer, Decision), f"{command} was refused: {answer.reasons}"
        for effect in answer.effects:
            self._apply(effect, actor, now)
        self.facts = replace(self.facts, latest=LatestChange(actor.person, now, answer.action))
        return answer

    def _apply(self, effect: Effect, actor: Actor, now: datetime) -> None:
        match effect:
            case ProposalOpened(bundle, seats, _):
                assert self.facts.proposal is None, "two proposals at once"
                assert actor.person is not None
                self._proposals += 1
                proposal = OpenProposal(self._proposals, 1, bundle, actor.person, _stored(seats), now)
                self.facts = replace(self.facts, proposal=proposal)
            case ProposalRevised(_, revision, bundle, seats):
                proposal = replace(self.open, revision=revision, bundle=bundle, seats=_stored(seats))
                self.facts = replace(self.facts, proposal=proposal)
            case ProposalClosed():
                self.closed.append(effect)
                self.facts = replace(self.facts, proposal=None)
            case SeatResolvedAgain(seat, again):
                self._replace(seat, again)
            case SignatureGiven():
                principal = effect.on_behalf_of
                signed = replace(effect.seat, signed_by=effect.signer, signed_for=principal, signed_at=now)
                self._replace(effect.seat, signed)
            case SignaturesVoided():
                self._void(effect)
            case SubjectMoved():
                self._move(effect)
            case Told():
                self.told.append(effect)
            case _:
                self._clock(effect)

    def _move(self, moved: SubjectMoved) -> None:
        assert moved.origin == self.facts.state
        self.steps.append(moved)
        self.facts = replace(self.facts, state=moved.state, version=moved.version, round=moved.round)

    def _replace(self, seat: Seat, now: Seat) -> None:
        seats = tuple(now if each.identifier == seat.identifier else each for each in self.open.seats)
        self.facts = replace(self.facts, proposal=replace(self.open, seats=seats))

    def _void(self, voided: SignaturesVoided) -> None:
        for seat in voided.seats:
            assert seat.signed_by is not None, "what was not signed is not void"
            self._replace(seat, replace(seat, signed_by=None, signed_for=None, signed_at=None))
        proposal = replace(self.open, returned=self.open.returned + 1)
        self.facts = replace(self.facts, proposal=proposal)

    def _clock(self, effect: Effect) -> None:
        match effect:
            case DeadlineStarted(kind):
                self.clocks[kind] = "running"
            case DeadlineStopped(kind):
                self.clocks.pop(kind, None)
            case DeadlineHeld(kind) if kind in self.clocks:
                self.clocks[kind] = "held"
            case DeadlineResumed(kind) if kind in self.clocks:
                self.clocks[kind] = "running"
            case _:
                pass


def _stored(seats: tuple[Seat, ...]) -> tuple[Seat, ...]:
    return tuple(replace(seat, identifier=number) for number, seat in enumerate(seats, 1))
