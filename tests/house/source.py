"""Reads the repository as text and as syntax trees; imports none of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from tests.support.surroundings import ROOT

PACKAGES: Final = ("engine", "workflows", "storage", "web", "cli")
# Made by tools or by the product while it runs; never part of the repository.
_NOT_OURS: Final = {"build", "dist", "data", "__pycache__", "node_modules"}
_HIDDEN_BUT_OURS: Final = {".ci", ".gitignore"}


@dataclass(frozen=True)
class Module:
    """One Python file of the product.

    Attributes:
        path: relative to the repository.
        name: as it is imported.
        text: what stands in it.
    """

    path: Path
    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.text)

    @cached_property
    def imported(self) -> frozenset[str]:
        """Every name that it imports, wherever: at the top, in a function, under ``TYPE_CHECKING``.

        ``from a import b`` counts as ``a.b``, whether ``b`` is a module or not.
        """
        return frozenset(self._names())

    def _names(self) -> Iterator[str]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = self._base(node)
                yield from (f"{base}.{alias.name}" for alias in node.names)

    def _base(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parts = self.name.split(".")
        own = parts if self.path.name == "__init__.py" else parts[:-1]
        kept = own[: len(own) - node.level + 1]
        return ".".join([*kept, *([node.module] if node.module else [])])


@lru_cache(maxsize=1)
def files() -> tuple[Path, ...]:
    """Every file of the repository, relative to it."""
    return tuple(sorted(_walk(ROOT)))


def text_files() -> Iterator[tuple[Path, str]]:
    """Every file of the repository that is text."""
    for path in files():
        try:
            yield path, (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


@lru_cache(maxsize=1)
def modules() -> tuple[Module, ...]:
    """Every Python file of the product itself: the packages and ``scheduler.py``."""
    found = [
        path
        for path in files()
        if path.suffix == ".py" and (path.parts[0] in PACKAGES or len(path.parts) == 1)
    ]
    return tuple(Module(path, _name(path), (ROOT / path).read_text(encoding="utf-8")) for path in found)


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        hidden = path.name.startswith(".") and path.name not in _HIDDEN_BUT_OURS
        if hidden or path.name in _NOT_OURS or path.name.endswith(".egg-info"):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        elif path.is_file():
            yield path.relative_to(ROOT)


def _name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
