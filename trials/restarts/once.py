"""Whether every rung was recorded and told exactly once: reckoned anew, and compared with what is there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, select

from storage.tables import audit_entry, deadline, notice, outbox, rung
from trials.court.people import Court
from trials.court.tasks import RULES
from workflows.deadlines.moments import schedule
from workflows.deadlines.records import Addressee, OpenDeadline
from workflows.rectification.vocabulary import DeadlineKind, Role

_Key = TypeVar("_Key")
Place = tuple[int, str]
"""A deadline and a rung of its ladder."""


def faults(connection: Connection, court: Court, end: datetime) -> list[str]:
    """Say which rungs and notices are missing, too many or there twice, up to a moment."""
    expected = _expected(connection, end)
    recorded = Counter((row.deadline_id, row.rung) for row in connection.execute(select(rung)))
    return [
        *_compared("rung", Counter(expected.keys()), recorded),
        *_compared("entry about rung", Counter(expected.keys()), _entries(connection)),
        *_told(connection, court, expected),
        *_mailed(connection),
    ]


def twice(connection: Connection) -> int:
    """Count the rungs that are recorded more than once."""
    found = connection.execute(select(rung.c.deadline_id, rung.c.version, rung.c.visit, rung.c.rung)).all()
    return sum(times > 1 for times in Counter(map(tuple, found)).values())


def _expected(connection: Connection, end: datetime) -> dict[Place, tuple[Addressee, ...]]:
    """Give every rung that has come by then, with whom it would tell."""
    found = {}
    for row in connection.execute(select(deadline)):
        clock = OpenDeadline(DeadlineKind(row.kind), row.due_on, row.started_at)
        for moment in schedule(clock, RULES.ladders.with_switches(()), RULES.timetable):
            if moment.at <= end:
                found[row.id, moment.rung.id] = moment.rung.recipients
    return found


def _entries(connection: Connection) -> Counter[Place]:
    """Count what the record of operations says of rungs."""
    found: Counter[Place] = Counter()
    for body in connection.execute(
        select(audit_entry.c.body).where(audit_entry.c.action == "rung")
    ).scalars():
        said = json.loads(body)["references"]
        found.update((said["deadline"], name) for name in said["rungs"])
    return found


def _told(
    connection: Connection, court: Court, expected: dict[Place, tuple[Addressee, ...]]
) -> Iterator[str]:
    fired = connection.execute(select(rung).where(rung.c.outcome == "fired"))
    due = {
        (who, f"rung:{row.deadline_id}:{row.version}:{row.visit}:{row.rung}")
        for row in fired
        for addressee in expected.get((row.deadline_id, row.rung), ())
        for who in court.people[Role(addressee)]
    }
    told = connection.execute(select(notice.c.person_id, notice.c.cause).where(notice.c.cause.like("rung:%")))
    yield from _compared("notice", Counter(due), Counter((row.person_id, row.cause) for row in told))


def _mailed(connection: Connection) -> Iterator[str]:
    """Every urgent notice has one mail of its own; every digest that notices stand in is one mail."""
    notices = connection.execute(select(notice)).all()
    mails = connection.execute(select(outbox)).all()
    own = Counter(row.notice_id for row in mails if row.notice_id is not None)
    yield from _compared("urgent mail", Counter(row.id for row in notices if row.urgent), own)
    digests = {(row.person_id, row.digest_on) for row in notices if row.digest_on is not None}
    sent = Counter((row.person_id, row.digest_on) for row in mails if row.digest_on is not None)
    yield from _compared("digest", Counter(digests), sent)


def _compared(what: str, expected: Counter[_Key], found: Counter[_Key]) -> Iterator[str]:
    for key in expected.keys() | found.keys():
        if expected[key] != found[key]:
            yield f"{what} {key}: {found[key]} instead of {expected[key]}"
