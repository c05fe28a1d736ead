"""``zhenggai demo``: a whole demonstration court in one command and one process."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from cli.language import pick

_PORT: Final = 8000
_FOLDER: Final = Path("data") / "demo"


@click.command(
    help=pick(
        "一条命令启动完整的演示法院：数据、网页、时限进程、邮箱，无需任何配置，只在本机可见。",
        "Start a whole demonstration court: data, pages, deadlines, mailbox; nothing to configure, and only"
        " this machine sees it.",
    )
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help=pick(f"端口，默认 {_PORT}。", f"The port, {_PORT} by default."),
)
@click.option("--fresh", is_flag=True, help=pick("从头重做演示数据。", "Make the demonstration anew."))
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    default=_FOLDER,
    show_default=True,
    help=pick("演示数据所在的文件夹。", "The folder the demonstration lives in."),
)
def demo(port: int | None, data_dir: Path, *, fresh: bool) -> None:
    """Runs the demonstration until Ctrl-C.

    Raises:
        Unusable: the folder holds something else, or another demonstration runs in it.
        SurroundingsFailed: the port is taken.
    """
    import logging
    from datetime import UTC, datetime

    from cli.demo import greeting, home, running, serving
    from cli.demo.mailbox.pages import ADDRESS
    from cli.output import note
    from cli.signals import ends_like_ctrl_c, told_to_end

    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        with (
            ends_like_ctrl_c(),
            home.claimed(data_dir.absolute()) as house,
            serving.reserve(port, _PORT) as line,
        ):
            if fresh or house.made_on is None:
                running.prepare(house, running.base_url(line), datetime.now(UTC))
            elif house.made_on != running.today():
                note(_made_before(house.made_on.isoformat()))
            with told_to_end() as wait, running.running(house, line):
                greeting.greet(running.base_url(line), ADDRESS)
                note(pick("按 Ctrl-C 结束。", "Ctrl-C ends it."))
                wait()
    except KeyboardInterrupt:
        pass
    note(pick("演示已结束。", "The demonstration has ended."))


def _made_before(day: str) -> str:
    return pick(
        f"演示数据是 {day} 做的，日期已经往前走了；加 --fresh 可从头重做。",
        f"The demonstration was made on {day} and its dates have moved on; --fresh makes it anew.",
    )
