"""A round that takes long is told of when that is worth a line, and not at every beat."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

import pytest

import scheduler
from storage.outbox_store import SqlOutboxStore
from storage.sweep_store import SqlSweepStore
from tests.scheduler.test_scheduler import around
from tests.support.seed import Court


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Give what a person finds in the log of the process."""
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.fixture
def beats(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], int]], None]:
    """Let one job alone beat, ten times a second."""

    def let(job: Callable[[], int]) -> None:
        monkeypatch.setattr(scheduler, "jobs", lambda *_: {"slow": (job, 0.1)})

    return let


def test_a_round_that_outlasts_some_beats_is_no_news(
    swept: Court,
    sweeps: SqlSweepStore,
    outbox: SqlOutboxStore,
    beats: Callable[[Callable[[], int]], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    rounds = threading.Semaphore(0)

    def slow() -> int:
        time.sleep(0.5)
        rounds.release()
        return 1

    beats(slow)
    metronome = scheduler.start(around(swept, sweeps, outbox, None))
    assert [rounds.acquire(timeout=30) for _ in range(2)] == [True, True]
    metronome.shutdown()
    assert said(caplog) == []


def test_a_round_that_hangs_is_told_of_ever_more_rarely_and_so_is_its_end(
    swept: Court,
    sweeps: SqlSweepStore,
    outbox: SqlOutboxStore,
    beats: Callable[[Callable[[], int]], None],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scheduler, "LONG_ROUND", 0.3)
    go_on = threading.Event()

    def hangs() -> int:
        go_on.wait(30)
        return 1

    beats(hangs)
    metronome = scheduler.start(around(swept, sweeps, outbox, None))
    time.sleep(2)
    go_on.set()
    metronome.shutdown()
    told = said(caplog)
    assert 2 <= len(told) <= 5, told
    assert told[0] == "job slow has been at work for 0 seconds; its next round waits"
    assert told[-1] in {f"job slow has ended; it took {seconds} seconds" for seconds in (1, 2, 3)}


def test_what_else_the_metronome_complains_of_is_heard(caplog: pytest.LogCaptureFixture) -> None:
    metronome = logging.getLogger("zhenggai.scheduler.metronome")
    metronome.warning("Error getting due jobs from job store %r: %s", "default", "lost")
    assert said(caplog) == ["Error getting due jobs from job store 'default': lost"]
