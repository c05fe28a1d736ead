"""The reader that the rules stand on sees every import, wherever it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.source import Module

_TEXT = """
from __future__ import annotations
import os.path
from typing import TYPE_CHECKING
from . import near
from .near import thing
from ..far import other
if TYPE_CHECKING:
    from hidden import Name
def function():
    import late
    class Inner:
        from later import still
"""


@pytest.mark.parametrize(
    ("path", "name", "near", "far"),
    [
        ("web/pages/task.py", "web.pages.task", "web.pages", "web"),
        ("web/pages/__init__.py", "web.pages", "web.pages", "web"),
    ],
)
def test_every_import_is_seen_wherever_it_stands(path: str, name: str, near: str, far: str) -> None:
    assert Module(Path(path), name, _TEXT).imported == {
        "__future__.annotations",
        "os.path",
        "typing.TYPE_CHECKING",
        f"{near}.near",
        f"{near}.near.thing",
        f"{far}.far.other",
        "hidden.Name",
        "late",
        "later.still",
    }
