"""Browsers send a form twice, people press back: one effect, the same answer; another text is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from storage.tables import METADATA
from tests.support.seed import PASSWORD, Court
from tests.web.driving import completed, fields, propose, sentences, sign, started, upload

_Press = Callable[[], TestResponse]
_NOT_COUNTED = {"session", "blob", "draft", "account", "throttle"}
"""What a request may leave behind whatever it comes to: log-ins, files, forms begun."""


def _stands(court: Court) -> dict[str, int]:
    """Count the rows of every table in which the effect of a command could stand."""
    with court.database.read() as connection:
        tables = [table for name, table in METADATA.tables.items() if name not in _NOT_COUNTED]
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables
        }


def _signing(court: Court) -> _Press:
    items = re.findall(r'name="item" value="([^"]+)"', court.visitor("head").get("/sign").text)
    data = {"item": items, "proposal": ["1"], "password": PASSWORD, "opinion": "agree"}
    return lambda: court.visitor("head").post("/sign", data=data)


def _posting(login: str, url: str, page: str, **typed: str) -> Callable[[Court], _Press]:
    def begin(court: Court) -> _Press:
        data = {**fields(court.visitor(login).get(page).text), "action": "submit", **typed}
        return lambda: court.visitor(login).post(url, data=data)

    return begin


def _with_file(court: Court) -> _Press:
    """A revision that takes a file away, renames another, and brings a new one."""
    client, url = court.visitor("handler"), "/proposals/1/revise"
    for name in ("甲.txt", "乙.txt"):
        data: dict[str, Any] = {**fields(client.get(url).text), "action": "submit"}
        data |= {"attached": upload(name, name.encode())}
        assert client.post(url, data=data, content_type="multipart/form-data").status_code == 303
    data = {**fields(client.get(url).text), "action": "submit", "drop_r0": "1", "title_r1": "新名"}
    return lambda: client.post(
        url, data={**data, "attached": upload("丙.txt", b"third")}, content_type="multipart/form-data"
    )


_FORMS: Mapping[str, Callable[[Court], _Press]] = {
    "sign": _signing,
    "send back": _posting("head", "/proposals/1/send-back", "/proposals/1", reason="请写明日期。"),
    "withdraw": _posting("handler", "/proposals/1/withdraw", "/proposals/1"),
    "revise": _posting("handler", "/proposals/1/revise", "/proposals/1/revise", text="改过一次"),
    "revise with files": _with_file,
}
"""What is done to an open proposal, each by the form that its page shows."""


@pytest.fixture
def waiting(seeded: Court) -> Court:
    """A work plan waits for the department head."""
    propose(seeded, "handler", seeded.tasks[0], "acknowledge")
    propose(seeded, "handler", seeded.tasks[0], "start")
    return seeded


@pytest.mark.parametrize("what", _FORMS)
def test_the_same_form_again_has_one_effect_and_the_same_answer(waiting: Court, what: str) -> None:
    press = _FORMS[what](waiting)
    first = press()
    before = _stands(waiting)
    again = press()
    assert (again.status_code, again.location) == (first.status_code, first.location), sentences(again.text)
    assert first.status_code in {200, 303}
    assert _stands(waiting) == before


@pytest.mark.parametrize("what", ["send back", "revise"])
def test_the_same_form_again_is_known_whatever_happened_since(waiting: Court, what: str) -> None:
    press = _FORMS[what](waiting)
    first = press()
    if what == "revise":
        for login in ("head", "leader"):
            sign(waiting, login)
    else:
        propose(waiting, "handler", waiting.tasks[0], "start")
    before = _stands(waiting)
    again = press()
    assert (again.status_code, again.location) == (first.status_code, first.location)
    assert _stands(waiting) == before


def _completion(court: Court) -> dict[str, Any]:
    started(court, court.tasks[0])
    page = court.visitor("handler").get(f"/tasks/{court.tasks[0]}/propose/complete").text
    numbers = re.findall(r'name="(proof_\d+)"', page)
    return {**fields(page), "action": "submit", **{name: name for name in numbers}}


def _complete(court: Court, data: Mapping[str, Any], **other: str) -> TestResponse:
    files = {name: upload(f"{name}.txt", name.encode()) for name in data if name.startswith("proof_")}
    url = f"/tasks/{court.tasks[0]}/propose/complete"
    typed = {**data, **files, **other}
    return court.visitor("handler").post(url, data=typed, content_type="multipart/form-data")


def test_a_proposal_with_its_files_again_has_one_effect(seeded: Court) -> None:
    data = _completion(seeded)
    first = _complete(seeded, data)
    before = _stands(seeded)
    again = _complete(seeded, data)
    assert (first.status_code, again.status_code) == (303, 303), sentences(again.text)
    assert again.location == first.location
    assert _stands(seeded) == before


def test_a_proposal_whose_files_were_saved_before_is_known_again(seeded: Court) -> None:
    data = _completion(seeded)
    _complete(seeded, data, action="save")
    page = seeded.visitor("handler").get(f"/tasks/{seeded.tasks[0]}/propose/complete").text
    typed = {**fields(page), "action": "submit"}
    assert any(name.startswith("title_") for name in typed)
    url = f"/tasks/{seeded.tasks[0]}/propose/complete"
    first = seeded.visitor("handler").post(url, data=typed)
    before = _stands(seeded)
    again = seeded.visitor("handler").post(url, data=typed)
    assert (first.status_code, again.status_code) == (303, 303), sentences(first.text)
    assert _stands(seeded) == before


@pytest.mark.parametrize("since", ["nothing", "signed"])
def test_a_key_that_comes_with_another_text_is_refused(seeded: Court, since: str) -> None:
    data = _completion(seeded)
    assert _complete(seeded, data).status_code == 303
    if since == "signed":
        for login in ("head", "leader"):
            sign(seeded, login)
    before = _stands(seeded)
    other = _complete(seeded, data, text="另外的话")
    assert other.status_code == 409
    assert "这个表单已经提交过，内容与现在不同" in sentences(other.text)
    more = {**data, "attached": upload("另外.txt", b"more")}
    url = f"/tasks/{seeded.tasks[0]}/propose/complete"
    answer = seeded.visitor("handler").post(url, data=more, content_type="multipart/form-data")
    assert answer.status_code == 409
    assert _stands(seeded) == before


def test_a_proposal_again_after_it_was_verified_is_still_known(seeded: Court) -> None:
    task = seeded.tasks[0]
    propose(seeded, "handler", task, "acknowledge")
    client, url = seeded.visitor("handler"), f"/tasks/{task}/propose/start"
    data = {**fields(client.get(url).text), "action": "submit"}
    first = client.post(url, data=data)
    for login in ("head", "leader"):
        sign(seeded, login)
    completed(seeded, task)
    before = _stands(seeded)
    again = client.post(url, data=data)
    assert (again.status_code, again.location) == (first.status_code, first.location)
    assert _stands(seeded) == before


def test_a_second_signature_with_other_words_is_no_repetition(waiting: Court) -> None:
    items = re.findall(r'name="item" value="([^"]+)"', waiting.visitor("head").get("/sign").text)
    data = {"item": items, "proposal": ["1"], "password": PASSWORD, "opinion": "agree"}
    assert waiting.visitor("head").post("/sign", data=data).status_code == 200
    other = waiting.visitor("head").post("/sign", data={**data, "words": "但须抓紧"})
    assert other.status_code == 409
    assert "签批。" in sentences(other.text)
