"""Facts as they stood when something was proposed or signed, read back from the record of operations.

The inverse of ``Facts.record()``: whoever adds a fact there finds here where it is read. Must not know where
entries and bundles are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.bundle import Bundle
from engine.facts import Facts, OpenProposal, Seat
from engine.reviving import reader

_HOLDERS = reader(Mapping[str, tuple[tuple[int, ...], ...]])
_SUBSTITUTES = reader(Mapping[str, int])
_RELATIONS = reader(Mapping[str, frozenset[int]])
_APART = reader(Mapping[str, tuple[str, ...]])
_DELEGATIONS = reader(tuple[tuple[int, frozenset[int]], ...])
_SEATS = reader(tuple[Seat, ...])
_MOMENT = reader(datetime)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in other places of the record than among the facts.

    Attributes:
        subject: The subject's name; the entry or the bundle has it.
        organisation: Its organisation.
        parts: The parts it had; what was accepted spoke of no others.
        evidence: What had been handed in for it.
        waiting: The bundle of the proposal that was open.
        details: The workflow's own facts, read back by the workflow.
    """

    subject: str
    organisation: int
    parts: frozenset[str] = frozenset()
    evidence: frozenset[int] = frozenset()
    waiting: Bundle | None = None
    details: object = None


def restore(record: Mapping[str, Any], beside: Beside) -> Facts:
    """Give the facts that an entry holds; who changed the subject last is not among them.

    Args:
        record: What ``Facts.record()`` gave, after its way through the entry's text.
        beside: The rest.

    Raises:
        KeyError: The entry lacks a fact, or its open proposal comes without its bundle.
        TypeError: A fact is not of its kind.
        ValueError: A value is none of its vocabulary.
    """
    return Facts(
        subject=beside.subject,
        organisation=beside.organisation,
        state=record["state"],
        version=record["version"],
        round=record["round"],
        holders=_HOLDERS(record["holders"]),
        substitutes=_SUBSTITUTES(record["substitutes"]),
        relations=_RELATIONS(record["relations"]),
        apart=_APART(record["apart"]),
        delegations=dict(_DELEGATIONS(record["delegations"])),
        parts=beside.parts,
        evidence=beside.evidence,
        proposal=_proposal(record["proposal"], beside.waiting),
        details=beside.details,
    )


def _proposal(record: Mapping[str, Any] | None, bundle: Bundle | None) -> OpenProposal | None:
    if record is None:
        return None
    if bundle is None:
        raise KeyError(record["id"])
    return OpenProposal(
        identifier=record["id"],
        revision=record["revision"],
        bundle=bundle,
        proposer=record["proposer"],
        seats=_SEATS(record["seats"]),
        proposed_at=_MOMENT(record["proposed_at"]),
        returned=record["returned"],
    )
