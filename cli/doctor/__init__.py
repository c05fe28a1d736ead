"""``zhenggai doctor``: looks at everything the product stands on, and says what to do."""

from __future__ import annotations

import click

from cli import output
from cli.errors import FoundWrong
from cli.language import pick


@click.command(help=pick("检查运行环境，说明该怎么办。", "Check the surroundings and say what to do."))
@output.format_option
def doctor(output_format: str) -> None:
    """Looks at settings, database, evidence, mail, clock and fonts.

    Raises:
        FoundWrong: something will fail until it is mended.
        Unusable: a setting is malformed.
    """
    from cli import settings
    from cli.doctor.database import look_at_database
    from cli.doctor.finding import Level
    from cli.doctor.machine import look_at_machine
    from cli.doctor.mail import look_at_mail

    given = settings.read()
    found = [*look_at_machine(given), *look_at_database(given), look_at_mail(given)]
    marks = {
        Level.GOOD: pick("正常", "good"),
        Level.MIND: pick("注意", "mind"),
        Level.BAD: pick("有问题", "bad"),
    }
    rows = [
        {
            "check": one.name if output_format == "json" else one.title,
            "level": one.level if output_format == "json" else marks[one.level],
            "detail": one.detail,
            "advice": one.advice,
        }
        for one in found
    ]
    heads = {"check": pick("检查项", "Check"), "level": pick("结果", "Result")}
    heads |= {"detail": pick("情况", "Found"), "advice": pick("怎么办", "What to do")}
    output.rows(rows, output_format, heads)
    bad = [one.title for one in found if one.level is Level.BAD]
    if bad:
        named = pick("、", ", ").join(bad)
        raise FoundWrong(pick(f"需要处理：{named}。", f"To be mended: {named}."))
