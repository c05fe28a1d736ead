"""Fixtures that every part of the tests may ask for, and the rule that nothing is skipped.

It knows the surroundings (databases, browser, the shared folder), and of the product nothing at all.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support import chromium as browsers
from tests.support import postgres
from tests.support.postgres import Server
from tests.support.surroundings import SHARED
from tests.support.visitors import Visitors

pytest_plugins = ("tests.support.databases",)

_SERVER = pytest.StashKey[contextlib.ExitStack]()

# A setting of the machine's owner must not leak into a test; what is meant for the tests may.
for _name in [name for name in os.environ if name.startswith("ZHENGGAI_")]:
    if not _name.startswith("ZHENGGAI_TEST_"):
        del os.environ[_name]

# A shell lets what it starts in the background ignore Ctrl-C, and processes hand that on to those they start;
# the tests press Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Two busy cores make any single example slow at times; the whole test has a time limit of its own.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """Starts the one PostgreSQL that all workers share; they are told through the environment."""
    stack = contextlib.ExitStack()
    config.stash[_SERVER] = stack
    os.environ[postgres.VARIABLE] = stack.enter_context(postgres.running()).url


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stops what ``pytest_xdist_setupnodes`` started."""
    stack = config.stash.get(_SERVER, None)
    if stack is not None:
        stack.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Lets tests marked ``shared`` rest where the shared folder is absent."""
    if SHARED.is_dir():
        return
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(pytest.mark.skip(reason="the shared folder is absent"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turns every other skip into a failure: a test that cannot run says nothing."""
    report = yield
    rests = item.get_closest_marker("shared") and not SHARED.is_dir()
    if report.skipped and not rests:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turns a module that skips itself into a failure."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def shared() -> Path:
    """The customer's examples beside the repository; asked for by tests marked ``shared``."""
    assert SHARED.is_dir(), "mark this test 'shared'"
    return SHARED


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """The PostgreSQL of this session."""
    with postgres.running() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """An empty PostgreSQL database."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'zhenggai.db'}"


@pytest.fixture(params=["sqlite_url", "postgres_url"], ids=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind, one after the other."""
    # Asked for by name, so that a test on SQLite starts no PostgreSQL.
    return str(request.getfixturevalue(request.param))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = browsers.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def visitors(chromium: Browser) -> Iterator[Visitors]:
    """Windows for the people of a journey; fails where a page called another host or a script failed."""
    people = Visitors(chromium)
    yield people
    people.close()
    assert people.complaints == []
