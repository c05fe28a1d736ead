"""The loss of a role as the directory records it: one goes, another comes, open proposals look again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from engine.actor import system
from engine.reasons import deny
from storage import directory
from storage.database import Database
from storage.tables import position
from trials.court.people import Court
from trials.court.tasks import RULES
from trials.races.ground import Ground, Press, Said
from workflows.rectification.reseating import resolve_again
from workflows.rectification.vocabulary import Role

_ROLE = Role.DEPARTMENT_HEAD


def handed_over(ground: Ground, proposal: int) -> Press:
    """Let the first department head go and the second come; it wins where it changed who has to sign."""
    court = ground.desk.court

    def press() -> Said:
        only(ground.database, court, 1)
        now = datetime.now(UTC)
        by = system(court.organisation, "trial")
        waiting = [(ground.on.task, proposal)]
        resolved = resolve_again(ground.desk.store, RULES, waiting, by, now)
        return Said(done=True) if resolved else Said(done=False, reasons=(deny("seats_stand"),))

    return press


def only(database: Database, court: Court, number: int) -> None:
    """Let one of the two department heads hold the role, and the other not."""
    now, by = datetime.now(UTC), court.actor(Role.PERFORMANCE_OFFICE)
    today = RULES.timetable.local_day(now)
    comes, goes = court.people[_ROLE][number], court.people[_ROLE][1 - number]
    held = select(position.c.id, position.c.person_id).where(
        position.c.role == _ROLE,
        position.c.person_id.in_((comes, goes)),
        position.c.until_on.is_(None),
    )
    with database.write() as connection:
        holders = {row.person_id: row.id for row in connection.execute(held)}
        if comes not in holders:
            directory.add_position(connection, comes, court.department, _ROLE, today, by, now)
        if goes in holders:
            directory.end_position(connection, holders[goes], today - timedelta(days=1), by, now, today)
