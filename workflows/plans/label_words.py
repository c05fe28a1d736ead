"""The fields of a task, and the table of words that announce them (``labels.toml``).

It must not know how labels are found in a text.
"""

from __future__ import annotations

import tomllib
from enum import StrEnum
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Final


class Field(StrEnum):
    """What a label announces."""

    NUMBER = "number"
    """The running number of an item; it has no other meaning."""
    CATEGORY = "category"
    """A heading kept in a column: 类别, 领域."""
    PROBLEM = "problem"
    """What is wrong."""
    OPINION = "opinion"
    """What somebody outside said; the objective where the plan names none."""
    TASK = "task"
    """What is to be done, as a title; the objective where the plan names none."""
    OBJECTIVE = "objective"
    """What is to be reached."""
    MEASURES = "measures"
    """What will be done for it."""
    CRITERIA = "criteria"
    """By what one will see that it is reached."""
    LEADERS = "leaders"
    """The responsible leaders."""
    PERSON = "person"
    """责任人: the leaders where the plan names no others, else who handles it."""
    HANDLERS = "handlers"
    """Who handles it."""
    DEPARTMENTS = "departments"
    """Responsible departments, the first one leading."""
    LEAD = "lead"
    """The leading department."""
    SUPPORTING = "supporting"
    """The departments that help."""
    OWNER = "owner"
    """Department and person in one: 责任单位及责任人."""
    SUPERVISOR = "supervisor"
    """Who watches over it."""
    ACCEPTANCE_UNIT = "acceptance_unit"
    """Who accepts the result."""
    DEADLINE = "deadline"
    """By when."""
    SCHEDULE = "schedule"
    """When each measure happens, written in front of it: 3月：…."""
    STATUS = "status"
    """How far it is."""
    REMARK = "remark"
    """备注."""
    OTHER = "other"
    """A label of something that no task has: it ends the field before it and is not kept."""


def _load() -> tuple[dict[str, Field], frozenset[str]]:
    table = tomllib.loads((Path(__file__).parent / "labels.toml").read_text(encoding="utf-8"))
    found: dict[str, Field] = {}
    for field in Field:
        entry = table[field]
        words = entry.get("words", "").split()
        for rule in entry.get("combined", []):
            groups = [group.split() for group in rule.split("|")]
            words += ["".join(parts).replace("~", "") for parts in product(*groups)]
        for word in words:
            found.setdefault(word, field)
    return found, frozenset(table["weak"].split())


_FOUND, WEAK = _load()

LABELS: Final = MappingProxyType(_FOUND)
"""Every label, and the field that it announces."""

LOOKED_FOR: Final = ("整改目标", "整改措施", "核验标准", "责任领导", "责任部门", "完成时限")
"""The labels to name to somebody whose document has none of them."""
