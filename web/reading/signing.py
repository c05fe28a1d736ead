"""What somebody is about to sign, whole and exact: any number of proposals, a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from engine.actor import Actor
from storage.database import Database
from storage.queries.awaiting import ToSign
from storage.queries.people import names
from storage.queries.task.evidence import evidence_of
from storage.queries.task.history import RevisionRow, SeatRow, SignatureRow, seats, signatures
from storage.queries.task.parts import criteria, measures
from web.reading.awaiting import waiting
from web.reading.bundles import Around
from web.reading.proposals import RevisionView, revision_view


@dataclass(frozen=True, slots=True)
class ToRead:
    """A proposal that waits for the reader's signature, with all that is signed."""

    item: ToSign
    view: RevisionView


@dataclass(frozen=True, slots=True)
class Pile:
    """Everything that waits for one person, and the names of the people who appear in it."""

    items: tuple[ToRead, ...]
    names: Mapping[int, str]


def pile_for(database: Database, actor: Actor, today: date, chosen: Collection[int]) -> Pile:
    """Read what waits for somebody's signature.

    Args:
        database: The database.
        actor: Who will sign.
        today: The calendar day on which positions count.
        chosen: The proposals to be read; all of them where none is chosen.
    """
    with database.read() as connection:
        items = waiting(connection, actor, today, chosen)
        tasks = sorted({item.task for item in items})
        parts = (measures(connection, actor, *tasks), criteria(connection, actor, *tasks))
        pieces = evidence_of(connection, actor, *tasks)
        owed, given = seats(connection, actor, *tasks), signatures(connection, actor, *tasks)
        people = {person for row in owed for person in row.candidates} | {row.person for row in given}
        people |= {row.on_behalf_of for row in given if row.on_behalf_of}
        known = names(connection, actor, people | {actor.person or 0})
    found = []
    for item in items:
        around = Around(
            [row for row in parts[0] if row.task == item.task],
            [row for row in parts[1] if row.task == item.task],
            [row for row in pieces if row.task == item.task],
        )
        found.append(ToRead(item, _view(item, around, owed, given)))
    return Pile(tuple(found), known)


def _view(
    item: ToSign, around: Around, owed: tuple[SeatRow, ...], given: tuple[SignatureRow, ...]
) -> RevisionView:
    row = RevisionRow(
        proposal=item.proposal,
        revision=item.revision,
        newest=True,
        trigger=item.trigger,
        state="open",
        digest=item.digest,
        bundle=item.bundle,
        proposer=0,
        at=item.proposed_at,
        closed_at=None,
        closed_by=None,
        reason="",
    )
    return revision_view(row, owed, given, around)
