"""The state diagram of a definition: an SVG made on the server, and Mermaid text as an export.

Owns what the picture looks like; the words come from the caller, so that it speaks the reader's language.
Must not know pages: there is no script, no style sheet and no inline style in it, only presentation
attributes and the classes ``state``, ``current``, ``end`` and ``edge``.
"""

from __future__ import annotations

from engine.diagram.drawing import svg
from engine.diagram.labels import Labels
from engine.diagram.mermaid import mermaid

__all__ = ["Labels", "mermaid", "svg"]
