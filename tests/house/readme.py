"""Reads a README as its shape: headings, tables and command blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_HEADING = re.compile(r"^(#+) ")
_CELL = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Table:
    """A table without its line of dashes; each cell stripped."""

    rows: tuple[tuple[str, ...], ...]

    def codes(self) -> list[str]:
        """What stands between backticks in the first cell of each row but the heads."""
        return [found[0] for row in self.rows[1:] if (found := re.findall(r"`([^`]+)`", row[0]))]


@dataclass(frozen=True, slots=True)
class Readme:
    """The shape of one README.

    Attributes:
        headings: the level of each heading.
        tables: in the order in which they stand.
        blocks: the text of each block of commands.
        links: the targets of links and pictures.
    """

    headings: tuple[int, ...]
    tables: tuple[Table, ...]
    blocks: tuple[str, ...]
    links: tuple[str, ...]


def read(path: Path) -> Readme:
    """Reads the file at ``path``."""
    text = path.read_text(encoding="utf-8")
    blocks = tuple(re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE))
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    headings = tuple(len(found[1]) for line in prose.splitlines() if (found := _HEADING.match(line)))
    links = tuple(re.findall(r"\]\(([^)\s]+)\)", prose))
    return Readme(headings, tuple(_tables(prose)), blocks, links)


def _tables(prose: str) -> list[Table]:
    found: list[Table] = []
    rows: list[tuple[str, ...]] = []
    for line in [*prose.splitlines(), ""]:
        if line.startswith("|"):
            cells = tuple(cell.strip() for cell in _CELL.split(line.strip())[1:-1])
            if not all(set(cell) <= set("-:") for cell in cells):
                rows.append(cells)
        elif rows:
            found.append(Table(tuple(rows)))
            rows = []
    return found
