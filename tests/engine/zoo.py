"""The guards, people and facts of the zoo's machines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from engine.actor import Actor, Holding
from engine.bundle import Bundle, Claim
from engine.commands import Method, Proof, Propose, SendBack, Sign, Withdraw
from engine.facts import Facts, LatestChange, OpenProposal
from engine.guards import GuardRegistry, Question
from engine.loading import load_definition
from engine.machine import Workflow
from engine.reasons import Reason, deny

HERE = Path(__file__).parent
NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)

CLERK, HEAD, CHIEF, REGISTRAR = 1, 2, 3, 4
OTHER_CLERK, OTHER_HEAD, OTHER_CHIEF, DEPUTY, STRANGER = 11, 12, 13, 20, 99

HOLDERS: Mapping[str, tuple[tuple[int, ...], ...]] = {
    "clerk": ((CLERK, OTHER_CLERK),),
    "head": ((HEAD,),),
    "chief": ((CHIEF,),),
    "registrar": ((REGISTRAR,),),
}

GUARDS = GuardRegistry()


@dataclass(frozen=True, slots=True)
class Letter:
    """The zoo's own facts."""

    stamped: bool = False
    in_time: bool = True
    wanted: bool = True
    tone: str = "kind"


def letter(question: Question) -> Letter:
    assert isinstance(question.facts.details, Letter)
    return question.facts.details


@GUARDS.register
def unstamped(question: Question) -> tuple[Reason, ...]:
    return (deny("stamped"),) if letter(question).stamped else ()


@GUARDS.register
def sealed(question: Question) -> tuple[Reason, ...]:
    return (deny("unsealed"),) if question.bundle and not question.bundle.text else ()


@GUARDS.register
def in_time(question: Question) -> tuple[Reason, ...]:
    return () if letter(question).in_time else (deny("too_late"),)


@GUARDS.register
def still_wanted(question: Question) -> tuple[Reason, ...]:
    return () if letter(question).wanted else (deny("unwanted"),)


@GUARDS.taking(tone=("kind", "angry"))
def tone_is(question: Question) -> tuple[Reason, ...]:
    return () if letter(question).tone == question.value("tone") else (deny("other_tone"),)


@cache
def workflow(name: str = "letter") -> Workflow:
    """A machine of the zoo, compiled."""
    text = (HERE / "machines" / f"{name}.toml").read_text(encoding="utf-8")
    return Workflow(load_definition(text, GUARDS), GUARDS)


def facts(
    state: str = "draft",
    details: object = None,
    proposal: OpenProposal | None = None,
    holders: Mapping[str, tuple[tuple[int, ...], ...]] | None = None,
    substitutes: Mapping[str, int] | None = None,
    relations: Mapping[str, frozenset[int]] | None = None,
    latest: LatestChange | None = None,
) -> Facts:
    """A letter, by default a draft that nothing stands against; ``holders`` replaces single roles."""
    return Facts(
        subject="letter:7",
        organisation=1,
        state=state,
        version=5,
        round=2,
        holders={**HOLDERS, **(holders or {})},
        substitutes=substitutes or {},
        relations=relations or {},
        proposal=proposal,
        latest=latest,
        details=details or Letter(),
    )


def actor(person: int | None) -> Actor:
    """Somebody; the engine asks the facts for roles towards the subject, not the actor's positions."""
    return Actor(person, organisation=1, holdings=frozenset({Holding("clerk", 1)}), request_id="r1")


PAGE = Claim("page", "Page one", sha256="a" * 64)


def bundle(trigger: str = "send", text: str = "Dear all", evidence: tuple[Claim, ...] = (PAGE,)) -> Bundle:
    """A complete bundle for a trigger of the letter."""
    return Bundle("letter:7", 2, "letter@1", trigger, text=text, evidence=evidence)


def propose(trigger: str = "send", **said: object) -> Propose:
    """The command that proposes a trigger with a complete bundle."""
    return Propose(bundle(trigger, **said), version=5, key="k1")  # type: ignore[arg-type]


def sign(proposal: OpenProposal, opinion: str = "") -> Sign:
    """The command that signs a proposal exactly as it was shown."""
    digest = proposal.bundle.digest
    proof = Proof(Method.PASSWORD, (digest,), "f" * 64)
    return Sign(proposal.identifier, proposal.revision, digest, proof, opinion)


def send_back(proposal: OpenProposal, reason: str = "Spelling") -> SendBack:
    """The command that sends a proposal back."""
    return SendBack(proposal.identifier, proposal.revision, reason)


def withdraw(proposal: OpenProposal) -> Withdraw:
    """The command that withdraws a proposal."""
    return Withdraw(proposal.identifier, proposal.revision)
