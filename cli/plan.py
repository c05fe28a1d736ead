"""``zhenggai plan``: what a plan document says, before anything is created.

It shows what was understood; it understands nothing itself.
"""

from __future__ import annotations

from pathlib import Path

import click

from cli import output, plan_showing
from cli.language import pick
from cli.plan_import import import_plan


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

        output.as_json(to_json(reading, plan_showing.say))
    else:
        plan_showing.show(reading)


plan.add_command(import_plan)
