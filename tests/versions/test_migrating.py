"""Tasks move to another version one by one, after what would change was shown, and keep what they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from engine.actor import system
from engine.errors import NotFoundError
from engine.reasons import Reason
from storage.audit_check import check_log, read_log
from storage.tables import audit_entry, deadline, definition_version, organisation, task
from tests.versions.changed import (
    changed,
    more_signers,
    with_another_clock,
    without_acknowledging,
    without_suspension,
)
from tests.versions.conftest import NOW, Office
from trials.court.moves import bundle, proposal
from trials.court.tasks import RULES, Assignment
from workflows.rectification.vocabulary import Role
from workflows.versions.migrating import Prospect, migrate, prospects
from workflows.versions.records import Published


def _seen(office: Office, to: Published) -> list[Prospect]:
    found = prospects(office.migrations, to, RULES, office.system, NOW)
    return [one for one in found if one is not None]


def _move(office: Office, on: Assignment, to: Published) -> tuple[Reason, ...]:
    return migrate(office.migrations, on.task, to, RULES, office.system, NOW)


def _version(office: Office, on: Assignment) -> int:
    query = (
        select(definition_version.c.version)
        .join_from(task, definition_version, definition_version.c.id == task.c.definition_version_id)
        .where(task.c.id == on.task)
    )
    with office.database.read() as connection:
        return int(connection.execute(query).scalar_one())


def _last_entry(office: Office, on: Assignment) -> Mapping[str, Any]:
    query = (
        select(audit_entry.c.body)
        .where(audit_entry.c.stream == f"task:{on.task}")
        .order_by(audit_entry.c.seq.desc())
    )
    with office.database.read() as connection:
        found: Mapping[str, Any] = json.loads(connection.execute(query.limit(1)).scalar_one())
    return found


def _codes(reasons: tuple[Reason, ...]) -> list[str]:
    return [reason.code for reason in reasons]


def _running(office: Office, on: Assignment) -> set[str]:
    query = select(deadline.c.kind).where(deadline.c.task_id == on.task, deadline.c.state != "stopped")
    with office.database.read() as connection:
        return set(connection.execute(query).scalars())


def test_what_would_change_is_shown_task_by_task_and_changes_nothing(office: Office) -> None:
    office.acknowledge(office.tasks[0])
    to = office.publish(more_signers())
    first, second, third = _seen(office, to)
    assert (first.standing.number, first.state, first.against) == (1, "planned", ())
    # Who has not acknowledged cannot start anyhow, so for those two nothing differs yet.
    assert [_codes(one.changes) for one in (first, second, third)] == [["version_signers_changed"], [], []]
    assert [_version(office, each) for each in office.tasks] == [1, 1, 1]


def test_a_task_moves_with_its_state_and_an_entry_and_goes_on_by_the_new_rules(office: Office) -> None:
    on = office.tasks[0]
    office.acknowledge(on)
    to = office.publish(more_signers())
    assert _move(office, on, to) == ()
    assert [_version(office, each) for each in office.tasks] == [2, 1, 1]
    entry = _last_entry(office, on)
    assert (entry["action"], entry["from"], entry["to"]) == ("migrate", "planned", "planned")
    assert (entry["definition"], entry["references"]["from"]) == ("rectification@2", "rectification@1")
    assert check_log(iter(read_log(office.database))).findings == ()
    facts = office.migrations.case(on.task, office.system, RULES.timetable.local_day(NOW))
    assert (facts.task.version, facts.task.latest.action) == (2, "migrate")


def test_moving_again_is_no_change_so_that_whoever_was_stopped_begins_anew(office: Office) -> None:
    to = office.publish(more_signers())
    _move(office, office.tasks[0], to)
    before = _last_entry(office, office.tasks[0])
    assert _move(office, office.tasks[0], to) == ()
    assert _last_entry(office, office.tasks[0]) == before
    assert [one.standing.task for one in _seen(office, to)] == [each.task for each in office.tasks[1:]]


def test_a_state_without_counterpart_keeps_a_task_where_it_is(office: Office) -> None:
    on = office.tasks[0]
    office.start(on)
    office.desk.move("suspend", on, 3, NOW)
    to = office.publish(without_suspension())
    prospect = _seen(office, to)[0]
    assert _codes(prospect.against) == _codes(prospect.changes) == ["version_state_missing"]
    assert _codes(_move(office, on, to)) == ["version_state_missing"]
    assert _version(office, on) == 1
    assert _move(office, office.tasks[1], to) == ()


def test_a_task_that_is_over_stays_on_the_version_it_ended_with(office: Office) -> None:
    to = office.publish(changed())
    with office.database.write() as connection:
        connection.execute(update(task).where(task.c.id == office.tasks[0].task).values(state="cancelled"))
    found = list(prospects(office.migrations, to, RULES, office.system, NOW))
    assert [one is None for one in found] == [True, False, False]


def test_an_open_proposal_keeps_a_task_until_it_was_signed_or_taken_back(office: Office) -> None:
    on = office.tasks[0]
    office.acknowledge(on)
    handler = office.court.people[Role.HANDLER][0]
    started = bundle("start", on, RULES.timetable.local_day(NOW))
    office.desk.submit(on.task, handler, proposal(started, 2), NOW)
    to = office.publish(more_signers())
    prospect = _seen(office, to)[0]
    assert [(r.code, r.values()) for r in prospect.against] == [
        ("version_proposal_waits", {"trigger": "start", "person": handler})
    ]
    assert "version_proposal_signers" in _codes(prospect.changes)
    assert _codes(_move(office, on, to)) == ["version_proposal_waits"]
    assert _version(office, on) == 1


def test_a_clock_that_the_version_does_not_know_is_told_and_ends(office: Office) -> None:
    on = office.tasks[0]
    to = office.publish(without_acknowledging())
    changes = _seen(office, to)[0].changes
    assert ("version_clock_unknown", {"clock": "acknowledge"}) in [(r.code, r.values()) for r in changes]
    assert {"version_option_lost", "version_option_gained"} <= set(_codes(changes))
    before = _running(office, on)
    _move(office, on, to)
    assert before - _running(office, on) == {"acknowledge"}
    assert _last_entry(office, on)["references"]["clocks_ended"] == ["acknowledge"]


def test_a_clock_that_the_version_would_have_begun_is_told_and_not_begun(office: Office) -> None:
    on = office.tasks[0]
    office.start(on)
    to = office.publish(with_another_clock())
    changes = _seen(office, to)[0].changes
    assert [(r.code, r.values()) for r in changes] == [("version_clock_not_begun", {"clock": "verification"})]
    before = _running(office, on)
    _move(office, on, to)
    assert _running(office, on) == before


def test_another_organisations_tasks_are_neither_seen_nor_moved(office: Office) -> None:
    to = office.publish(changed())
    with office.database.write() as connection:
        connection.execute(insert(organisation).values(name="别的法院"))
    other = system(office.court.organisation + 1, "test")
    assert list(prospects(office.migrations, to, RULES, other, NOW)) == []
    assert office.versions.versions(other, "rectification") == ()
    with pytest.raises(NotFoundError):
        migrate(office.migrations, office.tasks[0].task, to, RULES, other, NOW)
