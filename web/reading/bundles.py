"""A bundle as people read it: parts with their own words, claims with the place they can be opened at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.bundle import Bundle, Claim, Entry
from storage.queries.task.evidence import EvidenceRow
from storage.queries.task.history import ReportRow
from storage.queries.task.parts import CriterionRow, MeasureRow


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim; ``evidence`` is the stored piece it can be opened by, ``criteria`` the numbers it proves."""

    claim: Claim
    evidence: int | None
    criteria: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """What a bundle says about one measure or criterion."""

    number: int
    text: str
    first_on: date | None
    last_on: date | None
    expected_on: date | None
    verdict: str
    values: tuple[tuple[str, str], ...]
    claims: tuple[ClaimView, ...] = ()

    @property
    def said(self) -> bool:
        """Whether the bundle says anything about it."""
        days = self.first_on or self.last_on or self.expected_on
        return bool(days or self.verdict or self.values or self.claims)


@dataclass(frozen=True, slots=True)
class BundleView:
    """A bundle ready to be shown; ``digest`` is computed from the text, not taken from a column."""

    bundle: Bundle
    digest: str
    measures: tuple[PartView, ...]
    criteria: tuple[PartView, ...]
    claims: tuple[ClaimView, ...]
    report: ReportRow | None

    @property
    def empty(self) -> bool:
        """Whether it says nothing besides its trigger, as an acknowledgement may."""
        bundle = self.bundle
        said = (bundle.text, bundle.entries, bundle.dates, bundle.evidence, bundle.references)
        return not any((*said, bundle.exceptions))

    @property
    def judging(self) -> bool:
        """Whether a verifier judges with it."""
        return self.bundle.trigger in {"verify", "rework"}

    @property
    def judged(self) -> tuple[PartView, ...]:
        """The criteria to show: those something is said of; of what a verifier judges every one."""
        return tuple(part for part in self.criteria if part.said or self.judging)

    @property
    def gaps(self) -> tuple[int, ...]:
        """Numbers of the criteria without any evidence in this bundle."""
        return tuple(part.number for part in self.criteria if not part.claims)


@dataclass(frozen=True, slots=True)
class Around:
    """What a bundle's references mean: the task's parts, its evidence and its reports."""

    measures: Sequence[MeasureRow]
    criteria: Sequence[CriterionRow]
    evidence: Sequence[EvidenceRow]
    reports: Sequence[ReportRow] = ()


WORDS = ("progress", "problems", "next_step", "reached", "note", "why")
"""Values of an entry that are plain words, in the order they are shown."""


def bundle_view(text: str, around: Around) -> BundleView:
    """Put a bundle's canonical text into shape."""
    bundle = Bundle.from_text(text)
    numbers = {f"criterion:{row.criterion}": row.number for row in around.criteria}
    stored = _stored(around.evidence)
    claims = tuple(_claim(claim, numbers, stored) for claim in bundle.evidence)
    return BundleView(
        bundle=bundle,
        digest=bundle.digest,
        measures=tuple(
            _part(row.number, row.text, bundle.about(f"measure:{row.measure}")) for row in around.measures
        ),
        criteria=tuple(
            _part(
                row.number,
                row.text,
                bundle.about(f"criterion:{row.criterion}"),
                tuple(view for view in claims if row.number in view.criteria),
            )
            for row in around.criteria
        ),
        claims=claims,
        report=next((r for r in around.reports if str(r.report) == bundle.reference("report")), None),
    )


def _part(number: int, text: str, entry: Entry | None, claims: tuple[ClaimView, ...] = ()) -> PartView:
    said = entry or Entry("", ())
    return PartView(
        number=number,
        text=text,
        first_on=said.day("first_on"),
        last_on=said.day("last_on"),
        expected_on=said.day("expected_on"),
        verdict=said.get("verdict"),
        values=tuple((name, said.get(name)) for name in WORDS if said.get(name)),
        claims=claims,
    )


Key = tuple[str, str, str | None, str | None, str | None]


def _stored(rows: Sequence[EvidenceRow]) -> Mapping[Key, int]:
    return {_key(row): row.evidence for row in rows}


def _key(claim: Claim | EvidenceRow) -> Key:
    return (claim.kind, claim.title, claim.sha256, claim.address, claim.document_number)


def _claim(claim: Claim, numbers: Mapping[str, int], stored: Mapping[Key, int]) -> ClaimView:
    criteria = tuple(numbers[part] for part in claim.proves if part in numbers)
    return ClaimView(claim, claim.evidence or stored.get(_key(claim)), criteria)
