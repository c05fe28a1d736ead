"""Somebody lost a role, an account or a substitution: their open proposals find whoever signs instead."""

from __future__ import annotations

from engine.actor import system
from storage.queries.seats import open_proposals_of
from web.actor import actor
from web.carrying import task_store
from web.context import config, now
from workflows.rectification.reseating import resolve_again


def resolve_seats(person: int) -> int:
    """Let every open proposal that counts on a person look again for who signs.

    Whoever keeps accounts and positions sees no task, so the system does it, under the number of the request.

    Returns:
        How many proposals now wait for somebody else.
    """
    surroundings, asked = config(), actor()
    with surroundings.database.read() as connection:
        waiting = open_proposals_of(connection, person, asked)
    by = system(asked.organisation, asked.request_id)
    return resolve_again(task_store(), surroundings.rules, waiting, by, now())
