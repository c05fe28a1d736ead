"""When two readings of a plan are equal: neither blanks nor the width of signs count."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

FIELDS = (
    "section",
    "objective",
    "measures",
    "criteria",
    "leaders",
    "lead_department",
    "departments",
    "deadline",
    "kind",
)
_LISTS = {"measures", "criteria"}


def differences(found: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    """Where two readings differ, one line each; nothing where they are equal."""
    count = len(found["tasks"]), len(expected["tasks"])
    told = [] if count[0] == count[1] else [f"{count[0]} tasks instead of {count[1]}"]
    for number, (task, wanted) in enumerate(zip(found["tasks"], expected["tasks"], strict=False), start=1):
        for field in FIELDS:
            read, right = _folded(field, task[field]), _folded(field, wanted[field])
            if read != right:
                told.append(f"task {number}, {field}: {read!r} instead of {right!r}")
    days = [milestone["date"] for milestone in found["milestones"]]
    wanted_days = [milestone["date"] for milestone in expected["milestones"]]
    return told if days == wanted_days else [*told, f"milestones: {days} instead of {wanted_days}"]


def _folded(field: str, value: object) -> object:
    if isinstance(value, list):
        # The closing 。 or ； is no part of a measure or criterion, whoever wrote it down.
        return [_fold(item).rstrip("。;") if field in _LISTS else _fold(item) for item in value]
    return _fold(value) if isinstance(value, str) else value


def _fold(text: str) -> str:
    wide = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    return re.sub(r"\s", "", text.translate(wide))
