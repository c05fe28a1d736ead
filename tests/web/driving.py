"""Drives pages as people do: opens a form, hands it in, signs what waits."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Mapping

from werkzeug.test import TestResponse

from tests.support.seed import PASSWORD, Court

TEXT_FILE = "清单内案件已全部办结，详见附件。".encode()


def fields(text: str) -> dict[str, str]:
    """Give the hidden fields of a page's forms and what its fields begin with."""
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]+>", text):
        values = dict(re.findall(r'([a-z_]+)="([^"]*)"', tag))
        kind = values.get("type", "text")
        chosen = kind not in {"radio", "checkbox"} or re.search(r"\schecked", tag)
        if "name" in values and kind != "file" and chosen and values["name"] not in {"use", "also"}:
            found[values["name"]] = html.unescape(values.get("value", ""))
    for name, value in re.findall(r'<textarea[^>]+name="([^"]+)"[^>]*>(.*?)</textarea>', text, re.DOTALL):
        found[name] = html.unescape(value)
    return found


def upload(name: str = "说明.txt", data: bytes = TEXT_FILE) -> tuple[io.BytesIO, str]:
    """Give a file as a browser sends it."""
    return io.BytesIO(data), name


def propose(
    court: Court, login: str, task: int, trigger: str, typed: Mapping[str, object] | None = None
) -> TestResponse:
    """Open the form of a move and hand it in, adding what is given to what it begins with."""
    client = court.visitor(login)
    page = client.get(f"/tasks/{task}/propose/{trigger}")
    assert page.status_code == 200, page.text
    data: dict[str, object] = {**fields(page.text), "action": "submit", **(typed or {})}
    return client.post(f"/tasks/{task}/propose/{trigger}", data=data, content_type="multipart/form-data")


def sign(court: Court, login: str, words: str = "") -> TestResponse:
    """Sign everything that waits for somebody on one page with one proof."""
    client = court.visitor(login)
    page = client.get("/sign").text
    items = re.findall(r'name="item" value="([^"]+)"', page)
    chosen = re.findall(r'name="proposal" id="[^"]+" value="(\d+)"', page)
    data = {"item": items, "proposal": chosen, "opinion": "agree", "words": words, "password": PASSWORD}
    return client.post("/sign", data=data)


def sentences(text: str) -> str:
    """Give a page without its tags."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def started(court: Court, task: int) -> None:
    """Bring a task into work."""
    assert propose(court, "handler", task, "acknowledge").status_code == 303
    assert propose(court, "handler", task, "start").status_code == 303
    for login in ("head", "leader"):
        assert sign(court, login).status_code == 200


def completed(court: Court, task: int) -> None:
    """Bring a started task to where it waits for verification."""
    court_criteria = criteria(court, task)
    typed: dict[str, object] = {f"proof_{number}": upload() for number in court_criteria}
    answer = propose(court, "handler", task, "complete", typed)
    assert answer.status_code == 303, sentences(answer.text)
    for login in ("head", "leader"):
        assert sign(court, login).status_code == 200


def criteria(court: Court, task: int) -> list[int]:
    """Give the identifiers of a task's criteria."""
    from storage.queries.task.parts import criteria as rows

    with court.database.read() as connection:
        return [row.criterion for row in rows(connection, court.actor("office"), task)]


def raise_matter(court: Court, login: str, task: int, text: str = "请协调设备到货。") -> TestResponse:
    """Raise a matter as from its page."""
    address = f"/tasks/{task}/matters"
    page = court.visitor(login).get(address)
    assert page.status_code == 200, sentences(page.text)
    return court.visitor(login).post(address, data={**fields(page.text), "text": text})


def record(
    court: Court, login: str, task: int, typed: Mapping[str, object], address: str = ""
) -> TestResponse:
    """Record an instruction or a meeting as from its page."""
    place = f"/tasks/{task}/instructions"
    page = court.visitor(login).get(place + address)
    assert page.status_code == 200, sentences(page.text)
    ticked = re.findall(r'name="matter" id="[^"]+" value="(\d+)" checked', page.text)
    data: dict[str, object] = {**fields(page.text), "matter": ticked, "what": [], "who": [], "until": []}
    return court.visitor(login).post(place, data={**data, **typed}, content_type="multipart/form-data")


def instructed(court: Court, day: str = "2026-06-03") -> None:
    """Let a handler raise a matter and the leader take it up with a conclusion for the handler."""
    task = court.tasks[0]
    assert raise_matter(court, "handler", task).status_code == 303
    charge = {"what": ["与供货单位约定到货日期。"], "who": [str(court.people["handler"])], "until": [day]}
    answer = record(court, "leader", task, {"text": "请尽快落实。", **charge}, "?matter=1")
    assert answer.status_code == 303, sentences(answer.text)
