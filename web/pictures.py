"""The state diagram in the reader's words; drawn once per definition, state and language."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from engine.definition import Definition
from engine.diagram import Labels, svg
from web.language import gettext as _
from web.language import reader_language
from workflows.catalogue import sentence
from workflows.rectification.definition import compiled

_REMEMBERED = 256


def diagram_of(definition: Definition, state: str) -> Markup:
    """Draw a definition with the current state marked."""
    return _drawn(definition.text, state, _("整改任务流程图"), reader_language())


@lru_cache(maxsize=_REMEMBERED)
def _drawn(text: str, state: str, title: str, language: str) -> Markup:
    definition = compiled(text).definition
    labels = Labels(
        title=title,
        states={each.name: sentence(f"state.{each.name}", {}, language) for each in definition.states},
        triggers={name: sentence(f"trigger.{name}", {}, language) for name in definition.triggers},
    )
    return Markup(svg(definition, labels, state))  # noqa: S704  # Drawn and escaped by us.
