"""Reads who answers for a paragraph from the unlabelled bracket at its end: （甲牵头，乙配合，6月底前完成）.

It must not know what the paragraph is; only brackets that say 牵头, 负责 or 配合 count.
"""

from __future__ import annotations

import re

from workflows.plans.dates import deadline
from workflows.plans.label_words import Field
from workflows.plans.labels import Label
from workflows.plans.names import divided
from workflows.plans.pieces import Piece
from workflows.plans.scan import Part

_AT_END = re.compile(r"\)\s*[。;]?\s*$")
_OWNS = re.compile(r"(?:牵头|负责|配合|协办|参与|主办|落实)(?:负责|落实|办理|实施)?$")


def divide(piece: Piece) -> tuple[Piece, tuple[Part, ...]]:
    """Divide a paragraph from the bracket that names who answers for it; without one nothing is divided."""
    folded = piece.folded
    end = _AT_END.search(folded)
    opened = _opening(folded, end.start()) if end else None
    if end is None or not opened:
        return piece, ()
    inside = piece.part(opened + 1, end.start())
    clauses = divided(inside, ",;")
    owning = [clause for clause in clauses if _OWNS.search(clause.folded)]
    if not owning:
        return piece, ()
    owned_until = owning[-1].source.end - inside.start
    parts = [Part(inside.part(0, owned_until), Label(Field.DEPARTMENTS), bracketed=True)]
    rest = inside.part(owned_until)
    rest = rest.part(len(rest.folded) - len(rest.folded.lstrip(",; "))).trimmed()
    if deadline.is_deadline(rest.folded):
        parts.append(Part(rest, Label(Field.DEADLINE), bracketed=True))
    return piece.part(0, opened).trimmed(), tuple(parts)


def _opening(folded: str, closed: int) -> int | None:
    level = 0
    for index in range(closed, -1, -1):
        if folded[index] == ")":
            level += 1
        elif folded[index] == "(":
            level -= 1
            if level == 0:
                return index
    return None
