"""How a reading of a plan is shown at a terminal.

It understands nothing itself. Sentences of questions stand in the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from cli import output
from cli.language import pick, terminal_locale

if TYPE_CHECKING:
    from workflows.plans.reading import PlanReading, Question

_SHOWN = 24


def say(code: str, params: Mapping[str, object]) -> str:
    """The sentence of a code in the terminal's language."""
    from workflows.catalogue import sentence

    return sentence(code, params, terminal_locale())


def show(reading: PlanReading) -> None:
    """Prints what was understood as a table, with dates for everybody and the reader's questions."""
    click.echo(reading.title or pick("（没有标题）", "(no title)"))
    heads = {
        "task": pick("任务", "Task"),
        "section": pick("部分", "Section"),
        "objective": pick("整改目标", "Objective"),
        "measures": pick("措施", "Measures"),
        "criteria": pick("标准", "Criteria"),
        "leaders": pick("责任领导", "Leaders"),
        "lead_department": pick("牵头部门", "Lead department"),
        "deadline": pick("完成时限", "Deadline"),
    }
    output.rows(
        [
            {
                "task": task.number,
                "section": _short(task.section),
                "objective": _short(task.objective or task.problem),
                "measures": len(task.measures),
                "criteria": len(task.criteria),
                "leaders": task.leaders,
                "lead_department": _short(task.lead_department),
                "deadline": task.deadline or _short(task.deadline_text),
            }
            for task in reading.tasks
        ],
        "table",
        heads,
    )
    _list(
        pick("节点", "Milestones"),
        [f"{milestone.day or milestone.text}  {milestone.what}" for milestone in reading.milestones],
    )
    _list(pick("需要确认", "To be settled"), [_line(question) for question in reading.questions])


def _line(question: Question) -> str:
    asks = say(question.code, question.params)
    return "  ".join(part for part in (_task(question.task), asks, question.text) if part)


def _list(title: str, lines: list[str]) -> None:
    if lines:
        click.echo(f"\n{title}")
    for line in lines:
        click.echo(f"  {line}")


def _task(number: int | None) -> str:
    return pick(f"任务{number}", f"Task {number}") if number is not None else ""


def _short(text: str | None) -> str:
    return f"{text[: _SHOWN - 1]}…" if text and len(text) > _SHOWN else text or ""
