"""One process at a time runs a job that only one may run, and a late sleeper writes nothing."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from storage import leases
from storage.counters import next_number
from storage.database import Database
from storage.leases import LeaseLostError

_NOW = datetime(2027, 3, 1, 8, 30, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


def test_a_lease_is_held_by_one_until_it_ends(database: Database) -> None:
    first = leases.take(database, "sequencer", "a", _NOW, _NOW + _MINUTE)
    assert first is not None
    assert leases.take(database, "sequencer", "b", _NOW, _NOW + _MINUTE) is None
    assert leases.take(database, "other", "b", _NOW, _NOW + _MINUTE) is not None
    later = _NOW + _MINUTE
    second = leases.take(database, "sequencer", "b", later, later + _MINUTE)
    assert second is not None
    assert second.token == first.token + 1


def test_a_renewed_lease_lasts_on(database: Database) -> None:
    held = leases.take(database, "sequencer", "a", _NOW, _NOW + _MINUTE)
    assert held is not None
    held = leases.renew(database, held, _NOW + _MINUTE / 2, _NOW + 2 * _MINUTE)
    assert leases.take(database, "sequencer", "b", _NOW + _MINUTE, _NOW + 3 * _MINUTE) is None
    leases.let_go(database, held, _NOW + _MINUTE)
    assert leases.take(database, "sequencer", "b", _NOW + _MINUTE, _NOW + 3 * _MINUTE) is not None


def test_who_slept_through_the_end_writes_nothing(database: Database) -> None:
    held = leases.take(database, "sequencer", "a", _NOW, _NOW + _MINUTE)
    assert held is not None
    with database.write() as connection:
        leases.require(connection, held, _NOW)
    later = _NOW + _MINUTE
    for taken in (False, True):
        if taken:
            leases.take(database, "sequencer", "b", later, later + _MINUTE)
        with pytest.raises(LeaseLostError), database.write() as connection:
            leases.require(connection, held, later)
        with pytest.raises(LeaseLostError):
            leases.renew(database, held, later, later + _MINUTE)


def test_of_many_who_ask_at_once_one_gets_it(database: Database) -> None:
    got: list[object] = []

    def ask(number: int) -> None:
        got.append(leases.take(database, "sequencer", str(number), _NOW, _NOW + _MINUTE))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([one for one in got if one is not None]) == 1


def test_running_numbers_have_no_gap_and_none_twice(database: Database) -> None:
    given: list[int] = []

    def ask(name: str, year: int) -> None:
        with database.write() as connection:
            given.append(next_number(connection, 1, name, year))

    threads = [threading.Thread(target=ask, args=("receipt", 2026)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == list(range(1, 9))
    ask("receipt", 2027)
    ask("letter", 2026)
    assert given[8:] == [1, 1]


def test_a_number_that_was_not_used_after_all_is_given_again(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        _fail(database)
    with database.write() as connection:
        assert next_number(connection, 1, "receipt", 2026) == 1


def _fail(database: Database) -> None:
    with database.write() as connection:
        next_number(connection, 1, "receipt", 2026)
        raise ZeroDivisionError
