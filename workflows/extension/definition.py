"""The built-in definition, compiled once per process."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from engine.loading import load_definition
from engine.machine import Workflow
from workflows.extension.guards import GUARDS


def built_in_text() -> str:
    """Give the text of the definition that comes with the product."""
    return files("workflows.extension").joinpath("definition.toml").read_text(encoding="utf-8")


@cache
def compiled(text: str) -> Workflow:
    """Compile a definition's text; the same text gives the same workflow.

    Raises:
        DefinitionError: The text must not load.
    """
    return Workflow(load_definition(text, GUARDS), GUARDS)


def built_in() -> Workflow:
    """Give the compiled built-in workflow."""
    return compiled(built_in_text())
