"""Reads the record of operations back: checks every chain anew, and gives the entries as they were hashed.

Everything is read by key in pieces, each a short reading of its own, so that nobody who writes waits for it.
Must not know who asks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, bindparam, func, or_, select, tuple_

from engine.audit import check_chain
from engine.canonical import moment, sha256
from storage.database import Database
from storage.tables import audit_entry, audit_pending, audit_text

PIECE = 500
"""Entries that are read at once; a reading of so many takes a few milliseconds."""

# Behind the last entry of the piece before, in the order of the key; of one organisation where one is named.
_NEXT = (
    select(audit_entry)
    .where(
        tuple_(audit_entry.c.stream, audit_entry.c.seq) > tuple_(bindparam("stream"), bindparam("seq")),
        or_(
            bindparam("organisation", type_=audit_entry.c.organisation_id.type).is_(None),
            audit_entry.c.organisation_id == bindparam("organisation"),
        ),
    )
    .order_by(audit_entry.c.stream, audit_entry.c.seq)
    .limit(bindparam("most"))
)
_TEXTS = select(audit_text).where(audit_text.c.entry_id.in_(bindparam("entries", expanding=True)))
_LOST = (
    select(audit_pending.c.entry_id)
    .outerjoin(audit_entry, audit_entry.c.id == audit_pending.c.entry_id)
    .where(audit_entry.c.id.is_(None))
    .order_by(audit_pending.c.entry_id)
)
_COUNT = select(func.count()).select_from(audit_entry)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is stored, with the free text beside it."""

    entry: int
    organisation: int
    stream: str
    seq: int
    at: datetime
    person: int | None
    action: str
    body: str
    sha256: str
    sm3: str
    texts: tuple[tuple[str, str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """The first entry of a chain that does not fit.

    Attributes:
        stream: The chain; empty where only the entry's number is left.
        seq: The entry's place in it.
        entry: The entry's number; None where it is the absence of an entry that was found.
        kind: ``missing``, ``changed``, ``foreign`` or ``broken`` (see :func:`engine.audit.check_chain`);
            ``disagrees``: a column that helps to find the entry says another thing than the entry;
            ``text_changed``: the words beside it are not those it refers to; ``lost``: its row is gone.
    """

    stream: str
    seq: int
    entry: int | None
    kind: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the record came to."""

    entries: int
    streams: int
    findings: tuple[Finding, ...]


def count_entries(database: Database) -> int:
    """Give the number of entries, to tell how far a check has come."""
    with database.read() as connection:
        return int(connection.execute(_COUNT).scalar_one())


def read_log(database: Database, organisation: int | None = None, piece: int = PIECE) -> Iterator[Line]:
    """Give every entry, chain by chain.

    Args:
        database: The database.
        organisation: Whose entries; those of all where it is None.
        piece: How many are read at once.
    """
    stream, seq = "", 0
    while True:
        with database.read() as connection:
            values = {"stream": stream, "seq": seq, "organisation": organisation, "most": piece}
            lines = _lines(connection, values)
        yield from lines
        if len(lines) < piece:
            return
        stream, seq = lines[-1].stream, lines[-1].seq


def check_log(lines: Iterator[Line]) -> Checked:
    """Compute every chain again and name, for each chain that does not fit, its first entry that does not."""
    findings: list[Finding] = []
    entries = streams = 0
    for stream, chain in groupby(lines, attrgetter("stream")):
        read = _Read()
        fault = check_chain(stream, ((x.seq, x.body, x.sha256, x.sm3) for x in read.along(chain)))
        # A faulty chain is read to its end, so that the count is one of all entries.
        entries += read.count + sum(1 for _ in chain)
        streams += 1
        if fault is not None:
            findings.append(Finding(stream, fault.seq, read.last, fault.kind))
        elif read.finding is not None:
            findings.append(read.finding)
    return Checked(entries, streams, tuple(findings))


def verify(database: Database, organisation: int | None = None) -> Checked:
    """Check the whole record, or that of one organisation."""
    checked = check_log(read_log(database, organisation))
    if organisation is not None:
        return checked
    return Checked(checked.entries, checked.streams, checked.findings + lost_entries(database))


def lost_entries(database: Database) -> tuple[Finding, ...]:
    """Name entries whose row is gone while they still wait for their place in the log: a tail cut off."""
    with database.read() as connection:
        return tuple(Finding("", 0, entry, "lost") for entry in connection.execute(_LOST).scalars())


def export_line(line: Line) -> dict[str, object]:
    """Give an entry for export: its text exactly as it was hashed, and what else is needed to check it."""
    return {
        "entry": line.entry,
        "stream": line.stream,
        "seq": line.seq,
        "body": line.body,
        "sha256": line.sha256,
        "sm3": line.sm3,
        "texts": {name: {"salt": salt, "text": text} for name, salt, text in line.texts},
    }


class _Read:
    """Looks at every entry of one chain while the chain itself is being checked."""

    def __init__(self) -> None:
        self.count = 0
        self.last: int | None = None
        self.finding: Finding | None = None

    def along(self, chain: Iterator[Line]) -> Iterator[Line]:
        for line in chain:
            self.count += 1
            self.last = line.entry
            yield line
            # Reached only once the chain's own check of this entry went well.
            kind = _fault_beside(line)
            if kind is not None and self.finding is None:
                self.finding = Finding(line.stream, line.seq, line.entry, kind)


def _fault_beside(line: Line) -> str | None:
    record = json.loads(line.body)
    columns = {
        "organisation": line.organisation,
        "at": moment(line.at),
        "actor": line.person,
        "action": line.action,
    }
    if any(record.get(name) != value for name, value in columns.items()):
        return "disagrees"
    for name, salt, words in line.texts:
        # Words that were erased leave their digest behind; it no longer says anything.
        if words is not None and record.get("texts", {}).get(name) != sha256(f"{salt}\n{words}"):
            return "text_changed"
    return None


def _lines(connection: Connection, values: dict[str, object]) -> list[Line]:
    rows = connection.execute(_NEXT, values).all()
    texts: dict[int, list[tuple[str, str, str | None]]] = {}
    for text in connection.execute(_TEXTS, {"entries": [row.id for row in rows]}):
        texts.setdefault(text.entry_id, []).append((text.name, text.salt, text.text))
    return [
        Line(
            entry=row.id,
            organisation=row.organisation_id,
            stream=row.stream,
            seq=row.seq,
            at=row.at,
            person=row.person_id,
            action=row.action,
            body=row.body,
            sha256=row.sha256,
            sm3=row.sm3,
            texts=tuple(sorted(texts.get(row.id, ()))),
        )
        for row in rows
    ]
