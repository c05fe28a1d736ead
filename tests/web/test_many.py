"""Many at once: each is done on its own, and the answer lists every success and every refusal."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import Connection, func, select

from engine.errors import SurroundingsError
from storage.database import Database
from storage.tables import signature, step
from tests.support.seed import PASSWORD, Court
from tests.web.driving import completed, propose, sentences, sign, started
from web.carrying import carry_out
from workflows.rounds import one_by_one

_TASK = re.compile(r'name="task" id="fresh-\d+" value="(\d+)"')


def _main(page: str) -> str:
    return sentences(page).partition("本页编号")[0]


def _items(court: Court, login: str) -> list[str]:
    return re.findall(r'name="item" value="([^"]+)"', court.visitor(login).get("/sign").text)


def _count(court: Court, table: object) -> int:
    with court.database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]  # A table.


def test_a_handler_acknowledges_what_was_assigned_in_one_go(seeded: Court) -> None:
    client = seeded.visitor("handler")
    chosen = _TASK.findall(client.get("/handler/").text)
    assert chosen == [str(task) for task in seeded.tasks]

    first = client.post("/handler/acknowledge", data={"task": chosen})
    again = client.post("/handler/acknowledge", data={"task": chosen})

    assert "已签收4项，共4项。" in sentences(first.text)
    assert (again.status_code, _main(again.text)) == (200, _main(first.text))
    assert _count(seeded, step) == 4
    assert _TASK.findall(client.get("/handler/").text) == []


def test_what_cannot_be_acknowledged_is_listed_with_its_reason(seeded: Court) -> None:
    propose(seeded, "head", seeded.tasks[1], "acknowledge")
    typed = {"task": [*map(str, seeded.tasks[:2]), "999", "x"]}
    answer = seeded.visitor("handler").post("/handler/acknowledge", data=typed)
    said = sentences(answer.text)
    assert (answer.status_code, "已签收1项，共3项。" in said) == (200, True)
    assert "已办 任务1" in said
    assert re.search("未办 任务2 .* 任务已经签收。", said), said
    assert "没有这项整改任务，或者您无权查看。" in said


def test_nothing_ticked_acknowledges_nothing(seeded: Court) -> None:
    answer = seeded.visitor("handler").post("/handler/acknowledge", follow_redirects=True)
    assert "请先勾选要签收的任务。" in sentences(answer.text)


def test_nobody_acknowledges_other_departments_tasks(seeded: Court) -> None:
    answer = seeded.visitor("stranger").post("/handler/acknowledge", data={"task": str(seeded.tasks[0])})
    assert answer.status_code == 404
    assert "任务1" not in sentences(answer.text)
    assert _count(seeded, step) == 0


def test_one_publication_for_several_tasks_says_of_each_what_came_of_it(seeded: Court) -> None:
    first, second, third = seeded.tasks[:3]
    for task in (first, second):
        started(seeded, task)
        completed(seeded, task)
        _verify(seeded, task)
    typed = {"text": "均已完成", "add_address": "https://court.example/1", "also": [str(second), str(third)]}
    answer = propose(seeded, "publicity", first, "publicize", typed)
    said = sentences(answer.text)
    assert (answer.status_code, "已提请2项，共3项。" in said) == (200, True), said
    assert re.search("已办 任务1 .* 已办 任务2 .* 未办 任务… 没有这项整改任务", said), said


def _verify(court: Court, task: int) -> None:
    from tests.web.driving import criteria

    verdicts = {f"c{number}_verdict": "met" for number in criteria(court, task)}
    assert propose(court, "verifier", task, "verify", verdicts).status_code == 303
    for login in ("office_head", "leader"):
        sign(court, login)


@pytest.fixture
def waiting(seeded: Court) -> Court:
    """Three work plans wait for the department head."""
    for task in seeded.tasks[:3]:
        propose(seeded, "handler", task, "acknowledge")
        propose(seeded, "handler", task, "start")
    return seeded


def test_a_database_that_goes_in_the_middle_tells_what_was_done_and_what_was_not(
    waiting: Court, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {"item": _items(waiting, "head"), "proposal": ["1", "2", "3"], "password": PASSWORD}
    _goes_away(monkeypatch, after=3)
    answer = waiting.visitor("head").post("/sign", data=data)
    monkeypatch.undo()
    said = sentences(answer.text)
    assert (answer.status_code, "已签批1项，共3项。" in said) == (503, True), said
    assert re.search("已办 启动整改 · 任务1 .* 未办 启动整改 · 任务2 .* 尚未办 启动整改 · 任务3 ", said), said
    assert "前面的事项因故障中断，这一项还没有办理。" in said
    assert _count(waiting, signature) == 1
    again = waiting.visitor("head").post("/sign", data=data)
    assert (again.status_code, "已签批3项，共3项。" in sentences(again.text)) == (200, True)
    assert _count(waiting, signature) == 3


def _goes_away(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Let the database fail for good once so many units of work were begun."""
    begun, write, read = [0], Database.write, Database.read

    def counted(database: Database) -> AbstractContextManager[Connection]:
        begun[0] += 1
        if begun[0] > after:
            raise SurroundingsError("database_unreachable")
        return write(database)

    def gone(database: Database) -> AbstractContextManager[Connection]:
        if begun[0] > after:
            raise SurroundingsError("database_unreachable")
        return read(database)

    monkeypatch.setattr(Database, "write", counted)
    monkeypatch.setattr(Database, "read", gone)


def test_a_fault_of_our_own_hides_nothing_of_what_was_done(
    waiting: Court, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(task: int, command: object) -> object:
        if task == waiting.tasks[1]:
            raise ZeroDivisionError
        return carry_out(task, command)  # type: ignore[arg-type]  # A command.

    monkeypatch.setattr("web.pages.sign.carry_out", faulty)
    answer = waiting.visitor("head").post(
        "/sign", data={"item": _items(waiting, "head"), "proposal": ["1", "2", "3"], "password": PASSWORD}
    )
    said = sentences(answer.text)
    assert "已签批2项，共3项。" in said
    assert "系统内部出错" in said


def test_after_the_surroundings_failed_nothing_more_is_tried() -> None:
    tried: list[int] = []

    def work(number: int) -> int:
        tried.append(number)
        if number == 2:
            raise SurroundingsError("database_busy")
        return number

    found = one_by_one([1, 2, 3, 4], work)
    assert tried == [1, 2]
    assert [(a.result, a.tried) for a in found] == [(1, True), (None, True), (None, False), (None, False)]
