"""What is refused to handlers who start, report and complete: for every requirement one case, by hand."""

from __future__ import annotations

from datetime import date

from tests.rectification.cases import Case, entries
from tests.rectification.world import (
    CRITERIA,
    DUE,
    MEASURES,
    TARGET,
    claim,
    clock,
    report,
)
from workflows.rectification.vocabulary import DeadlineKind, ReportKind, State, TaskKind

PAST = date(2026, 5, 31)


_PLAN = (f"measure:{MEASURES[0]}", {"first_on": "2026-06-08", "last_on": "2026-09-30"})
_SECOND = f"measure:{MEASURES[1]}"
_MET = (f"criterion:{CRITERIA[0]}", {"verdict": "met"})
_OTHER = f"criterion:{CRITERIA[1]}"
_FILED = {kind: {"reports": (report(kind),)} for kind in ReportKind}
_LATE = {"clocks": (clock(DeadlineKind.MID_TERM_REPORT, PAST),)}
_IMMEDIATE = {"kind": TaskKind.IMMEDIATE, "due_on": None}
_ONE_PROVEN = (claim("completion_report"), claim("proof", f"criterion:{CRITERIA[0]}"))


STARTING = (
    Case("not_acknowledged", "acknowledge", State.PLANNED, "already_acknowledged"),
    Case(
        "work_plan", "start", State.PLANNED, "evidence_missing", {"kind": "work_plan"}, said={"evidence": ()}
    ),
    Case("acknowledged", "start", State.PLANNED, "not_acknowledged", facts={"acknowledged": False}),
    Case(
        "measures_dated",
        "start",
        State.PLANNED,
        "measure_undated",
        {"measure": 2},
        said={"entries": entries(_PLAN)},
    ),
    Case(
        "measures_dated",
        "start",
        State.PLANNED,
        "measure_undated",
        {"measure": 2},
        said={"entries": entries(_PLAN, (_SECOND, {"first_on": "2026-06-08", "last_on": "soon"}))},
    ),
    Case(
        "measures_dated",
        "start",
        State.PLANNED,
        "measure_days_reversed",
        {"measure": 2},
        said={"entries": entries(_PLAN, (_SECOND, {"first_on": "2026-06-08", "last_on": "2026-06-07"}))},
    ),
    Case(
        "measures_dated",
        "start",
        State.PLANNED,
        "measure_after_deadline",
        {"measure": 2, "day": DUE},
        said={"entries": entries(_PLAN, (_SECOND, {"first_on": "2026-06-08", "last_on": "2026-10-01"}))},
    ),
    Case(
        "measures_dated",
        "start",
        State.PLANNED,
        "measure_after_deadline",
        {"measure": 2, "day": date(2026, 12, 31)},
        facts={"kind": TaskKind.ONGOING, "due_on": None},
        said={"entries": entries(_PLAN, (_SECOND, {"first_on": "2026-06-08", "last_on": "2027-01-01"}))},
    ),
)

REPORTING = (
    *(
        case
        for state in (State.IN_PROGRESS, State.SUSPENDED)
        for case in (
            Case(
                "mid_term_report",
                "report_mid_term",
                state,
                "evidence_missing",
                {"kind": "mid_term_report"},
                said={"evidence": ()},
            ),
            Case(
                "report_not_filed",
                "report_mid_term",
                state,
                "report_already_filed",
                {"report": "mid_term"},
                _FILED[ReportKind.MID_TERM],
            ),
            Case(
                "progress_given",
                "report_mid_term",
                state,
                "progress_missing",
                {"measure": 2},
                said={"entries": entries((f"measure:{MEASURES[0]}", {"progress": "Well"}))},
            ),
            Case(
                "progress_given",
                "report_mid_term",
                state,
                "progress_missing",
                {"measure": 2},
                said={
                    "entries": entries(
                        (f"measure:{MEASURES[0]}", {"progress": "Well"}), (_SECOND, {"progress": " "})
                    )
                },
            ),
        )
    ),
    Case(
        "year_end_report",
        "report_year_end",
        State.MID_TERM_REPORTED,
        "evidence_missing",
        {"kind": "year_end_report"},
        said={"evidence": ()},
    ),
    Case(
        "report_not_filed",
        "report_year_end",
        State.IN_PROGRESS,
        "report_already_filed",
        {"report": "year_end"},
        _FILED[ReportKind.YEAR_END],
    ),
    *(
        Case("criteria_reported", "report_year_end", state, code, {"criterion": 2}, said={"entries": entries})
        for state, code, entries in (
            (State.IN_PROGRESS, "criterion_unreported", entries(_MET)),
            (
                State.MID_TERM_REPORTED,
                "criterion_unreported",
                entries(_MET, (_OTHER, {"verdict": "perhaps"})),
            ),
            (State.SUSPENDED, "criterion_unexplained", entries(_MET, (_OTHER, {"verdict": "not_met"}))),
            (
                State.IN_PROGRESS,
                "criterion_unexplained",
                entries(
                    _MET, (_OTHER, {"verdict": "partly", "next_step": "On", "expected_on": "2026-12-01"})
                ),
            ),
            (
                State.IN_PROGRESS,
                "criterion_unexplained",
                entries(_MET, (_OTHER, {"verdict": "partly", "why": "Rain", "expected_on": "2026-12-01"})),
            ),
            (
                State.IN_PROGRESS,
                "criterion_unexplained",
                entries(_MET, (_OTHER, {"verdict": "partly", "why": "Rain", "next_step": "On"})),
            ),
        )
    ),
)

COMPLETING = (
    *(
        case
        for state, facts in ((State.IN_PROGRESS, {}), (State.PLANNED, _IMMEDIATE))
        for case in (
            Case(
                "completion_report",
                "complete",
                state,
                "evidence_missing",
                {"kind": "completion_report"},
                facts,
                {"evidence": (claim("proof", *(f"criterion:{criterion}" for criterion in CRITERIA)),)},
            ),
            Case(
                "criteria_proven",
                "complete",
                state,
                "criterion_unproven",
                {"criterion": 2},
                facts,
                {"evidence": _ONE_PROVEN},
            ),
            Case(
                "targets_reached",
                "complete",
                state,
                "target_missed",
                {"criterion": 2, "target": TARGET},
                facts,
                {"entries": entries(_MET, (_OTHER, {"reached": str(TARGET - 1)}))},
            ),
            Case(
                "targets_reached",
                "complete",
                state,
                "target_missed",
                {"criterion": 2, "target": TARGET},
                facts,
                {"entries": entries(_MET, (_OTHER, {"reached": "nearly all"}))},
            ),
            Case(
                "mid_term_settled",
                "complete",
                state,
                "mid_term_report_owed",
                {"due_on": PAST},
                {**facts, **_LATE},
            ),
        )
    ),
    Case(
        "acknowledged",
        "complete",
        State.PLANNED,
        "not_acknowledged",
        facts={**_IMMEDIATE, "acknowledged": False},
    ),
    Case("immediate_task", "complete", State.PLANNED, "not_immediate"),
)


CASES = (*STARTING, *REPORTING, *COMPLETING)
