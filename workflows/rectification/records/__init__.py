"""What storage hands over about a task and what it is asked to write: plain frozen records."""

from __future__ import annotations

from workflows.rectification.records.case import (
    Case,
    ClockRecord,
    Part,
    PositionRecord,
    ReportRecord,
    TaskRecord,
)
from workflows.rectification.records.change import (
    Change,
    ClockChange,
    ClockHeld,
    ClockRested,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    Consequence,
    CriterionJudged,
    Earlier,
    NoticeDraft,
    ProgressNoted,
    Published,
    Receipt,
    ReportFiled,
    ReportReceived,
    ReportReturned,
    TaskPatch,
)
from workflows.rectification.records.sweep import (
    DueDeadline,
    PositionChanged,
    RungRecorded,
    SweepChange,
)
from workflows.rectification.vocabulary import DeadlineKind, ReportKind, TaskKind

__all__ = [
    "Case",
    "Change",
    "ClockChange",
    "ClockHeld",
    "ClockRecord",
    "ClockRested",
    "ClockResumed",
    "ClockStarted",
    "ClockStopped",
    "Consequence",
    "CriterionJudged",
    "DeadlineKind",
    "DueDeadline",
    "Earlier",
    "NoticeDraft",
    "Part",
    "PositionChanged",
    "PositionRecord",
    "ProgressNoted",
    "Published",
    "Receipt",
    "ReportFiled",
    "ReportKind",
    "ReportReceived",
    "ReportRecord",
    "ReportReturned",
    "RungRecorded",
    "SweepChange",
    "TaskKind",
    "TaskPatch",
    "TaskRecord",
]
