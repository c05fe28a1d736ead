"""What stands in the documents: plain records, filled in by whoever knows the facts.

Must not know how a document looks. Texts are given as people wrote them; days are calendar days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class TaskHeading:
    """What every document says of its task.

    Attributes:
        organisation: The body whose plan it is.
        plan_title: Title of the plan, without book-title marks.
        plan_number: Its document number, empty where it has none.
        number: The task's number in the plan.
        objective: The task's objective, or the opinion it answers.
        lead_department: The department that reports.
        supporting_departments: The others, as the plan names them.
        leaders: Names of the responsible leaders.
        due_on: The legal day; ``None`` for what is done at once or goes on for good.
        due_text: How the plan itself puts it, such as 2022年年底前; shown instead of the day where given.
        measures: Texts of the measures in order; the first is number 1.
    """

    organisation: str
    plan_title: str
    plan_number: str
    number: int
    objective: str
    lead_department: str
    supporting_departments: tuple[str, ...]
    leaders: tuple[str, ...]
    due_on: date | None
    due_text: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureProgress:
    """How one measure stands: typed once, begun with by every later report.

    Attributes:
        measure: Number of the measure, from 1.
        text: In the work plan what is going to be done, in a report what was done.
        problems: What stands in the way; may be empty.
        next_step: What comes next; may be empty.
        first_on: First day of the work.
        last_on: Last day of the work.
    """

    measure: int
    text: str
    problems: str = ""
    next_step: str = ""
    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class WorkPlan:
    """The work plan (推进计划): when each measure is done, and how.

    Attributes:
        task: What every document says of its task.
        made_on: The day that stands under it.
        progress: What is planned, measure by measure, in any order.
        remark: What applies to the whole; may be empty.
        addressee: To whom it goes; the performance office where it is empty.
    """

    task: TaskHeading
    made_on: date
    progress: tuple[MeasureProgress, ...]
    remark: str = ""
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class MidTermReport:
    """The mid-term report (中期进度): progress, problems and next step of each measure.

    Attributes:
        suspension: Why and until when the task is suspended, if it is; the report is owed all the same.
    """

    task: TaskHeading
    made_on: date
    progress: tuple[MeasureProgress, ...]
    remark: str = ""
    addressee: str = ""
    suspension: str = ""


@dataclass(frozen=True, slots=True)
class CriterionOutlook:
    """Whether one criterion is met at the end of the year, and what follows if it is not."""

    criterion: int
    text: str
    done: bool
    why: str = ""
    next_step: str = ""
    expected_on: date | None = None


@dataclass(frozen=True, slots=True)
class YearEndReport:
    """The year-end report (全年情况): each criterion, and the measures as they were reported last."""

    task: TaskHeading
    made_on: date
    criteria: tuple[CriterionOutlook, ...]
    progress: tuple[MeasureProgress, ...] = ()
    remark: str = ""
    addressee: str = ""
    suspension: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence as a report lists it.

    Attributes:
        title: What the handler calls it.
        kind: Its kind in words, such as 新闻链接.
        detail: File name, address, or document number, custodian and place.
    """

    title: str
    kind: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """What was done for one criterion.

    Attributes:
        criterion: Its number, from 1.
        text: Its own words.
        done: What was done.
        target: What was to be reached, in words (30 户); empty without a target.
        reached: What was reached.
        evidence: The pieces that prove it.
    """

    criterion: int
    text: str
    done: str
    target: str = ""
    reached: str = ""
    evidence: tuple[EvidenceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CompletionReport:
    """The completion report (报请核验): each criterion with what was done and what proves it."""

    task: TaskHeading
    made_on: date
    criteria: tuple[CriterionResult, ...]
    progress: tuple[MeasureProgress, ...] = ()
    remark: str = ""
    addressee: str = ""


class ReportStatus(StrEnum):
    """How a report that is due at a milestone stands with the performance office."""

    RECEIVED = "received"  #: Handed in and received with a number.
    HANDED_IN = "handed_in"  #: Handed in, not yet looked at.
    RETURNED = "returned"  #: Sent back for more, a new day set.
    MISSING = "missing"  #: Not handed in.


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """One task at one milestone of the plan."""

    number: int
    objective: str
    lead_department: str
    leaders: tuple[str, ...]
    status: ReportStatus
    handed_in_on: date | None = None
    received_on: date | None = None
    receipt: str = ""
    progress: str = ""
    problems: str = ""
    next_step: str = ""
    task_due_on: date | None = None
    task_original_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class MilestoneSummary:
    """All tasks of a plan at one milestone: the source of the summary table and the summary report.

    Attributes:
        organisation: The body whose plan it is.
        plan_title: Title of the plan, without book-title marks.
        milestone: Name of the milestone, such as 中期进度.
        due_on: Its day.
        made_on: The day of the summary.
        department: The performance office, as it signs.
        addressee: To whom the report goes.
        rows: The tasks in the plan's order.
        comment: The office's own words; may be empty.
    """

    organisation: str
    plan_title: str
    milestone: str
    due_on: date
    made_on: date
    department: str
    addressee: str
    rows: tuple[MilestoneRow, ...]
    comment: str = ""

    def count(self, *statuses: ReportStatus) -> int:
        """Count the tasks whose report has one of these statuses."""
        return sum(row.status in statuses for row in self.rows)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One task of the ledger; its state, light and how it stands against its days in the reader's words."""

    number: int
    section: str
    objective: str
    measures: tuple[str, ...]
    criteria: tuple[str, ...]
    leaders: tuple[str, ...]
    lead_department: str
    supporting_departments: tuple[str, ...]
    due_on: date | None
    due_text: str
    original_due_on: date | None
    state: str
    light: str
    remark: str = ""
    extensions: int = 0
    extended_days: int = 0
    on_original: str = ""
    on_extended: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger (台账) as it was filtered.

    Attributes:
        title: What stands above it.
        made_on: The day it was drawn up.
        rows: The tasks in the order shown.
        filters: In words what was left out, empty where it is complete.
    """

    title: str
    made_on: date
    rows: tuple[LedgerRow, ...]
    filters: str = ""
