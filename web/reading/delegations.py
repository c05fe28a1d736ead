"""Everything the page of delegations shows, read in one short reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.actor import Actor, Holding
from storage.database import Database
from storage.queries import Reading, choices
from storage.queries.delegations import (
    DelegationLine,
    Someone,
    Use,
    allowing,
    delegated_to,
    delegations_of,
    secretaries_of,
    uses,
)
from storage.queries.leading import answered_for, led_by_department
from storage.queries.lines import TaskLine
from storage.queries.plan_directory import directory_of
from workflows.delegations.records import APART_ROLES, DELEGATING_ROLES
from workflows.plans.records import Directory, PersonEntry


@dataclass(frozen=True, slots=True)
class DelegationsView:
    """What the page shows.

    Attributes:
        principals: Whose signature the reader may arrange: their own, and that of whoever allowed them.
        signs: Whether the reader signs anything themselves.
        delegates: Who may be chosen to sign, with the department.
        people: Who may be chosen as secretary: whoever can log in.
        plans: The plans there are.
        tasks: The unfinished tasks of those principals.
        standing: Their delegations that hold or are to begin.
        past: Those that were withdrawn or have run out.
        mine: By which the reader may sign for others now or later.
        secretaries: Who may arrange it for the reader.
        uses: What was signed in the place of those principals.
    """

    principals: tuple[choices.Choice, ...]
    signs: bool
    delegates: tuple[choices.Choice, ...]
    people: tuple[choices.Choice, ...]
    plans: tuple[choices.Choice, ...]
    tasks: tuple[TaskLine, ...]
    standing: tuple[DelegationLine, ...]
    past: tuple[DelegationLine, ...]
    mine: tuple[DelegationLine, ...]
    secretaries: tuple[Someone, ...]
    uses: tuple[Use, ...]


def read_delegations(database: Database, actor: Actor, today: date) -> DelegationsView:
    """Read what a person may arrange and what they were let do.

    Args:
        database: The database.
        actor: Who looks.
        today: The calendar day on which positions and periods count.
    """
    with database.read() as connection:
        directory = directory_of(connection, actor, today)
        people = {entry.person: entry for entry in directory.people}
        signs = actor.has_role(*DELEGATING_ROLES)
        allowed = allowing(connection, actor)
        own = ((actor.person, people[actor.person].name),) if signs and actor.person is not None else ()
        principals = (*own, *((someone.person, someone.name) for someone in allowed))
        numbers = [number for number, _ in principals] + ([actor.person] if actor.person else [])
        found = delegations_of(connection, actor, numbers)
        return DelegationsView(
            principals=principals,
            signs=signs,
            delegates=_delegates(directory, actor),
            people=tuple(
                (p.person, p.name) for p in directory.people if p.active and p.person != actor.person
            ),
            plans=choices.plans(connection, actor) if principals else (),
            tasks=_tasks(connection, actor, [people[number] for number, _ in principals]),
            standing=tuple(line for line in found if line.stands(today)),
            past=tuple(line for line in found if not line.stands(today)),
            mine=tuple(line for line in delegated_to(connection, actor) if line.stands(today)),
            secretaries=secretaries_of(connection, actor),
            uses=uses(connection, actor, numbers),
        )


def _delegates(directory: Directory, actor: Actor) -> tuple[choices.Choice, ...]:
    """Everybody who takes part in tasks, with the department by which two of one name are told apart."""
    names = {entry.department: entry.short_name or entry.name for entry in directory.departments}
    return tuple(
        (person.person, f"{person.name}　{names[person.posts[0].department]}")
        for person in directory.people
        if person.active
        and person.person != actor.person
        and any(post.role not in APART_ROLES for post in person.posts)
    )


def _tasks(connection: Reading, actor: Actor, principals: list[PersonEntry]) -> tuple[TaskLine, ...]:
    found: dict[int, TaskLine] = {}
    for person in principals:
        held = frozenset(Holding(post.role, post.department) for post in person.posts)
        principal = Actor(person.person, actor.organisation, held)
        led = (*answered_for(connection, principal), *led_by_department(connection, principal))
        found.update((line.task, line) for line in led)
    return tuple(sorted(found.values(), key=lambda line: (-line.year, line.plan, line.number)))
