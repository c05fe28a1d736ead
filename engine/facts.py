"""The facts a decision rests on, gathered by storage and frozen before anything is decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from engine.bundle import Bundle
from engine.definition import Rule


class FellAway(StrEnum):
    """Why a signature need not be given."""

    PROPOSER = "proposer"
    """The only one who could give it proposed the move, and no substitute is named."""
    SIGNS_HIGHER = "signs_higher"
    """The only one who could give it signs in a higher stage."""
    SIGNS_BESIDE = "signs_beside"
    """The only one who could give it signs in the same stage already."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One signature that is owed: any one of the candidates gives it.

    Attributes:
        stage: Index of the stage it belongs to; lower ranks first.
        role: The role it is owed by.
        candidates: The people who may give it, resolved when the move was proposed.
        reports: Whether it speaks for who reports: of several departments the first one reports and the
            others co-sign.
        fell_away: Why nobody needs to give it (see :class:`FellAway`); None when it is owed.
        substitute: Whether the candidate stands in for the role's only holder.
        signed_by: Who gave it for the current revision.
        signed_for: In whose place they gave it (委托签批); None for their own.
        signed_at: When.
        identifier: The stored row, None before it is stored.
        rule: Under which rule of its stage it is owed; under ``some`` several seats have the same candidates
            and each is signed by another of them.
        within: Working days after which whoever owes it is reminded; None for the usual limit.
        independent_of: Relations to the subject that its signer must not have.
    """

    stage: int
    role: str
    candidates: tuple[int, ...]
    reports: bool = False
    fell_away: FellAway | None = None
    substitute: bool = False
    signed_by: int | None = None
    signed_at: datetime | None = None
    identifier: int | None = None
    rule: Rule = Rule.ALL
    within: int | None = None
    independent_of: tuple[str, ...] = ()
    signed_for: int | None = None

    @property
    def given_by(self) -> tuple[int, ...]:
        """Who gave it, and in whose place: neither of them signs the same proposal again."""
        return tuple(person for person in (self.signed_by, self.signed_for) if person is not None)

    @property
    def owed(self) -> bool:
        """Whether the signature is still to be given."""
        return self.fell_away is None and self.signed_by is None


def stage_of(seats: Iterable[Seat]) -> int | None:
    """Give the index of the stage whose turn it is; None when nothing is owed."""
    return min((seat.stage for seat in seats if seat.owed), default=None)


def waiting_among(seats: tuple[Seat, ...]) -> tuple[int, ...]:
    """Give the people who may sign now, each once; who signed in another seat of the stage is done."""
    stage = stage_of(seats)
    signed = {person for seat in seats for person in seat.given_by}
    people = (p for seat in seats if seat.owed and seat.stage == stage for p in seat.candidates)
    return tuple(dict.fromkeys(person for person in people if person not in signed))


def limit_among(seats: tuple[Seat, ...]) -> int | None:
    """Give the working days that the stage whose turn it is has; None for the usual limit."""
    stage = stage_of(seats)
    return next((seat.within for seat in seats if seat.stage == stage and seat.owed), None)


def covered_by(people: Collection[int], seat: Seat, beside: Sequence[Seat]) -> int:
    """Say how many of the owed seats like one, itself among them, ``people`` must sign whoever else does.

    Of two seats over three people any two of them sign, so of every two people at least one does.
    """
    alike = sum(o.owed and (o.stage, o.candidates) == (seat.stage, seat.candidates) for o in beside)
    done = {person for other in beside for person in other.given_by}
    return alike - len(set(seat.candidates) - set(people) - done)


def reported_among(seats: tuple[Seat, ...]) -> bool:
    """Say whether the one who reports has done so: the reporting seat was signed or fell away."""
    reporting = [seat for seat in seats if seat.reports]
    return bool(reporting) and not any(seat.owed for seat in reporting)


@dataclass(frozen=True, slots=True)
class OpenProposal:
    """The one proposal that waits for signatures; ``returned`` counts how often it went back a stage."""

    identifier: int
    revision: int
    bundle: Bundle
    proposer: int
    seats: tuple[Seat, ...]
    proposed_at: datetime
    returned: int = 0

    @property
    def stage(self) -> int | None:
        """Index of the stage whose turn it is; None when nothing is owed any more."""
        return stage_of(self.seats)

    @property
    def reported(self) -> bool:
        """Whether the one who reports has done so."""
        return reported_among(self.seats)

    def waiting(self) -> tuple[int, ...]:
        """Give the people who may sign now."""
        return waiting_among(self.seats)

    def signers(self) -> tuple[int, ...]:
        """Give everybody who signed the current revision, or in whose place it was signed, each once."""
        return tuple(dict.fromkeys(person for seat in self.seats for person in seat.given_by))

    def first_signature(self) -> Seat | None:
        """Give the seat of the current revision that was signed first."""
        signed = [seat for seat in self.seats if seat.signed_by is not None]
        return min(signed, key=lambda seat: (seat.stage, seat.signed_at or self.proposed_at), default=None)


@dataclass(frozen=True, slots=True)
class LatestChange:
    """Who changed the subject last, when and how: what a person with a stale page is told."""

    person: int | None
    at: datetime
    action: str


@dataclass(frozen=True, slots=True)
class Facts:
    """A subject as it stands at one moment.

    Attributes:
        subject: Its stream, for example ``task:12``.
        organisation: The organisation it belongs to.
        state: Its state.
        version: Steps so far plus one; counts moves.
        round: Its round, from 1.
        holders: For each role the groups that hold it towards this subject; each group owes one signature
            and any one of its members gives it.
        substitutes: For each role the person the settings name to stand in.
        relations: For each relation the people who have it to this subject (回避).
        apart: For each role the relations that keep somebody from acting in it, in whosever place.
        delegations: For each principal those who may sign for them at this moment on this subject (委托签批).
        parts: The names of its parts, such as ``criterion:7``; a bundle speaks of no others.
        evidence: Identifiers of what was handed in for it; a bundle refers to nothing else.
        proposal: The open proposal.
        latest: The last change.
        details: The workflow's own facts; the engine hands them to the guards unread.
    """

    subject: str
    organisation: int
    state: str
    version: int
    round: int
    holders: Mapping[str, tuple[tuple[int, ...], ...]]
    substitutes: Mapping[str, int] = field(default_factory=dict)
    relations: Mapping[str, frozenset[int]] = field(default_factory=dict)
    apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    delegations: Mapping[int, frozenset[int]] = field(default_factory=dict)
    parts: frozenset[str] = frozenset()
    evidence: frozenset[int] = frozenset()
    proposal: OpenProposal | None = None
    latest: LatestChange | None = None
    details: object = None

    def record(self) -> dict[str, object]:
        """Give the facts as data for the audit entry: no names and no free text; ``recorded`` reads it."""
        proposal = self.proposal
        return {
            "state": self.state,
            "version": self.version,
            "round": self.round,
            "holders": self.holders,
            "substitutes": self.substitutes,
            "relations": {name: sorted(people) for name, people in self.relations.items()},
            "apart": self.apart,
            "delegations": [[who, sorted(self.delegations[who])] for who in sorted(self.delegations)],
            "proposal": None
            if proposal is None
            else {
                "id": proposal.identifier,
                "revision": proposal.revision,
                "digest": proposal.bundle.digest,
                "proposer": proposal.proposer,
                "proposed_at": proposal.proposed_at,
                "returned": proposal.returned,
                "seats": proposal.seats,
            },
            "details": self.details,
        }

    def holds(self, role: str, person: int | None) -> bool:
        """Say whether a person holds a role towards this subject."""
        return any(person in group for group in self.holders.get(role, ()))

    def related(self, relations: Iterable[str], person: int | None) -> tuple[str, ...]:
        """Give those of ``relations`` that a person has to this subject."""
        return tuple(name for name in relations if person in self.relations.get(name, ()))

    def people(self, role: str) -> tuple[int, ...]:
        """Give everybody who holds a role towards this subject, each once."""
        return tuple(dict.fromkeys(p for group in self.holders.get(role, ()) for p in group))
