"""The form of an instruction or a meeting: what it begins with, and what came in of it.

Must not know what is decided about it, nor which page shows it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import BinaryIO, cast

from werkzeug.datastructures import FileStorage, MultiDict

from engine.reasons import Reason
from web.lengths import unless_short
from web.numbers import day_in, number_in
from web.uploads import why_refused
from workflows.evidence.check import check_file
from workflows.evidence.ports import BlobStore, FileRefusedError
from workflows.instructions.records import Attachment, InstructionKind, NewConclusion, RecordInstruction
from workflows.rectification.vocabulary import Level

ROWS = 2
"""So many conclusions can be typed at first; a button adds one more."""
MOST_ROWS = 30
_KEY = 64


@dataclass(frozen=True, slots=True)
class Row:
    """A conclusion as it stands in the form."""

    text: str = ""
    person: int | None = None
    day: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.text.strip() and self.person is None and not self.day


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form as it stands: typed, or begun for somebody."""

    leader: int | None
    kind: str
    given_on: str
    text: str
    rows: tuple[Row, ...]
    matters: frozenset[int]
    level: str
    key: str

    def shown(self) -> tuple[Row, ...]:
        """Give the conclusions to show: what was typed, and room for more."""
        blank = max(ROWS - len(self.rows), 0)
        return (*self.rows, *(Row() for _ in range(blank)))

    def more(self) -> Sheet:
        """Give the same form with room for one more conclusion."""
        room = Row() if len(self.shown()) < MOST_ROWS else None
        return replace(self, rows=(*self.shown(), *([room] if room else ())))

    def command(self, file: Attachment | None) -> RecordInstruction:
        """Give what the form asks for; rows in which nothing was typed are no conclusions."""
        return RecordInstruction(
            leader=self.leader,
            kind=self.kind,
            given_on=day_in(self.given_on),
            text=self.text,
            conclusions=tuple(
                NewConclusion(row.text, row.person, day_in(row.day)) for row in self.rows if not row.empty
            ),
            matters=tuple(sorted(self.matters)),
            file=file,
            key=self.key,
        )

    def too_long(self) -> tuple[Reason, ...]:
        """Say whether a text is longer than the form's fields take."""
        found = (unless_short(text) for text in (self.text, *(row.text for row in self.rows)))
        return tuple(dict.fromkeys(reason for reason in found if reason is not None))


def begun(leader: int | None, matters: Iterable[int], today: date) -> Sheet:
    """Give the form as it begins: today, in writing, for the matters that were chosen."""
    return Sheet(
        leader=leader,
        kind=InstructionKind.INSTRUCTION,
        given_on=today.isoformat(),
        text="",
        rows=(),
        matters=frozenset(matters),
        level=Level.INTERNAL,
        key=secrets.token_hex(16),
    )


def taken(typed: MultiDict[str, str]) -> Sheet:
    """Give the form as it was handed in."""
    columns = (typed.getlist(name)[:MOST_ROWS] for name in ("what", "who", "until"))
    rows = [Row(_lines(text), number_in(who), day) for text, who, day in zip(*columns, strict=False)]
    while rows and rows[-1].empty:
        rows.pop()
    matters = (number_in(text) for text in typed.getlist("matter"))
    return Sheet(
        leader=number_in(typed.get("leader")),
        kind=typed.get("kind", ""),
        given_on=typed.get("given_on", ""),
        text=_lines(typed.get("text", "")),
        rows=tuple(rows),
        matters=frozenset(number for number in matters if number is not None),
        level=typed.get("level", Level.INTERNAL),
        key=key_in(typed),
    )


def key_in(typed: MultiDict[str, str]) -> str:
    """Give the key a form came with; one that no form of ours gave is replaced."""
    key = typed.get("key", "")
    return key if 0 < len(key) <= _KEY and key.isascii() and key.isalnum() else secrets.token_hex(16)


def attached(
    upload: FileStorage | None, level: str, store: BlobStore, limit: int
) -> tuple[Attachment | None, tuple[Reason, ...]]:
    """Check and store the one file of a form.

    Args:
        upload: What the browser sent; None or nameless where nothing was chosen.
        level: Who may read it.
        store: Where bytes are kept.
        limit: The most bytes of a file.

    Returns:
        The file, or why it was refused.
    """
    if upload is None or not upload.filename:
        return None, ()
    stream = cast("BinaryIO", upload.stream)
    try:
        checked = check_file(upload.filename, stream)
        blob = store.put(stream, limit)
    except FileRefusedError as error:
        return None, (why_refused(error, upload.filename),)
    return Attachment(blob, checked.name, level), ()


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")
