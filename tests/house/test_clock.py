"""Nothing below the entry points reads the clock: the moment is handed in, and a test can choose it."""

from __future__ import annotations

import ast
from typing import Final

from tests.house.source import modules

_INNER: Final = {"engine", "workflows", "storage"}
_READS: Final = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
}


def test_no_inner_module_reads_the_clock() -> None:
    wrong = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        if module.name.split(".")[0] in _INNER
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and (_last(node.value), node.attr) in _READS
    ]
    assert wrong == []


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
