"""People's names for sentences and pages: one query, and none where nobody is spoken of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.errors import SurroundingsError
from engine.reasons import Reason
from storage.queries.people import names
from web.actor import actor_or_none
from web.context import config
from web.wording import people_in


def names_for(reasons: Iterable[Reason]) -> Mapping[int, str]:
    """Give the names of the people whom reasons speak of.

    Sentences about a failure must not fail themselves: without a database people stay numbers.
    """
    wanted, actor = people_in(reasons), actor_or_none()
    if not wanted or actor is None:
        return {}
    try:
        with config().database.read() as connection:
            return names(connection, actor, wanted)
    except SurroundingsError:
        return {}
