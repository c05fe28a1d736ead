"""Whether a bundle may become something people sign: bound to this subject, whole and unambiguous."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from engine.bundle import Bundle, Claim
from engine.definition import Definition
from engine.facts import Facts
from engine.reasons import Reason, deny


def unfit(definition: Definition, facts: Facts, bundle: Bundle) -> tuple[Reason, ...]:
    """Say why a bundle is not one for this subject, or says something twice or about nothing.

    Claims are named by their number in the bundle, because a title is free text and a reason is recorded.
    """
    bound = (facts.subject, facts.round, definition.reference)
    if (bundle.subject, bundle.round, bundle.definition) != bound:
        return (deny("bundle_foreign", subject=facts.subject),)
    parts = (
        _twice(entry.about for entry in bundle.entries),
        _twice(name for name, _ in bundle.dates),
        _twice(name for name, _ in bundle.references),
        *(_twice(name for name, _ in entry.values) for entry in bundle.entries),
    )
    ambiguous = tuple(deny("said_twice", part=part) for found in parts for part in found)
    return ambiguous + tuple(
        reason
        for number, claim in enumerate(bundle.evidence, 1)
        for reason in _claim(definition, number, claim)
    )


def _claim(definition: Definition, number: int, claim: Claim) -> tuple[Reason, ...]:
    if claim.kind not in definition.evidence_kinds:
        return (deny("claim_of_unknown_kind", number=number),)
    if not claim.title.strip():
        return (deny("claim_without_title", number=number),)
    kept_elsewhere = claim.document_number and claim.place and claim.custodian
    if not (claim.sha256 or claim.address or kept_elsewhere):
        return (deny("claim_without_content", number=number),)
    return ()


def _twice(names: Iterable[str]) -> list[str]:
    return sorted(name for name, times in Counter(names).items() if times > 1)
