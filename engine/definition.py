"""A workflow definition as frozen data: what may happen, by whom, with which signatures and clocks.

Knows how the pieces relate; reading the text is ``loading``'s job, refusing a wrong one ``checking``'s.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from engine.canonical import sha256
from engine.promises import Known, Promises


class Moment(StrEnum):
    """When a guard is asked."""

    PROPOSE = "propose"
    """Only when the move is proposed or revised; guards about being in time are of this kind."""
    SIGN = "sign"
    """Only when it is signed."""
    BOTH = "both"
    """At either moment: it must still hold when the last signature is given."""

    def covers(self, moment: Moment) -> bool:
        """Say whether a guard of this kind is asked at ``moment``."""
        return self in (Moment.BOTH, moment)


class Clock(StrEnum):
    """What starts or stops a deadline besides a transition."""

    CREATED = "created"
    """The subject comes into being."""
    SIGNATURE_OWED = "signature_owed"
    """A stage of a proposal becomes the current one."""
    SIGNATURE_SETTLED = "signature_settled"
    """That stage is signed, sent back, withdrawn, superseded or revised."""


@dataclass(frozen=True, slots=True)
class State:
    """A state; an end is a state at which a subject may stay for ever."""

    name: str
    end: bool = False


@dataclass(frozen=True, slots=True)
class GuardUse:
    """A guard by name, the moment it is asked, and the values it is asked with."""

    name: str
    at: Moment = Moment.BOTH
    values: tuple[tuple[str, str], ...] = ()


class Rule(StrEnum):
    """How many of those who hold a stage's role sign."""

    ALL = "all"
    """Each group that holds the role owes a signature (会签)."""
    ANY = "any"
    """Any one of those who hold the role, in whatever group."""
    ONE = "one"
    """The one person who holds the role; two of them are refused, because nobody would know who is meant."""
    SOME = "some"
    """As many different people as the stage needs, of all who hold the role."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One rank of the sign-off policy.

    Attributes:
        role: Whose signature is owed.
        reports: Whether this stage speaks for who reports: once its first seat is signed, or fell away, the
            deadlines that the move stops are held. Where several of one office sign (``some``), they report
            together.
        rule: How many of those who hold the role sign.
        need: How many different people sign; more than one only under the rule ``some``.
        within: Working days after which whoever owes the signature is reminded; None for the usual limit.
        independent_of: Relations to the subject that its signers must not have (回避).
    """

    role: str
    reports: bool = False
    rule: Rule = Rule.ALL
    need: int = 1
    within: int | None = None
    independent_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transition:
    """A move that may happen.

    Attributes:
        trigger: Its name; several transitions may share one, told apart by origin and ``when``.
        origins: The states it leaves from.
        target: The state it leads to; None leaves the state unchanged.
        proposed_by: Roles that may propose it.
        stages: Who signs, from lower to higher rank; empty means that it happens at once.
        evidence: Kinds of which the bundle carries at least one each.
        guards: What must hold, each with its reason.
        when: A guard without a reason of its own that picks among transitions of one trigger and origin.
        supersedes: Whether proposing it closes the open proposal.
        beside: Whether it may happen beside an open proposal.
        new_round: Whether it begins a new round.
        starts: Kinds of deadlines it starts.
        stops: Kinds of deadlines it stops.
        stops_all: Whether it first ends every clock that still runs.
        tells: Roles that are told when it has happened.
        independent_of: Relations to the subject that its proposer must not have (回避).
        independent_unless_alone: Relations that exclude a proposer only while somebody without them could
            propose it; otherwise it is an exception that the bundle names and everybody signs.
    """

    trigger: str
    origins: tuple[str, ...]
    target: str | None
    proposed_by: tuple[str, ...]
    stages: tuple[Stage, ...] = ()
    evidence: tuple[str, ...] = ()
    guards: tuple[GuardUse, ...] = ()
    when: GuardUse | None = None
    supersedes: bool = False
    beside: bool = False
    new_round: bool = False
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    stops_all: bool = False
    tells: tuple[str, ...] = ()
    independent_of: tuple[str, ...] = ()
    independent_unless_alone: tuple[str, ...] = ()

    def leads_to(self, state: str) -> str:
        """Give the state the subject is in after this move from ``state``."""
        return self.target or state


@dataclass(frozen=True, slots=True)
class DeadlineKind:
    """A clock, and the :class:`Clock` events that start and stop it beside the transitions that do."""

    kind: str
    started_by: tuple[str, ...] = ()
    stopped_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Definition:
    """A workflow: states, moves, roles and clocks, with the text it was read from."""

    name: str
    version: int
    initial: str
    roles: tuple[str, ...]
    evidence_kinds: tuple[str, ...]
    relations: tuple[str, ...]
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    deadlines: tuple[DeadlineKind, ...]
    promises: Promises = field(default_factory=Promises)
    known: Known = field(default_factory=Known)
    text: str = ""

    @property
    def reference(self) -> str:
        """Name and version, for example ``rectification@1``."""
        return f"{self.name}@{self.version}"

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the definition's text."""
        return sha256(self.text)

    @cached_property
    def triggers(self) -> tuple[str, ...]:
        """Every trigger once, in the order of the text."""
        return tuple(dict.fromkeys(transition.trigger for transition in self.transitions))

    @cached_property
    def _by_trigger(self) -> dict[str, tuple[Transition, ...]]:
        return {t: tuple(x for x in self.transitions if x.trigger == t) for t in self.triggers}

    def with_trigger(self, trigger: str) -> tuple[Transition, ...]:
        """Give all transitions of a trigger; an unknown trigger has none."""
        return self._by_trigger.get(trigger, ())

    def leaving(self, trigger: str, state: str) -> tuple[Transition, ...]:
        """Give the transitions of a trigger that leave from ``state``, in the order of the text."""
        return tuple(t for t in self.with_trigger(trigger) if state in t.origins)

    def stopped_through(self, trigger: str) -> tuple[str, ...]:
        """Give the kinds of deadlines that a trigger stops, whichever of its transitions is taken."""
        return tuple(dict.fromkeys(kind for t in self.with_trigger(trigger) for kind in t.stops))

    def started_by(self, event: Clock) -> tuple[str, ...]:
        """Give the kinds of deadlines that an event besides the triggers starts."""
        return tuple(d.kind for d in self.deadlines if event in d.started_by)

    def stopped_by(self, event: Clock) -> tuple[str, ...]:
        """Give the kinds of deadlines that an event besides the triggers stops."""
        return tuple(d.kind for d in self.deadlines if event in d.stopped_by)
