"""Small pieces: a file stays under 300 lines, a function under 40, and half the files under 100."""

from __future__ import annotations

import ast
import statistics
from typing import Final

from tests.house.source import modules

_FILE: Final = 300
_FUNCTION: Final = 40
_MEDIAN: Final = 100


def test_no_file_is_longer_than_its_cap() -> None:
    lengths = {str(module.path): len(module.text.splitlines()) for module in modules()}
    assert {path: length for path, length in lengths.items() if length >= _FILE} == {}


def test_half_the_files_are_short() -> None:
    assert statistics.median(len(module.text.splitlines()) for module in modules()) < _MEDIAN


def test_no_function_is_longer_than_its_cap() -> None:
    wrong = []
    for module in modules():
        # A migration says once what a schema is and is never read as a function again.
        if "migrations" in module.path.parts:
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > _FUNCTION:
                    wrong.append(f"{module.path}:{node.lineno} {node.name} has {length} lines")
    assert wrong == []
