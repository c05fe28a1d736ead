"""A hundred tasks signed on one page with one password, against as many pages with a password each.

Both go the whole way of a person: the page is opened, the form on it is handed in, the password is asked for.
The floor writes the same rows, found by comparing the tables, by bare statements in as many transactions.
``password`` is what asking once costs; ``against_single_without_passwords`` leaves that out on both sides.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape

from flask.testing import FlaskClient
from sqlalchemy import update

from bench import bare, processor, rows
from bench.bare import Bare
from bench.figures import RUNS, Figures
from bench.rows import Snapshot
from storage.accounts import hash_password, password_fits
from storage.blobs.memory import MemoryBlobStore
from storage.database import Database
from storage.sessions import open_session
from storage.tables import account
from storage.task_store import SqlTaskStore
from trials.court.moves import Desk, bundle, proposal
from trials.court.people import Court, settle
from trials.court.places import Places, places
from trials.court.tasks import RULES, assign
from web import WebConfig, create_app
from web.login import COOKIE
from workflows.rectification.vocabulary import Role

DEFAULT = 100
"""Signatures in each run."""

_PASSWORD = "one password of the bench"
_WARM = 8
_NOT_WRITTEN = {"session": "1 = 0", "login_failure": "1 = 0"}
_ITEM = re.compile(r'name="item" value="([^"]+)"')
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class _Scene:
    """A database in which work plans wait for one signer."""

    url: str
    court: Court
    hashed: str
    proposals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """Processor seconds of one run, and what the tables hold before and after it."""

    spent: float
    before: Snapshot
    after: Snapshot


def run(backend: str, n: int) -> Figures:
    """Measure ``n`` signatures in each run."""
    with places(backend) as place:
        scene = _prepare(place, n + _WARM)
        password = _password(scene.hashed)
        many, single, floor, same = [], [], [], True
        for _ in range(RUNS):
            at_once = _product(place, scene, _sign)
            one_by_one = _product(place, scene, _each)
            statements = _statements(place, scene, at_once)
            many.append(at_once.spent * 1000)
            single.append(one_by_one.spent * 1000)
            floor.append(statements.spent * 1000)
            same = same and statements.after == at_once.after
    together, alone = statistics.median(many), statistics.median(single)
    more = {
        "single": round(alone / n, 4),
        "against_single": round(together / alone, 3),
        "password": round(password * 1000, 4),
        "against_single_without_passwords": round(
            (together - password * 1000) / (alone - n * password * 1000), 3
        ),
        "same_rows": same,
    }
    ours, bare_ones = ([spent / n for spent in side] for side in (many, floor))
    return Figures(n, ours, bare_ones, "milliseconds of processor time a signature", more, sound=same)


def _prepare(place: Places, count: int) -> _Scene:
    """Let work plans be proposed, and give their signer a password."""
    now, url, hashed = datetime.now(UTC), place.new(), hash_password(_PASSWORD)
    database = Database(url)
    try:
        court = settle(database, now)
        desk = Desk(SqlTaskStore(database), court)
        signer, handler = court.people[Role.DEPARTMENT_HEAD][0], court.people[Role.HANDLER][0]
        found = []
        for on in assign(database, court, count, now):
            version = desk.move("acknowledge", on, 1, now).version
            content = bundle("start", on, RULES.timetable.local_day(now))
            receipt = desk.submit(on.task, handler, proposal(content, version), now)
            found.append(receipt.proposal or 0)
        with database.write() as connection:
            known = update(account).where(account.c.person_id == signer)
            connection.execute(known.values(password_hash=hashed, must_change=False))
    finally:
        database.close()
    return _Scene(url, court, hashed, tuple(found))


def _password(hashed: str) -> float:
    """Give the processor seconds of asking for the password once."""
    clock, spent = processor.own, []
    for _ in range(RUNS):
        started = clock()
        password_fits(_PASSWORD, hashed)
        spent.append(clock() - started)
    return statistics.median(spent)


def _product(place: Places, scene: _Scene, sign: Callable[[FlaskClient, Sequence[int]], None]) -> _Run:
    """Let the signer sign on a copy, warmed up by some single signatures."""
    copy = place.copy(scene.url)
    database, look = Database(copy), bare.connect(copy)
    try:
        client = _browser(database, scene.court)
        _each(client, scene.proposals[:_WARM])
        before, clock = rows.snapshot(look, _NOT_WRITTEN), look.clock()
        started = clock()
        sign(client, scene.proposals[_WARM:])
        spent = clock() - started
        return _Run(spent, before, rows.snapshot(look, _NOT_WRITTEN))
    finally:
        look.close()
        database.close()
        place.drop(copy)


def _browser(database: Database, court: Court) -> FlaskClient:
    config = WebConfig(
        database=database,
        blobs=MemoryBlobStore(),
        rules=RULES,
        secret_key="a key for benches that nobody guesses",  # noqa: S106  # As it says.
        base_url="http://127.0.0.1:8000",
        clock=lambda: datetime.now(UTC),
    )
    signer = court.people[Role.DEPARTMENT_HEAD][0]
    with database.write() as connection:
        token = open_session(connection, signer, court.organisation, "127.0.0.1", datetime.now(UTC))
    client = create_app(config).test_client()
    client.set_cookie(COOKIE, token)
    return client


def _each(client: FlaskClient, numbers: Sequence[int]) -> None:
    for number in numbers:
        _sign(client, [number])


def _sign(client: FlaskClient, numbers: Sequence[int]) -> None:
    """Open the page of some proposals and hand in the form on it."""
    page = client.get("/sign", query_string={"proposal": list(numbers)}).text
    items, token = _ITEM.findall(page), _TOKEN.findall(page)
    data = {"item": items, "proposal": list(numbers), "opinion": "agree", "password": _PASSWORD}
    answer = client.post("/sign", data={**data, "csrf_token": unescape(token[0])})
    if len(items) != len(numbers) or f"已签批{len(numbers)}项" not in answer.text:
        message = f"{len(numbers)} signatures were not given: {answer.status_code}"
        raise RuntimeError(message)


def _statements(place: Places, scene: _Scene, at_once: _Run) -> _Run:
    """Write the rows of the product's run by bare statements, task by task."""
    copy = place.copy(scene.url)
    connection = bare.connect(copy)
    try:
        warm = rows.difference(rows.snapshot(connection, _NOT_WRITTEN), at_once.before)
        _write(connection, warm)
        work = rows.difference(at_once.before, at_once.after)
        before, clock = rows.snapshot(connection, _NOT_WRITTEN), connection.clock()
        started = clock()
        _write(connection, work)
        return _Run(clock() - started, before, rows.snapshot(connection, _NOT_WRITTEN))
    finally:
        connection.close()
        place.drop(copy)


def _write(connection: Bare, work: dict[int, tuple[bare.Statement, ...]]) -> None:
    for statements in work.values():
        connection.write(statements)
