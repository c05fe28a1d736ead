"""What a step leaves behind in the twin: reports, verdicts, progress, publications."""

from __future__ import annotations

from dataclasses import replace

from engine.decision import SubjectMoved
from tests.fakes.rows import ProgressRow, ReportRow, Rows, VerdictRow
from workflows.rectification.records import (
    Change,
    CriterionJudged,
    ProgressNoted,
    Published,
    ReportFiled,
    ReportReceived,
    ReportRecord,
    ReportReturned,
)


def leave_behind(rows: Rows, change: Change) -> str:
    """Write what a step leaves behind; give the receipt number of a report that was received."""
    moved = change.decision.moved
    receipt = ""
    for left in change.consequences:
        match left:
            case ReportFiled():
                _file(rows, left)
            case ReportReceived():
                receipt = _receive(rows, left)
            case ReportReturned():
                _report(rows, left.report, returned=True, new_due_on=left.new_due_on)
            case CriterionJudged():
                row = VerdictRow(left.criterion, left.given_by, left.verdict, left.note, rows.case.task.round)
                rows.verdicts = (*rows.verdicts, row)
            case ProgressNoted():
                _note(rows, left)
            case Published() if isinstance(moved, SubjectMoved):
                rows.publications.setdefault(left.digest, left.text)
    return receipt


def _file(rows: Rows, filed: ReportFiled) -> None:
    number = len(rows.reports) + 1
    round_ = rows.case.task.round
    row = ReportRow(number, filed.kind, round_, filed.by_completion, filed.reported_on)
    rows.reports = (*rows.reports, row)
    record = ReportRecord(number, filed.kind, round_, received=False, returned=False)
    rows.case = replace(rows.case, reports=(*rows.case.reports, record))


def _receive(rows: Rows, received: ReportReceived) -> str:
    number = rows.counters[received.year] = rows.counters.get(received.year, 0) + 1
    receipt = f"接收〔{received.year}〕{number}号"
    _report(rows, received.report, received=True, receipt=receipt)
    return receipt


def _report(
    rows: Rows, number: int, *, received: bool = False, returned: bool = False, **more: object
) -> None:
    rows.reports = tuple(
        replace(row, **more) if row.number == number else row  # type: ignore[arg-type]  # Fields of the record.
        for row in rows.reports
    )
    records = tuple(
        replace(one, received=one.received or received, returned=one.returned or returned)
        if one.report == number
        else one
        for one in rows.case.reports
    )
    rows.case = replace(rows.case, reports=records)


def _note(rows: Rows, noted: ProgressNoted) -> None:
    before = rows.progress.get(noted.measure)
    words = (noted.progress, noted.problems, noted.next_step)
    if before and not any(words):
        words = (before.progress, before.problems, before.next_step)
    rows.progress[noted.measure] = ProgressRow(
        noted.measure,
        noted.first_on or (before.first_on if before else None),
        noted.last_on or (before.last_on if before else None),
        *words,
    )
