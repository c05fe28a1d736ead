"""Fixtures of the tests that read plans."""

from __future__ import annotations

import pytest

from tests.plans.documents import Reader, text, word_of
from workflows.plans.read import read_plan


@pytest.fixture(params=["text", "word"])
def read(request: pytest.FixtureRequest) -> Reader:
    """Reads a text as it is, and the same text as the paragraphs of a Word file."""
    if request.param == "text":
        return lambda content: read_plan("plan.txt", text(content))
    return lambda content: read_plan("plan.docx", word_of(content))
