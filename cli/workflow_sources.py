"""Where a command finds definitions: those of the product, and those that an organisation published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cli import output
from cli.installation import opened
from cli.language import pick

if TYPE_CHECKING:
    from engine.definition import Definition
    from workflows.versions.known import Kind
    from workflows.versions.records import Published


@dataclass(frozen=True, slots=True)
class Source:
    """A definition and where it stands.

    Attributes:
        definition: The definition.
        published_at: When it was published; None where it only comes with the product.
        tasks: How many tasks run on it; None where no database was asked.
    """

    definition: Definition
    published_at: datetime | None = None
    tasks: int | None = None


def sources(organisation: str | None) -> list[Source]:
    """Every version of every workflow, the oldest first, the built-in one where it was not published.

    Without a database the built-in ones alone.

    Raises:
        Unusable: there are several organisations and none was named.
    """
    from workflows.versions.known import KINDS

    versions, counts = _stored(organisation)
    found: list[Source] = []
    for kind in KINDS.values():
        published = versions.get(kind.name, ())
        found += _built_in(kind, published)
        found += [
            Source(kind.compiled(one.text).definition, one.published_at, counts.get(one.identifier, 0))
            for one in published
        ]
    return found


def newest_of(found: Sequence[Source], name: str) -> Source:
    """The version that new tasks start on: the newest published one, else the built-in one."""
    mine = [source for source in found if source.definition.name == name]
    published = [source for source in mine if source.published_at is not None]
    return (published or mine)[-1]


def _built_in(kind: Kind, published: Sequence[Published]) -> list[Source]:
    definition = kind.compiled(kind.text()).definition
    known = any(one.digest == definition.digest for one in published)
    return [] if known else [Source(definition)]


def _stored(organisation: str | None) -> tuple[Mapping[str, tuple[Published, ...]], Mapping[int, int]]:
    from engine.errors import SurroundingsError
    from storage.definition_store import running_on, versions_of
    from workflows.versions.known import KINDS

    try:
        with (
            opened(organisation, "workflow list") as installation,
            installation.database.read() as connection,
        ):
            actor = installation.actor
            versions = {name: versions_of(connection, actor, name) for name in KINDS}
            return versions, running_on(connection, actor)
    except SurroundingsError:
        output.note(
            pick(
                "没有可用的数据库，只显示自带的流程。",
                "There is no usable database; built-in definitions only.",
            )
        )
        return {}, {}
