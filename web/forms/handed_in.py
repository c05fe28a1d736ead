"""What a department handed in and said about each criterion: what whoever judges it has to see beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storage.queries.task.parts import VerdictRow
from web.forms.building import claim_of
from web.forms.prefill import reusable
from web.reading.bundles import Around, ClaimView, PartView, bundle_view
from web.reading.task import TaskReading


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence with the round in which it was handed in."""

    view: ClaimView
    round: int


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What was handed in for a criterion.

    Attributes:
        verdict: The department's own latest verdict; empty where it gave none.
        said: What it said with it; None where it said nothing.
        pieces: The evidence that is to prove it, the newest first.
        before: How a verifier judged it in the round before; None where nobody did.
    """

    verdict: str
    said: PartView | None
    pieces: tuple[Piece, ...]
    before: VerdictRow | None


def handed_in(reading: TaskReading) -> Mapping[str, HandedIn]:
    """Give what was handed in for each criterion, by the name of the criterion in a bundle."""
    own = {row.criterion: row for row in reading.verdicts if row.given_by == "department"}
    said, last = _said(reading), reading.head.round - 1
    before = {r.criterion: r for r in reading.verdicts if (r.given_by, r.round) == ("verifier", last)}
    found: dict[str, HandedIn] = {}
    for row in reading.criteria:
        part, verdict = f"criterion:{row.criterion}", own.get(row.criterion)
        pieces = [piece for piece in reusable(reading) if part in piece.proves]
        found[part] = HandedIn(
            verdict=verdict.verdict if verdict else "",
            said=said.get((verdict.proposal, row.number)) if verdict else None,
            pieces=tuple(
                Piece(ClaimView(claim_of(piece), piece.evidence, ()), piece.round)
                for piece in reversed(pieces)
            ),
            before=before.get(row.criterion),
        )
    return found


def _said(reading: TaskReading) -> dict[tuple[int, int], PartView]:
    """Give what proposals said about criteria, by proposal and the criterion's number."""
    around = Around(reading.measures, reading.criteria, reading.evidence, reading.reports)
    judging = {row.proposal for row in reading.verdicts if row.given_by == "department"}
    newest = [row for row in reading.revisions if row.newest and row.proposal in judging]
    return {
        (row.proposal, part.number): part
        for row in newest
        for part in bundle_view(row.bundle, around).criteria
    }
