"""``zhenggai plan``: what a plan document says, before anything is created.

It shows what was understood; it understands nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli import output
from cli.language import pick, terminal_locale

if TYPE_CHECKING:
    from workflows.plans.reading import PlanReading, Question

_SHOWN = 24


@click.group(help=pick("读取和导入整改方案。", "Read and import rectification plans."))
def plan() -> None:
    """Holds the commands about plans."""


@plan.command(
    help=pick(
        "读取方案文件，显示读懂了什么；不需要数据库，不改动任何内容。",
        "Read a plan document and show what was understood; needs no database, changes nothing.",
    )
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--year",
    type=click.IntRange(1990, 2100),
    help=pick("没有写年份的日期按这一年读。", "The year of dates that name none."),
)
@output.format_option
def read(file: Path, year: int | None, output_format: str) -> None:
    """Reads a plan document and prints what was understood.

    Raises:
        UnreadablePlanError: the document cannot be read, or has no tasks.
    """
    from workflows.plans.read import read_plan
    from workflows.plans.sources.kinds import MOST_BYTES

    with file.open("rb") as stream:
        # One byte too many tells that the file is too large; more of it is never held.
        data = stream.read(MOST_BYTES + 1)
    reading = read_plan(file.name, data, year)
    if output_format == "json":
        from workflows.plans.export import to_json

        output.as_json(to_json(reading, _say))
    else:
        _show(reading)


def _say(code: str, params: Mapping[str, object]) -> str:
    from workflows.catalogue import sentence

    return sentence(code, params, terminal_locale())


def _show(reading: PlanReading) -> None:
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
    asks = _say(question.code, question.params)
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
