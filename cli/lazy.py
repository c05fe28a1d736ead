"""A click group that loads a command only when it is run, and turns expected failures into one sentence.

It knows no command; they are handed in as a table.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click

from cli import errors
from cli.language import pick


@dataclass(frozen=True, slots=True)
class Target:
    """Where a command is found, as ``module:attribute``, and what it is for in both languages."""

    place: str
    zh: str
    en: str

    def load(self) -> click.Command:
        """The command itself."""
        module, attribute = self.place.split(":")
        found = getattr(importlib.import_module(module), attribute)
        if not isinstance(found, click.Command):
            raise TypeError(f"{self.place} is no command")
        return found


class LazyGroup(click.Group):
    """The group of all commands."""

    def __init__(self, targets: Mapping[str, Target], **rest: Any) -> None:
        super().__init__(**rest)
        self.targets = targets

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the table, which is the order in which a newcomer meets them."""
        return list(self.targets)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now."""
        target = self.targets.get(cmd_name)
        return target.load() if target else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists the commands from the table; importing all of them for a line of help would take a second."""
        with formatter.section(pick("命令", "Commands")):
            formatter.write_dl([(name, pick(target.zh, target.en)) for name, target in self.targets.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command.

        Raises:
            errors.Failure: the command failed in a way that was foreseen.
        """
        try:
            return super().invoke(ctx)
        except Exception as error:
            failure = errors.explain(error)
            if failure is None:
                raise
            raise failure from error
