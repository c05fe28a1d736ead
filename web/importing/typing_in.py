"""From a submitted form to the fields of a sheet.

A box that is not ticked is not sent; which boxes the page had is known from the sheet it showed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from web.numbers import SMALL, number_in
from workflows.plans.sheet import Sheet, TaskSheet, changes, known

ADOPT = "adopt"
"""The action that lets measures serve as criteria: of one task, or one measure of it."""

_BOXES = ("also_ongoing", "dropped")


def typed_in(form: MultiDict[str, str], sheet: Sheet) -> dict[str, str]:
    """Give the fields a person typed.

    Args:
        form: The submitted form.
        sheet: The sheet the page showed.
    """
    typed = {name: value for name, value in form.items() if known(name)}
    for task in sheet.all_tasks:
        for box in _BOXES:
            typed[task.key(box)] = form.get(task.key(box), "")
        typed[task.key("adopted")] = ",".join(form.getlist(task.key("adopted")))
    for name in sheet.fields:
        if name.startswith("settled."):
            typed[name] = form.get(name, "")
    return typed | _acted(form.get("action", ""), typed, sheet)


def typed_anew(
    form: MultiDict[str, str], typed: Mapping[str, str], read: Mapping[str, str]
) -> dict[str, str]:
    """Give the part of a submitted form that differs from what its page had shown.

    A form hands in all its fields; laid over a newer version as a whole it would undo what others did since.

    Args:
        form: The submitted form; it says which corrections its page had shown.
        typed: Its fields, see :func:`typed_in`.
        read: The fields as they were read.
    """
    before = changes(read, _shown(form))
    after = changes(read, {**before, **typed})
    touched = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: after.get(name, read.get(name, "")) for name in touched}


def _shown(form: MultiDict[str, str]) -> dict[str, str]:
    try:
        found = json.loads(form.get("shown", ""))
    except (ValueError, RecursionError):
        # Not what our page had written: then everything counts as typed.
        return {}
    plain = isinstance(found, dict) and all(isinstance(value, str) for value in found.values())
    return found if plain else {}


def _acted(action: str, typed: Mapping[str, str], sheet: Sheet) -> dict[str, str]:
    """Give what a button beside the ones for saving and confirming changes."""
    name, _, rest = action.partition(":")
    if name == "add_task":
        return {"tasks": str(len(sheet.all_tasks) + 1)}
    if name == "add_milestone":
        return {"milestones": str(len(sheet.all_milestones) + 1)}
    task, _, measure = rest.partition(":")
    number = number_in(task, SMALL)
    if name == ADOPT and number is not None:
        return _adopted(number, measure, typed, sheet)
    return {}


def _adopted(number: int, measure: str, typed: Mapping[str, str], sheet: Sheet) -> dict[str, str]:
    task, one = TaskSheet(number, {**sheet.fields, **typed}), number_in(measure, SMALL)
    every = range(1, len(task.lines("measures")) + 1)
    chosen = {*task.adopted, one} if one is not None else set(every)
    return {task.key("adopted"): ",".join(map(str, sorted(chosen)))}
