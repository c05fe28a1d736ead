"""Positions that began or ended by themselves: found over an index, and what rests on them.

Implements ``workflows.rectification.ports.PositionStore``. Any number of processes may look: what one has
noted the others leave alone. Must not know what becomes of a proposal whose signer is gone.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select, update

from storage.database import Database
from storage.queries.seats import open_proposals_about
from storage.sessions import EndReason, end_sessions_of
from storage.tables import position
from workflows.rectification.records import PositionChanged

_CHANGED = (
    select(position.c.id, position.c.organisation_id, position.c.person_id)
    .where(position.c.next_on <= bindparam("today"))
    .order_by(position.c.next_on, position.c.id)
    .limit(bindparam("most"))
)
_POSITION = (
    select(position.c.from_on, position.c.until_on)
    .where(position.c.id == bindparam("number"), position.c.next_on <= bindparam("today"))
    .with_for_update()
)
_NEXT = update(position).where(position.c.id == bindparam("number")).values(next_on=bindparam("following"))


class SqlPositionStore:
    """The positions of a database.

    Args:
        database: Where they are kept.
        zone: Where calendar days begin and end.
    """

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._database = database
        self._zone = zone

    def changed(self, now: datetime, limit: int) -> tuple[PositionChanged, ...]:
        """Give positions that nobody has looked at since they began, ended or were changed by hand."""
        with self._database.read() as connection:
            rows = connection.execute(_CHANGED, {"today": self._day(now), "most": limit})
            return tuple(PositionChanged(*row) for row in rows)

    def waiting(self, change: PositionChanged) -> tuple[tuple[int, int], ...]:
        """Give the open proposals that may now wait for somebody else, each as task and proposal."""
        with self._database.read() as connection:
            return open_proposals_about(connection, change.person, change.organisation)

    def settle(self, change: PositionChanged, now: datetime) -> None:
        """Note that a position was looked at; one that is over ends the log-ins from before its end.

        Whoever logged in afterwards did so without it, and goes on.
        """
        today = self._day(now)
        with self._database.write() as connection:
            keys = {"number": change.position, "today": today}
            row = connection.execute(_POSITION, keys).one_or_none()
            if row is None:
                return
            over = None if row.until_on is None else row.until_on + timedelta(days=1)
            days = [day for day in (row.from_on, over) if day is not None and day > today]
            connection.execute(_NEXT, {"number": change.position, "following": min(days, default=None)})
            if over is not None and over <= today:
                midnight = datetime.combine(over, time(), self._zone)
                end_sessions_of(connection, change.person, EndReason.ROLE_LOST, now, before=midnight)

    def _day(self, now: datetime) -> date:
        return now.astimezone(self._zone).date()
