"""Bad luck and bad input: one clear sentence, the right status, nothing half done."""

from __future__ import annotations

import io
import logging
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from engine.errors import NotFoundError, SurroundingsError, ZhenggaiError
from engine.reasons import Refusal, RefusedError, deny
from storage.tables import draft, proposal
from tests.support.seed import Court
from tests.web.driving import criteria, fields, propose, sentences, started, upload
from web import create_app
from web.errors import status_of
from web.login import COOKIE
from workflows.evidence.ports import BlobDamagedError, FileRefusedError


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFoundError("task_not_found", task=1), 404),
        (SurroundingsError("database_busy"), 503),
        (FileRefusedError("file_empty"), 422),
        (BlobDamagedError("0" * 64, 0), 500),
        (ZhenggaiError("anything"), 422),
        (RefusedError(Refusal((deny("stale", person=1),))), 409),
        (RefusedError(Refusal((deny("proposal_open"),))), 409),
        (RefusedError(Refusal((deny("not_proposer"),))), 403),
        (RefusedError(Refusal((deny("criterion_unproven"),))), 422),
    ],
)
def test_every_failure_has_its_status(error: ZhenggaiError, status: int) -> None:
    assert status_of(error) == status


def test_an_unknown_address_is_said_in_words(seeded: Court) -> None:
    answer = seeded.visitor("handler").get("/nowhere")
    assert answer.status_code == 404
    assert "没有这个页面，或者您无权查看。" in answer.text


def test_a_page_that_expired_keeps_what_was_typed_out_of_harm(seeded: Court) -> None:
    seeded.app.config["WTF_CSRF_ENABLED"] = True
    answer = seeded.visitor("handler").post("/tasks/1/propose/acknowledge", data={"text": "x"})
    assert answer.status_code == 400
    assert "页面已过期，没有办理。" in answer.text
    client = seeded.visitor("handler")
    typed = fields(client.get("/tasks/1/propose/acknowledge").text)
    answer = client.post("/tasks/1/propose/acknowledge", data={**typed, "action": "submit"})
    assert answer.status_code == 303


def _copied(seeded: Court, **changed: object) -> Court:
    config = replace(seeded.app.extensions["zhenggai"], **changed)
    app = create_app(config)
    app.config["WTF_CSRF_ENABLED"] = False
    return replace(seeded, app=app, clients={})


def test_a_request_that_is_too_large_names_the_limit(seeded: Court) -> None:
    court = _copied(seeded, request_limit=100_000)
    data = {"attached": (io.BytesIO(b"x" * 200_000), "长.txt"), "action": "submit"}
    answer = court.visitor("handler").post("/tasks/1/propose/acknowledge", data=data)
    assert answer.status_code == 413
    assert "一次上传的内容超过 97 KB 的上限，没有保存。" in answer.text


class _FullStore:
    """A store without room."""

    def put(self, stream: object, limit: int) -> object:
        raise SurroundingsError("disk_full")


def test_a_full_disk_loses_nothing_that_was_typed(seeded: Court) -> None:
    task = seeded.tasks[0]
    started(seeded, task)
    court = _copied(seeded, blobs=_FullStore())
    typed = {f"proof_{criteria(court, task)[0]}": upload(), "text": "写了很久的说明"}
    answer = propose(court, "handler", task, "complete", typed)
    assert answer.status_code == 503
    assert "磁盘已满，没有保存。" in sentences(answer.text)
    assert "写了很久的说明" in answer.text
    with court.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(draft)).scalar_one() == 1
        assert connection.execute(select(func.count()).select_from(proposal)).scalar_one() == 1


class _DeadDatabase:
    """A database that is not there."""

    def read(self) -> AbstractContextManager[None]:
        raise SurroundingsError("database_unreachable")

    write = check_migrated = read


def test_a_database_that_is_not_there_is_said_in_words(seeded: Court) -> None:
    court = _copied(seeded, database=_DeadDatabase())
    client = court.app.test_client()
    client.set_cookie(COOKIE, "any")
    answer = client.get("/tasks/1")
    assert answer.status_code == 503
    assert "数据库暂时无法使用，没有办理。" in answer.text
    assert "您填写的内容没有丢" not in answer.text
    assert client.get("/login").status_code in {200, 503}
    answer = client.post("/tasks/1/propose/acknowledge", data={"text": "x"})
    assert answer.status_code == 503
    assert "您填写的内容没有丢：稍后刷新本页" in answer.text


def test_a_fault_of_ours_shows_no_traceback_and_leaves_one_in_the_log(
    seeded: Court, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> object:
        message = "a secret inside"
        raise LookupError(message)

    monkeypatch.setattr("web.pages.tasks.read_task", broken)
    with caplog.at_level(logging.ERROR):
        answer = seeded.visitor("handler").get("/tasks/1")
    assert answer.status_code == 500
    assert "系统内部出错，没有办理。" in answer.text
    assert "secret" not in answer.text
    assert answer.headers["X-Request-ID"] in caplog.text
    assert "LookupError" in caplog.text


@pytest.mark.parametrize("data", [{"version": "x"}, {"key": "../../etc"}, {"action": "what"}, {}])
def test_a_malformed_form_is_a_refusal_and_not_a_fault(seeded: Court, data: dict[str, str]) -> None:
    answer = seeded.visitor("handler").post("/tasks/1/propose/acknowledge", data=data)
    assert answer.status_code in {303, 409, 422}


def test_an_open_line_is_said_on_every_page(seeded: Court) -> None:
    court = _copied(seeded, open_line=True)
    assert "此连接未加密" in court.app.test_client().get("/login").text
    assert "此连接未加密" in court.visitor("handler").get("/tasks/1").text
    assert "此连接未加密" not in seeded.visitor("handler").get("/tasks/1").text


def test_a_number_no_row_can_have_leads_nowhere(seeded: Court) -> None:
    client = seeded.visitor("handler")
    assert client.get(f"/tasks/{10**30}").status_code == 404
    data = {"item": f"{10**30}:1:{'0' * 64}", "proposal": str(10**30), "password": "x"}
    assert client.post("/sign", data=data).status_code == 422


def test_a_sign_that_no_database_takes_is_refused(seeded_both: Court) -> None:
    client = seeded_both.visitor("handler")
    data = {"text": "a\0b", "action": "submit"}
    assert client.post("/tasks/1/propose/acknowledge", data=data).status_code == 400
    assert seeded_both.app.test_client().post("/login", data={"login": "\0"}).status_code == 400


def test_a_stranger_cannot_fill_the_disk(seeded: Court) -> None:
    body, kind = b"login=" + b"x" * (2 << 20), "application/x-www-form-urlencoded"
    answer = seeded.app.test_client().post("/login", data=body, content_type=kind)
    assert answer.status_code == 413
    assert "1 MB" in answer.text
