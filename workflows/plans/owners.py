"""Reads who answers for a task: leaders, departments, and cells that name both at once.

It must not know the directory; it tells what the text names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workflows.plans import names
from workflows.plans.drafts import Draft
from workflows.plans.label_words import Field
from workflows.plans.names import Departments
from workflows.plans.people import people
from workflows.plans.pieces import Piece, Words

# A word of two or three characters that ends like none of these is a person where departments and people mix.
_UNIT = re.compile(r"[办室处科庭局委部院组会队所站厅司社校府党街乡镇县区市团馆联署行心门位]$")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,3}")
_TOKEN = re.compile(r"[^\s、,;。()/:]+(?:\([^()]*[、,][^()]*\))?")


@dataclass(frozen=True, slots=True)
class Owners:
    """Who answers for a task."""

    leaders: tuple[Words, ...]
    handlers: tuple[Words, ...]
    lead: Words | None
    departments: tuple[Words, ...]


def read(draft: Draft) -> Owners:
    """Give who answers for a task."""
    mixed_departments, mixed_people = _mixed(draft.pieces(Field.OWNER))
    leaders = people(tuple(draft.pieces(Field.LEADERS)))
    persons = (*people(tuple(draft.pieces(Field.PERSON))), *mixed_people)
    handlers = people(tuple(draft.pieces(Field.HANDLERS)))
    leading = _departments(draft, Field.LEAD)
    responsible = _departments(draft, Field.DEPARTMENTS)
    supporting = _departments(draft, Field.SUPPORTING)
    named = [*responsible.leading, *responsible.names, *mixed_departments]
    # A department that only helps never leads, wherever it stands in the list.
    able = [name for name in named if name not in responsible.helping]
    lead = next(iter([*leading.names, *able]), None)
    every = [*([lead] if lead else []), *leading.names, *named, *supporting.names]
    return Owners(
        leaders or persons,
        (*persons, *handlers) if leaders else handlers,
        lead,
        tuple(
            {name.text: name for name in reversed(every)}[text]
            for text in dict.fromkeys(n.text for n in every)
        ),
    )


def _departments(draft: Draft, field: Field) -> Departments:
    return names.departments(tuple(draft.pieces(field)))


def _mixed(pieces: list[Piece]) -> tuple[list[Words], list[Words]]:
    departments: list[Words] = []
    persons: list[Words] = []
    for piece in pieces:
        for match in _TOKEN.finditer(piece.folded):
            part = piece.part(match.start(), match.end())
            words = Words(part.text, (part.source,))
            is_person = _NAME.fullmatch(part.folded) is not None and _UNIT.search(part.folded) is None
            (persons if is_person else departments).append(words)
    return departments, persons
