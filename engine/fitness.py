"""Whether a bundle may become something people sign: bound to this subject, whole and unambiguous."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from engine.bundle import Bundle, Claim
from engine.definition import Definition
from engine.facts import Facts
from engine.reasons import Reason, deny


def unless_bound(definition: Definition, facts: Facts, bundle: Bundle) -> tuple[Reason, ...]:
    """Say why nothing a bundle says counts here: it is bound to another subject, round or definition."""
    if (bundle.subject, bundle.round) != (facts.subject, facts.round):
        return (deny("bundle_foreign", subject=facts.subject),)
    if bundle.definition != definition.reference:
        return (deny("rules_changed", definition=definition.reference),)
    return ()


def unfit(definition: Definition, facts: Facts, bundle: Bundle) -> tuple[Reason, ...]:
    """Say what a bundle says twice, about nothing, or about what is no part of this subject.

    Claims are named by their number in the bundle, because a title is free text and a reason is recorded.
    """
    doubles = (
        _twice(entry.about for entry in bundle.entries),
        _twice(name for name, _ in bundle.dates),
        _twice(name for name, _ in bundle.references),
        *(_twice(name for name, _ in entry.values) for entry in bundle.entries),
    )
    ambiguous = tuple(deny("said_twice", part=part) for found in doubles for part in found)
    claims = (r for number, claim in enumerate(bundle.evidence, 1) for r in _claim(definition, number, claim))
    return (*ambiguous, *_foreign(facts, bundle), *claims)


def _foreign(facts: Facts, bundle: Bundle) -> Iterator[Reason]:
    named = (*(entry.about for entry in bundle.entries), *(p for c in bundle.evidence for p in c.proves))
    for part in dict.fromkeys(named):
        if part not in facts.parts:
            yield deny("part_unknown", part=part)
    for claim in bundle.evidence:
        if claim.evidence is not None and claim.evidence not in facts.evidence:
            yield deny("evidence_unknown", evidence=claim.evidence)


def _claim(definition: Definition, number: int, claim: Claim) -> Iterator[Reason]:
    if claim.kind not in definition.evidence_kinds:
        yield deny("claim_of_unknown_kind", number=number)
    if not claim.title.strip():
        yield deny("claim_without_title", number=number)
    kept_elsewhere = claim.document_number and claim.place and claim.custodian
    if not (claim.sha256 or claim.address or kept_elsewhere):
        yield deny("claim_without_content", number=number)


def _twice(names: Iterable[str]) -> list[str]:
    return sorted(name for name, times in Counter(names).items() if times > 1)
