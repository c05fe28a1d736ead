"""What may be asked of the engine."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.bundle import Bundle


class Method(StrEnum):
    """How a signature was given."""

    PASSWORD = "password"
    """At the screen, with the password asked for again."""
    PAPER = "paper"
    """On a printed sheet whose scan one person registered and a second one confirmed (纸质签批补录)."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that a signature was meant.

    Attributes:
        method: How it was given.
        challenge: The bundle digests that were shown on the page, sorted; one proof covers them all.
        value: For a password the digest of the challenge that the session confirmed; for paper the SHA-256
            of the scan.
        registered_by: Who registered the scan; only on paper.
    """

    method: Method
    challenge: tuple[str, ...]
    value: str
    registered_by: int | None = None


@dataclass(frozen=True, slots=True)
class Propose:
    """Propose a move; one that asks for no signature happens at once.

    Attributes:
        bundle: What is proposed.
        version: The subject's version on the page it was proposed from.
        key: Idempotency key: the same key with the same bundle has one effect.
    """

    bundle: Bundle
    version: int
    key: str


@dataclass(frozen=True, slots=True)
class Revise:
    """Replace the bundle of the open proposal; its signatures become void."""

    proposal: int
    revision: int
    bundle: Bundle


@dataclass(frozen=True, slots=True)
class Sign:
    """Sign the open proposal's digest.

    Attributes:
        proposal: The proposal.
        revision: The revision that was shown.
        digest: The digest that was shown.
        proof: What shows that the signature was meant.
        opinion: Words beside the signature; no part of the bundle.
        signer: Who signed, when it is not the actor (paper).
        on_behalf_of: In whose place it is signed (委托签批); None for one's own.
        returned: How often the proposal had gone back a stage when it was shown; None where that is not said.
    """

    proposal: int
    revision: int
    digest: str
    proof: Proof
    opinion: str = ""
    signer: int | None = None
    on_behalf_of: int | None = None
    returned: int | None = None


@dataclass(frozen=True, slots=True)
class SendBack:
    """Send the open proposal back with a reason, as one whose turn it is to sign.

    Attributes:
        proposal: The proposal.
        revision: The revision that was shown.
        reason: Why.
        to_stage: Index of the earlier stage that is to sign anew, with all later ones; None ends the proposal
            and gives the matter back to who proposed it.
        on_behalf_of: In whose place it is sent back; None for one's own.
        returned: How often the proposal had gone back a stage when it was shown; None where that is not said.
    """

    proposal: int
    revision: int
    reason: str
    to_stage: int | None = None
    on_behalf_of: int | None = None
    returned: int | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """End one's own open proposal before anybody signed it."""

    proposal: int
    revision: int


@dataclass(frozen=True, slots=True)
class Reseat:
    """Resolve the open proposal's seats again after somebody lost a role; asked by the system."""

    proposal: int


Command = Propose | Revise | Sign | SendBack | Withdraw | Reseat
