"""Signing: exactly what is shown, with the password again, a selection with one proof."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from sqlalchemy import select

from engine.bundle import selection_digest
from storage.tables import audit_entry, signature
from tests.support.seed import PASSWORD, Court
from tests.web.driving import fields, propose, sentences, sign


@pytest.fixture
def waiting(seeded: Court) -> Court:
    """Two work plans wait for the department head."""
    for task in (seeded.tasks[0], seeded.tasks[3]):
        propose(seeded, "handler", task, "acknowledge")
        propose(seeded, "handler", task, "start")
    return seeded


def shown(court: Court, login: str) -> list[str]:
    return re.findall(r'name="item" value="([^"]+)"', court.visitor(login).get("/sign").text)


def test_the_page_shows_exactly_what_is_signed(waiting: Court) -> None:
    page = waiting.visitor("head").get("/sign?proposal=1").text
    digest = re.findall(r'<code class="digest-long">([0-9a-f]{64})</code>', page)[0]
    assert shown(waiting, "head")[0].endswith(digest)
    assert "2026年6月1日（周一） 至 2026年12月15日（周二）" in sentences(page)
    assert "任务1推进计划20260601.docx" in page
    bundle = waiting.visitor("head").get("/proposals/1/1/bundle.json")
    assert hashlib.sha256(bundle.data).hexdigest() == digest


def test_a_selection_is_signed_with_one_proof(waiting: Court) -> None:
    answer = sign(waiting, "head", "请按期推进")
    assert "已签批2项，共2项。" in answer.text
    with waiting.database.read() as connection:
        rows = connection.execute(select(signature)).all()
    digests = tuple(sorted(row.digest for row in rows))
    assert len(rows) == 2
    assert {tuple(json.loads(row.challenge)) for row in rows} == {digests}
    assert {row.proof for row in rows} == {selection_digest(digests)}
    assert {row.opinion for row in rows} == {"同意。请按期推进"}


def test_only_what_is_ticked_is_signed(waiting: Court) -> None:
    items = shown(waiting, "head")
    data = {"item": items, "proposal": ["2"], "password": PASSWORD, "opinion": "seen"}
    answer = waiting.visitor("head").post("/sign", data=data)
    assert "已签批1项，共1项。" in answer.text
    with waiting.database.read() as connection:
        row = connection.execute(select(signature)).one()
    assert (row.proposal_id, row.opinion, len(json.loads(row.challenge))) == (2, "已阅", 1)


def test_a_wrong_password_signs_nothing_and_keeps_the_page(waiting: Court) -> None:
    items = shown(waiting, "head")
    data = {"item": items, "proposal": ["1", "2"], "password": "wrong", "words": "请抓紧"}
    answer = waiting.visitor("head").post("/sign", data=data)
    assert answer.status_code == 403
    assert "口令不对，没有办理。" in answer.text
    assert "请抓紧" in answer.text
    assert len(re.findall(r'name="item"', answer.text)) == 2


def test_guessing_the_password_of_a_signature_is_slowed_down(waiting: Court) -> None:
    items, client = shown(waiting, "head"), waiting.visitor("head")
    data = {"item": items, "proposal": ["1"], "password": "wrong"}
    for _ in range(5):
        client.post("/sign", data=data)
    answer = client.post("/sign", data={**data, "password": PASSWORD})
    assert "分钟后再试" in answer.text


def test_nothing_ticked_is_said(waiting: Court) -> None:
    data = {"item": shown(waiting, "head"), "password": PASSWORD}
    answer = waiting.visitor("head").post("/sign", data=data)
    assert answer.status_code == 422
    assert "请至少选择一项。" in answer.text


def test_the_answer_lists_every_success_and_every_refusal(waiting: Court) -> None:
    items = shown(waiting, "head")
    client = waiting.visitor("handler")
    page = client.get("/proposals/1/revise").text
    client.post("/proposals/1/revise", data={**fields(page), "text": "改了", "action": "submit"})
    data = {"item": items, "proposal": ["1", "2"], "password": PASSWORD}
    answer = waiting.visitor("head").post("/sign", data=data)
    assert answer.status_code == 200
    text = sentences(answer.text)
    assert "已签批1项，共2项。" in text
    assert "慕容竹于2026年6月1日 10:00修改了提请，现在是第2稿，请重新查看后再签。" in text


def test_a_forged_digest_is_refused(waiting: Court) -> None:
    proposal, revision, returned, _ = shown(waiting, "head")[0].split(":")
    forged = f"{proposal}:{revision}:{returned}:{'0' * 64}"
    data = {"item": [forged], "proposal": [proposal], "password": PASSWORD}
    answer = waiting.visitor("head").post("/sign", data=data)
    assert answer.status_code == 409
    assert "未办" in answer.text


def test_signing_twice_says_when_one_signed(waiting: Court) -> None:
    items = shown(waiting, "head")
    sign(waiting, "head")
    data = {"item": items, "proposal": ["1"], "password": PASSWORD}
    answer = waiting.visitor("head").post("/sign", data=data)
    assert answer.status_code == 409
    assert "您已于2026年6月1日 10:00签批。" in sentences(answer.text)


def test_nobody_signs_out_of_turn_or_what_is_not_theirs(waiting: Court) -> None:
    items = shown(waiting, "head")
    said = {"leader": "还没有轮到您；现在待宇文兰签批。", "office": "您不在这项提请的签批人之列"}
    for login, sentence in said.items():
        data = {"item": items, "proposal": ["1"], "password": PASSWORD}
        answer = waiting.visitor(login).post("/sign", data=data)
        assert sentence in sentences(answer.text)


def test_who_has_nothing_to_sign_is_told_so(waiting: Court) -> None:
    assert "没有待您签批的事项。" in waiting.visitor("leader").get("/sign").text
    page = waiting.visitor("leader").get("/sign?proposal=1").text
    assert "所选事项中有1项已经办结" in page


def test_a_substitute_is_shown_as_such_and_a_fallen_seat_says_why(seeded: Court) -> None:
    task = seeded.tasks[0]
    propose(seeded, "handler", task, "acknowledge")
    propose(seeded, "handler", task, "start")
    page = sentences(seeded.visitor("handler").get(f"/tasks/{task}").text)
    assert "待签： 宇文兰" in page
    assert "待入链" in page


def test_the_sign_off_sheet_bears_digest_and_code(waiting: Court) -> None:
    page = waiting.visitor("handler").get("/proposals/1/sheet").text
    assert re.search(r'<code class="digest-long">[0-9a-f]{64}</code>', page)
    assert "<svg" in page
    assert "签名：" in page


def test_whoever_may_not_see_a_task_learns_nothing_of_it_by_signing(waiting: Court) -> None:
    data = {"item": shown(waiting, "head"), "proposal": ["1", "2"], "password": PASSWORD}
    answer = waiting.visitor("stranger").post("/sign", data=data)
    text = sentences(answer.text)
    assert answer.status_code == 404
    assert "宇文兰" not in text
    assert "慕容竹" not in text
    with waiting.database.read() as connection:
        rows = connection.execute(select(audit_entry.c.action).where(audit_entry.c.action == "refuse"))
        assert rows.all() == []


def test_a_proposal_named_twice_is_signed_once(waiting: Court) -> None:
    data = {"item": shown(waiting, "head")[:1] * 3, "proposal": ["1"], "password": PASSWORD}
    answer = waiting.visitor("head").post("/sign", data=data)
    assert "已签批1项，共1项。" in answer.text


def test_what_is_no_digest_is_no_part_of_a_proof(waiting: Court) -> None:
    items = [*shown(waiting, "head"), "9:1:0:any words at all"]
    data = {"item": items, "proposal": ["1", "9"], "password": PASSWORD}
    waiting.visitor("head").post("/sign", data=data)
    with waiting.database.read() as connection:
        row = connection.execute(select(signature)).one()
    assert json.loads(row.challenge) == [row.digest]


def test_an_opinion_is_never_cut(waiting: Court) -> None:
    data = {"item": shown(waiting, "head"), "proposal": ["1"], "password": PASSWORD, "words": "长" * 501}
    answer = waiting.visitor("head").post("/sign", data=data)
    assert answer.status_code == 422
    assert "有一处文字超过500个字" in answer.text
    assert "长" * 501 in answer.text
    answer = waiting.visitor("head").post("/sign", data={**data, "words": "长" * 500})
    with waiting.database.read() as connection:
        assert connection.execute(select(signature)).one().opinion == "长" * 500


def test_a_password_is_not_guessed_from_many_addresses(waiting: Court) -> None:
    items, client = shown(waiting, "head"), waiting.visitor("head")
    data = {"item": items, "proposal": ["1"], "password": "wrong"}
    for number in range(5):
        client.post("/sign", data=data, environ_overrides={"REMOTE_ADDR": f"10.0.0.{number}"})
    there = {"REMOTE_ADDR": "10.0.0.9"}
    answer = client.post("/sign", data={**data, "password": PASSWORD}, environ_overrides=there)
    assert "分钟后再试" in answer.text


def test_a_stranger_at_the_door_uses_up_nobodys_patience(waiting: Court) -> None:
    for _ in range(6):
        typed = {"login": f"person:{waiting.people['head']}", "password": "x"}
        waiting.app.test_client().post("/login", data=typed)
    assert "已签批2项，共2项。" in sign(waiting, "head").text


def test_a_reason_without_end_sends_nothing_back(waiting: Court) -> None:
    typed = {"revision": "1", "reason": "长" * 20_001}
    answer = waiting.visitor("head").post("/proposals/1/send-back", data=typed)
    assert answer.status_code == 422
    assert "有一处文字超过20000个字" in answer.text
