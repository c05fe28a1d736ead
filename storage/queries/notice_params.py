"""The values of notices as people read them: whoever is named by identifier gets their name."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from storage.tables import person
from workflows.notices.records import PEOPLE

_NAMES = select(person.c.id, person.c.name).where(person.c.id.in_(bindparam("people", expanding=True)))


def spoken_params(connection: Connection, stored: Sequence[str]) -> list[dict[str, str | int]]:
    """Give the values of notices with names in them, in one statement for all.

    Args:
        connection: The reading.
        stored: The values as they are kept, each a JSON object; people are kept by identifier.

    Returns:
        The values in the same order.
    """
    found: list[dict[str, str | int]] = [json.loads(text) for text in stored]
    said = [(params, name) for params in found for name in PEOPLE if str(params.get(name, "")).isdecimal()]
    people = {int(params[name]) for params, name in said}
    rows = connection.execute(_NAMES, {"people": sorted(people)})
    names = {row.id: row.name for row in rows}
    for params, name in said:
        params[name] = names.get(int(params[name]), str(params[name]))
    return found
