"""Handing out files: checked, never run by a browser, only to whom they are meant."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from storage.tables import evidence
from tests.support.seed import Court
from tests.web.driving import TEXT_FILE, criteria, propose, sentences, started, upload


@pytest.fixture
def filed(seeded: Court) -> Court:
    """A task with a text file as evidence."""
    task = seeded.tasks[0]
    started(seeded, task)
    typed = {f"proof_{number}": upload("办结 清单.txt") for number in criteria(seeded, task)}
    assert propose(seeded, "handler", task, "complete", typed).status_code == 303
    return seeded


def number(court: Court) -> int:
    with court.database.read() as connection:
        found = select(evidence.c.id).where(evidence.c.kind == "proof").limit(1)
        return int(connection.execute(found).scalar_one())


def test_a_file_is_saved_and_never_shown_in_place(filed: Court) -> None:
    answer = filed.visitor("leader").get(f"/evidence/{number(filed)}")
    assert answer.data == TEXT_FILE
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Length"] == str(len(TEXT_FILE))
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_file_of_a_task_one_may_not_see_does_not_exist(filed: Court) -> None:
    for login in ("stranger", "publicity"):
        assert filed.visitor(login).get(f"/evidence/{number(filed)}").status_code == 404
    assert filed.visitor("administrator").get(f"/evidence/{number(filed)}").status_code == 403


def test_a_work_secret_is_not_for_a_supporting_department(filed: Court) -> None:
    assert filed.visitor("supporter").get(f"/evidence/{number(filed)}").status_code == 200
    with filed.database.write() as connection:
        connection.execute(update(evidence).values(level="work_secret"))
    assert filed.visitor("supporter").get(f"/evidence/{number(filed)}").status_code == 404
    for login in ("handler", "head", "leader", "office", "inspector"):
        assert filed.visitor(login).get(f"/evidence/{number(filed)}").status_code == 200


def test_damaged_and_missing_bytes_are_said_and_not_sent(filed: Court) -> None:
    digest = filed.blobs.put(upload()[0], 1 << 20).digest
    filed.blobs.delete(digest)
    answer = filed.visitor("leader").get(f"/evidence/{number(filed)}")
    assert answer.status_code == 500
    assert "库中找不到这份文件" in sentences(answer.text)


def test_a_drafts_file_can_be_looked_at_by_its_owner_alone(seeded: Court) -> None:
    task = seeded.tasks[0]
    started(seeded, task)
    typed = {f"proof_{criteria(seeded, task)[0]}": upload("草稿.txt"), "action": "save"}
    propose(seeded, "handler", task, "complete", typed)
    page = seeded.visitor("handler").get(f"/tasks/{task}/propose/complete").text
    place = page.split(f'href="/tasks/{task}/drafts/complete/')[1].split('"')[0]
    url = f"/tasks/{task}/drafts/complete/{place}"
    assert seeded.visitor("handler").get(url).data == TEXT_FILE
    assert seeded.visitor("head").get(url).status_code == 404
