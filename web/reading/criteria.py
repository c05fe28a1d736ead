"""Criteria with what proves them and how they were judged; a criterion without evidence is a hole."""

from __future__ import annotations

from dataclasses import dataclass

from engine.bundle import Claim
from storage.queries.task.evidence import EvidenceRow
from storage.queries.task.parts import CriterionRow, VerdictRow
from web.reading.bundles import ClaimView
from web.reading.task import TaskReading


@dataclass(frozen=True, slots=True)
class CriterionView:
    """A criterion; of each side the latest verdict alone."""

    row: CriterionRow
    evidence: tuple[ClaimView, ...]
    verdicts: tuple[VerdictRow, ...]


def criterion_views(reading: TaskReading) -> list[CriterionView]:
    """Give a task's criteria with everything that speaks for or against them."""
    return [
        CriterionView(
            row,
            tuple(
                _claim(piece, (row.number,))
                for piece in reading.evidence
                if f"criterion:{row.criterion}" in piece.proves
            ),
            _latest(row.criterion, reading.verdicts),
        )
        for row in reading.criteria
    ]


def other_evidence(reading: TaskReading) -> list[ClaimView]:
    """Give the evidence that proves no criterion: reports, records, decisions."""
    return [_claim(piece, ()) for piece in reading.evidence if not piece.proves]


def _latest(criterion: int, verdicts: tuple[VerdictRow, ...]) -> tuple[VerdictRow, ...]:
    newest = {row.given_by: row for row in verdicts if row.criterion == criterion}
    return tuple(newest[by] for by in ("department", "verifier") if by in newest)


def _claim(piece: EvidenceRow, criteria: tuple[int, ...]) -> ClaimView:
    claim = Claim(
        kind=piece.kind,
        title=piece.title,
        proves=piece.proves,
        level=piece.level,
        sha256=piece.sha256,
        size=piece.size,
        file_name=piece.file_name,
        address=piece.address,
        document_number=piece.document_number,
        place=piece.place,
        custodian=piece.custodian,
        effective_on=piece.effective_on,
        evidence=piece.evidence,
    )
    return ClaimView(claim, piece.evidence, criteria)
