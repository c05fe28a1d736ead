"""What was decided, as data: the effects that storage applies, all or none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.bundle import Bundle
from engine.commands import Proof
from engine.facts import Seat


class Outcome(StrEnum):
    """How a proposal ended."""

    MOVED = "moved"
    """Every signature was given and the move happened."""
    SENT_BACK = "sent_back"
    """A signer sent it back with a reason."""
    WITHDRAWN = "withdrawn"
    """Its proposer withdrew it before anybody signed."""
    SUPERSEDED = "superseded"
    """A finding, a suspension or a cancellation took its place."""


class Telling(StrEnum):
    """What people are told about a decision."""

    SIGNATURE_OWED = "signature_owed"
    """It is their turn to sign."""
    SENT_BACK = "sent_back"
    """Their proposal was sent back."""
    WITHDRAWN = "withdrawn"
    """What they were to sign, or had signed, was withdrawn."""
    SUPERSEDED = "superseded"
    """What they proposed or signed was closed by a weightier move."""
    REVISED = "revised"
    """What they had signed was replaced; their signature is void."""
    VOIDED = "voided"
    """It was sent back to an earlier stage; their signature is void and the text stands."""
    MOVED = "moved"
    """A step has happened."""


@dataclass(frozen=True, slots=True)
class ProposalOpened:
    """A proposal with its seats begins to wait for signatures."""

    bundle: Bundle
    seats: tuple[Seat, ...]
    key: str


@dataclass(frozen=True, slots=True)
class ProposalRevised:
    """The open proposal has a new bundle; signatures given before are void."""

    proposal: int
    revision: int
    bundle: Bundle
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class ProposalClosed:
    """The open proposal ended."""

    proposal: int
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SeatResolvedAgain:
    """None of a seat's people may give its signature any more.

    Attributes:
        seat: The seat as it was stored.
        now: The seat with the people who may give it now, or with why it fell away.
    """

    seat: Seat
    now: Seat

    @property
    def candidates(self) -> tuple[int, ...]:
        """The people who may give the signature now."""
        return self.now.candidates


@dataclass(frozen=True, slots=True)
class SignatureGiven:
    """A seat's signature, over the digest of the current revision; perhaps in somebody else's place."""

    proposal: int
    revision: int
    seat: Seat
    signer: int
    digest: str
    proof: Proof
    opinion: str
    on_behalf_of: int | None = None


@dataclass(frozen=True, slots=True)
class SignaturesVoided:
    """The proposal went back to an earlier stage: what was given in these seats is void and stays recorded.

    Attributes:
        proposal: The proposal.
        stage: Index of the stage that signs anew.
        seats: The seats whose signatures are void.
        reason: Why, in the words of who sent it back.
    """

    proposal: int
    stage: int
    seats: tuple[Seat, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class SubjectMoved:
    """A step has happened.

    Attributes:
        trigger: The move.
        origin: The state before.
        state: The state after; the same for a self-move.
        version: The subject's version after the step.
        round: The subject's round after the step.
        bundle: What was proposed.
        proposer: Who proposed it.
        proposal: The proposal it comes from; None where no signature was asked for.
        key: Idempotency key of a move that happened at once.
    """

    trigger: str
    origin: str
    state: str
    version: int
    round: int
    bundle: Bundle
    proposer: int
    proposal: int | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class DeadlineStarted:
    """A clock of this kind begins a new visit; ``within`` working days where a stage sets its own limit."""

    kind: str
    within: int | None = None


@dataclass(frozen=True, slots=True)
class DeadlineStopped:
    """The clock of this kind, where one runs, ends."""

    kind: str


@dataclass(frozen=True, slots=True)
class DeadlineHeld:
    """The department has done its part: its clock of this kind stands."""

    kind: str


@dataclass(frozen=True, slots=True)
class DeadlineResumed:
    """The held clock of this kind runs on."""

    kind: str


@dataclass(frozen=True, slots=True)
class Told:
    """These people are told; the words are chosen where they are shown.

    Attributes:
        telling: What they are told.
        people: Who is told.
        params: Values of the words.
        delegates: Principals among them, each with somebody who may sign in their place and is told, too.
    """

    telling: Telling
    people: tuple[int, ...]
    params: tuple[tuple[str, str], ...] = ()
    delegates: tuple[tuple[int, int], ...] = ()


Effect = (
    ProposalOpened
    | ProposalRevised
    | ProposalClosed
    | SeatResolvedAgain
    | SignatureGiven
    | SignaturesVoided
    | SubjectMoved
    | DeadlineStarted
    | DeadlineStopped
    | DeadlineHeld
    | DeadlineResumed
    | Told
)


@dataclass(frozen=True, slots=True)
class Decision:
    """A command's whole outcome.

    Attributes:
        action: ``propose``, ``revise``, ``sign``, ``send_back``, ``withdraw`` or ``reseat``.
        trigger: The move it is about.
        role: The role the actor acted in.
        digest: The bundle's digest.
        effects: What storage applies, in this order.
    """

    action: str
    trigger: str
    role: str
    digest: str
    effects: tuple[Effect, ...]

    @property
    def moved(self) -> SubjectMoved | None:
        """The step, where one has happened."""
        return next((effect for effect in self.effects if isinstance(effect, SubjectMoved)), None)

    @property
    def deed(self) -> str:
        """What was done, as others are told: the move where it happened at once, else the action."""
        moved = self.moved
        return self.trigger if moved is not None and moved.proposal is None else self.action
