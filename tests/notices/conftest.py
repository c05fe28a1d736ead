"""Lets a missing sentence be an error in these tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from workflows import catalogue


@pytest.fixture(autouse=True)
def strict_catalogue() -> Iterator[None]:
    """Turns a code without its sentence into a ``KeyError``."""
    catalogue.be_strict()
    yield
    catalogue.be_strict(strict=False)
