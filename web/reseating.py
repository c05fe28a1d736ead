"""Somebody lost a role, an account or a substitution: their open proposals find whoever signs instead."""

from __future__ import annotations

from contextlib import suppress

from engine.actor import system
from engine.commands import Reseat
from engine.reasons import RefusedError
from storage.queries.seats import open_proposals_of
from web.actor import actor
from web.carrying import task_store
from web.context import config, now
from workflows.rectification.service import submit


def resolve_seats(person: int) -> int:
    """Let every open proposal that counts on a person look again for who signs, each on its own.

    Whoever keeps accounts and positions sees no task, so the system does it, under the number of the request.

    Returns:
        How many proposals now wait for somebody else; one that somebody of the same seat can still sign
        stands as it is.
    """
    surroundings, asked = config(), actor()
    with surroundings.database.read() as connection:
        waiting = open_proposals_of(connection, person, asked)
    by, resolved = system(asked.organisation, asked.request_id), 0
    for task, proposal in waiting:
        with suppress(RefusedError):
            submit(task_store(), surroundings.rules, task, Reseat(proposal), by, now())
            resolved += 1
    return resolved
