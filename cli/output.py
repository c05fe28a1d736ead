"""How commands print: results on standard output as a table or as JSON, everything else on standard error.

It knows no record; it is handed rows.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from enum import Enum
from pathlib import PurePath
from typing import TypeVar

import click

from cli.language import pick

_Item = TypeVar("_Item")
_Function = TypeVar("_Function", bound=Callable[..., object])
_GAP = "  "

Row = Mapping[str, object]
"""One record to print: column names as a script reads them, in the order of the table's columns."""


def format_option(command: _Function) -> _Function:
    """Gives a command ``--format table|json``, handed to the function as ``output_format``."""
    option = click.option(
        "--format",
        "output_format",
        type=click.Choice(["table", "json"]),
        default="table",
        show_default=True,
        help=pick("输出格式。", "How to print the result."),
    )
    return option(command)


def rows(records: Sequence[Row], output_format: str, heads: Mapping[str, str] | None = None) -> None:
    """Prints records.

    Args:
        records: all with the same keys.
        output_format: ``table`` or ``json``.
        heads: the words over the table's columns by key; where absent, the key itself. A key that is not
            named here is left out of the table; JSON has all of them.
    """
    if output_format == "json":
        as_json(list(records))
        return
    titles = dict(heads) if heads is not None else {key: key for record in records[:1] for key in record}
    lines = [list(titles.values())]
    lines += [[_cell(record.get(key)) for key in titles] for record in records]
    for line in _aligned(lines):
        click.echo(line)


def as_json(value: object) -> None:
    """Prints any value as JSON in UTF-8, whatever the terminal's own encoding is."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    click.echo(f"{text}\n".encode(), nl=False)


def note(message: str) -> None:
    """Tells the person at the terminal something that is no result."""
    click.echo(message, err=True)


def progress(
    items: Iterable[_Item], label: str, length: int | None = None
) -> AbstractContextManager[Iterable[_Item]]:
    """A bar on standard error for anything that can take over a second; nothing where it is no terminal."""
    hidden = not sys.stderr.isatty()
    return click.progressbar(items, length=length, label=label, file=sys.stderr, hidden=hidden)


def width(text: str) -> int:
    """How many columns of a terminal ``text`` takes; a Chinese character takes two."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def _aligned(lines: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    return [
        _GAP.join(cell + " " * (wide - width(cell)) for cell, wide in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return pick("是", "yes") if value else pick("否", "no")
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, list | tuple | set | frozenset):
        return pick("、", ", ").join(_cell(item) for item in value)
    # A cell is one line; a text with several would tear the table apart.
    return " ".join(str(value.value if isinstance(value, Enum) else value).split())


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, PurePath):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
