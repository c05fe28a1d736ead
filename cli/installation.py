"""What commands about one organisation begin with: its database, the actor that a command is, and the day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from cli.errors import Unusable
from cli.language import pick

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.settings import Settings
    from engine.actor import Actor
    from storage.database import Database


@dataclass(frozen=True, slots=True)
class Installation:
    """An opened installation, as one command sees it.

    Attributes:
        settings: What the installation was told about its surroundings.
        database: Its database.
        actor: The system, acting in one organisation.
        now: The moment of the command.
    """

    settings: Settings
    database: Database
    actor: Actor
    now: datetime

    @property
    def today(self) -> date:
        """The calendar day of the command."""
        return self.now.astimezone(self.settings.timezone).date()


def organisation_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command ``--organisation NAME``; needed only where there are several."""
    option = click.option(
        "--organisation",
        help=pick(
            "单位名称；只有一个单位时可省略。", "The organisation's name; needed where there are several."
        ),
    )
    return option(command)


@contextmanager
def opened(organisation: str | None, request_id: str) -> Iterator[Installation]:
    """Opens the installation for the length of a command.

    Args:
        organisation: The name that was asked for; None where there is only one anyhow.
        request_id: What the command's entries in the record carry.

    Raises:
        Unusable: There is no such organisation, or several and none was named.
        SurroundingsError: The database cannot be reached, or is not migrated.
    """
    from cli import settings, surroundings
    from engine.actor import system
    from storage.directory import organisations

    given = settings.read()
    database = surroundings.open_database(given)
    try:
        with database.read() as connection:
            known = {found.name: found.organisation for found in organisations(connection)}
        actor = system(_chosen(known, organisation), request_id)
        yield Installation(given, database, actor, datetime.now(UTC))
    finally:
        database.close()


def _chosen(known: dict[str, int], name: str | None) -> int:
    if not known:
        raise Unusable(
            pick("还没有单位：先运行 zhenggai init。", "There is no organisation: run zhenggai init.")
        )
    if name is None and len(known) == 1:
        return next(iter(known.values()))
    if name is None or name not in known:
        names = pick("、", ", ").join(known)
        raise Unusable(
            pick(f"须用 --organisation 指明单位：{names}。", f"Name one with --organisation: {names}.")
        )
    return known[name]
