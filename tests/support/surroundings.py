"""The one error of this package, and where things stand in the repository.

It must not know what the surroundings consist of; that is told by its neighbours.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
SHARED: Final = ROOT.parent / "shared"


class SurroundingsError(Exception):
    """A browser, a font or a database is not to be had here; the sentence says what to do."""
