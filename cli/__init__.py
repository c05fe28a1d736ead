"""The commands of zhenggai: what is typed, what is printed, with which status it ends.

One file per command group. A command imports what it needs inside its function, because start-up time counts;
it decides nothing that a page could not decide as well.
"""

from __future__ import annotations

import click

from cli.commands import COMMANDS
from cli.language import pick
from cli.lazy import LazyGroup


@click.group(
    cls=LazyGroup,
    targets=COMMANDS,
    name="zhenggai",
    help=pick(
        "整改方案的任务、签批、时限与记录。", "Rectification plans: tasks, sign-off, deadlines, record."
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="zhenggai", message="%(prog)s %(version)s", prog_name="zhenggai")
def main() -> None:
    """Runs the command that was named."""
