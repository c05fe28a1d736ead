"""Who may register a signature that was given on paper, and who may confirm it: never the same person.

Pure code. That the registrar may not confirm is also held by the engine; here the reason is known beforehand.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from engine.definition import Definition
from engine.delegating import delegates_now
from engine.facts import Facts
from engine.reasons import Reason, deny

Signer = tuple[int, int | None]
"""Who signed a sheet, and in whose place; None for their own."""


def possible_signers(definition: Definition, facts: Facts) -> tuple[Signer, ...]:
    """Give whose signature on paper may be registered now: those whose turn it is, and their delegates."""
    own = facts.proposal.waiting() if facts.proposal else ()
    delegates = ((delegate, principal) for principal, delegate in delegates_now(definition, facts))
    return (*((person, None) for person in own), *delegates)


def unless_registrable(
    possible: Collection[Signer], signer: Signer | None, signed_on: date | None, today: date
) -> tuple[Reason, ...]:
    """Say why a signed sheet cannot be registered: nobody of whose turn it is, or no possible day."""
    reasons: list[Reason] = []
    if signer not in possible:
        reasons.append(deny("paper_signer_missing"))
    if signed_on is None or signed_on > today:
        reasons.append(deny("paper_day_missing"))
    return tuple(reasons)


def unless_confirmable(
    proposer: int, signer: int, registered_by: int, person: int | None
) -> tuple[Reason, ...]:
    """Say why a person could not confirm a registered sheet."""
    if person == registered_by:
        return (deny("paper_confirmed_by_registrar"),)
    if person == proposer:
        return (deny("paper_confirmed_by_proposer"),)
    return (deny("paper_confirmed_by_signer"),) if person == signer else ()
