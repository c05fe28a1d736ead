"""From what lists show to the records that files are written from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from flask_login import current_user

from storage.queries.details import TaskDetails, Words
from storage.queries.lines import TaskLine
from storage.queries.milestone_board import Box, MilestoneLine, Owed
from web.context import config, today, wording
from web.language import gettext as _
from web.lights import Shown
from workflows.deadlines.standing import standing
from workflows.documents.records import Ledger, LedgerRow, MilestoneRow, MilestoneSummary, ReportStatus
from workflows.rectification.vocabulary import State

_STATUS = {
    Box.RECEIVED: ReportStatus.RECEIVED,
    Box.PENDING: ReportStatus.HANDED_IN,
    Box.RETURNED: ReportStatus.RETURNED,
    Box.MISSING: ReportStatus.MISSING,
}


def ledger_record(
    rows: Sequence[Shown], details: Mapping[int, TaskDetails], title: str, filters: Iterable[str]
) -> Ledger:
    """Give the ledger as a file shows it.

    Args:
        rows: The tasks with their lights.
        details: Their own words.
        title: What stands above it.
        filters: What it was narrowed to, in words.
    """
    return Ledger(
        title=title,
        made_on=today(),
        rows=tuple(_ledger_row(row, details[row.line.task]) for row in rows),
        filters=wording().listed(filters),
    )


def _ledger_row(row: Shown, details: TaskDetails) -> LedgerRow:
    words, line = wording(), row.line
    return LedgerRow(
        number=line.number,
        section=line.section,
        objective=line.objective,
        measures=tuple(measure.text for measure in details.measures),
        criteria=details.criteria,
        leaders=line.leaders,
        lead_department=words.listed(line.leads),
        supporting_departments=details.supporting,
        due_on=line.due_on,
        due_text=details.deadline_text or words.word("task_kind", line.kind),
        original_due_on=_original(line),
        state=words.word("state", line.state),
        light=words.word("light", row.reading.light),
        remark=details.remark,
        extensions=line.extensions,
        extended_days=line.extended_days,
        on_original=_against(line, details, original=True),
        on_extended=_against(line, details, original=False),
    )


def _against(line: TaskLine, details: TaskDetails, *, original: bool) -> str:
    """Say how a task's completion stands against its original day, or against the one that holds now."""
    clock = details.completion
    if clock is None or line.state == State.CANCELLED:
        return ""
    held_on = config().rules.timetable.local_day(clock.held_at) if clock.held_at else None
    day = clock.original_due_on if original else clock.due_on
    return wording().word("standing", standing(day, clock.met_on or held_on, today()))


def _original(line: TaskLine) -> date | None:
    return line.original_due_on if line.original_due_on != line.due_on else None


def summary_record(
    milestone: MilestoneLine, reports: Sequence[Owed], details: Mapping[int, TaskDetails], office: str
) -> MilestoneSummary:
    """Give a date for everybody with every task's report, as summary table and report show it.

    Args:
        milestone: The date.
        reports: Every task that owes the report.
        details: The tasks' own words.
        office: The department that draws it up.
    """
    return MilestoneSummary(
        organisation=current_user.organisation_name,
        plan_title=milestone.plan_title,
        milestone=wording().word("milestone", milestone.kind),
        due_on=milestone.due_on,
        made_on=today(),
        department=office,
        addressee=_("院领导"),
        rows=tuple(_summary_row(report, details[report.line.task]) for report in reports),
    )


def _summary_row(report: Owed, details: TaskDetails) -> MilestoneRow:
    status = next(_STATUS[box] for box in report.boxes(today()) if box in _STATUS)
    return MilestoneRow(
        number=report.line.number,
        objective=report.line.objective,
        lead_department=wording().listed(report.line.leads),
        leaders=report.line.leaders,
        status=status,
        handed_in_on=report.reported_on if status is not ReportStatus.MISSING else None,
        received_on=_local_day(report),
        receipt=report.receipt or "",
        progress=_joined(details.measures, "progress"),
        problems=_joined(details.measures, "problems"),
        next_step=_joined(details.measures, "next_step"),
        task_due_on=report.line.due_on,
        task_original_due_on=_original(report.line),
    )


def _local_day(report: Owed) -> date | None:
    if report.received_at is None:
        return None
    return config().rules.timetable.local_day(report.received_at)


def _joined(measures: Sequence[Words], part: str) -> str:
    said = [(measure.number, str(getattr(measure, part)).strip()) for measure in measures]
    said = [(number, text) for number, text in said if text]
    if len(measures) == 1:
        return "\n".join(text for _number, text in said)
    return "\n".join(f"{number}. {text}" for number, text in said)
