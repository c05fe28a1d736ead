"""A signature on paper counts once a second person confirmed it, and is shown as such for ever."""

from __future__ import annotations

import io
import re

import pytest
from sqlalchemy import select

from cli.demo.papers.png import lamps
from storage.tables import paper_signature, signature
from tests.support.seed import Court
from tests.web.driving import fields, propose, sentences, sign


@pytest.fixture
def printed(seeded: Court) -> Court:
    """A work plan that the head signed waits for the leader."""
    propose(seeded, "handler", seeded.tasks[0], "acknowledge")
    propose(seeded, "handler", seeded.tasks[0], "start")
    sign(seeded, "head")
    return seeded


def register(court: Court, login: str, **typed: object) -> int:
    client = court.visitor(login)
    page = client.get("/proposals/1/paper").text
    digest = re.findall(r'name="digest" value="([0-9a-f]{64})"', page)[0]
    data = {
        "digest": digest,
        "signer": str(court.people["leader"]),
        "signed_on": "2026-06-01",
        "opinion": "同意",
        "scan": (io.BytesIO(lamps(3)), "签批单.png"),
        **typed,
    }
    return client.post("/proposals/1/paper", data=data).status_code


def test_registered_by_one_confirmed_by_another_it_is_the_signature(printed: Court) -> None:
    assert register(printed, "office") == 303
    answer = printed.visitor("head").post("/papers/1", data={"action": "confirm"})
    assert answer.status_code == 303, sentences(answer.text)
    with printed.database.read() as connection:
        row = connection.execute(select(signature).where(signature.c.method == "paper")).one()
        paper = connection.execute(select(paper_signature)).one()
    assert (row.person_id, row.registered_by) == (printed.people["leader"], printed.people["office"])
    assert row.proof == paper.scan_digest
    page = sentences(printed.visitor("inspector").get(f"/tasks/{printed.tasks[0]}").text)
    assert "整改中" in page
    assert "纸质签批补录" in page
    scan = printed.visitor("inspector").get("/papers/1/scan")
    assert scan.mimetype == "image/png"


@pytest.mark.parametrize(
    ("login", "sentence"),
    [
        ("office", "登记人不能自己确认"),
        ("handler", "您的职务没有这项权限"),
        ("leader", "您的职务没有这项权限"),
    ],
)
def test_neither_registrar_nor_proposer_nor_signer_confirms(
    printed: Court, login: str, sentence: str
) -> None:
    register(printed, "office")
    answer = printed.visitor(login).post("/papers/1", data={"action": "confirm"})
    assert answer.status_code in {403, 422}
    assert sentence in sentences(answer.text)


def test_a_rejected_sheet_changes_nothing(printed: Court) -> None:
    register(printed, "office")
    assert printed.visitor("head").post("/papers/1", data={"action": "reject"}).status_code == 303
    answer = printed.visitor("office_head").post("/papers/1", data={"action": "confirm"})
    assert answer.status_code == 409
    assert "宇文兰已于2026年6月1日 10:00处理了这份纸质签批。" in sentences(answer.text)
    assert "待启动" in printed.visitor("head").get(f"/tasks/{printed.tasks[0]}").text


def test_a_sheet_needs_scan_signer_and_day(printed: Court) -> None:
    client = printed.visitor("office")
    answer = client.post("/proposals/1/paper", data={"signed_on": "2026-07-01"})
    text = sentences(answer.text)
    assert "请选择是谁签的字。" in text
    assert "请填写签字日期，且不晚于今天。" in text
    assert "请上传签字后的扫描件。" in text
    assert answer.status_code in {409, 422}


def test_a_sheet_of_an_older_revision_no_longer_counts(printed: Court) -> None:
    register(printed, "office")
    client = printed.visitor("handler")
    page = client.get("/proposals/1/revise").text
    client.post("/proposals/1/revise", data={**fields(page), "text": "改了", "action": "submit"})
    answer = printed.visitor("head").post("/papers/1", data={"action": "confirm"})
    assert answer.status_code == 409
    assert "现在是第2稿" in sentences(answer.text)


def test_the_same_sheet_registered_and_confirmed_twice_has_one_effect(printed: Court) -> None:
    assert [register(printed, "office"), register(printed, "office")] == [303, 303]
    pressed = [printed.visitor("head").post("/papers/1", data={"action": "confirm"}) for _ in range(2)]
    assert [answer.status_code for answer in pressed] == [303, 303]
    assert pressed[0].location == pressed[1].location
    with printed.database.read() as connection:
        assert len(connection.execute(select(paper_signature)).all()) == 1
        assert len(connection.execute(select(signature).where(signature.c.method == "paper")).all()) == 1


def test_a_sheet_whose_confirmation_was_cut_off_is_confirmed_again(
    printed: Court, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(printed, "office")
    monkeypatch.setattr("web.pages.paper.decide_paper", lambda *_: 1 / 0)
    assert printed.visitor("head").post("/papers/1", data={"action": "confirm"}).status_code == 500
    monkeypatch.undo()
    assert printed.visitor("head").post("/papers/1", data={"action": "confirm"}).status_code == 303
    with printed.database.read() as connection:
        assert connection.execute(select(paper_signature.c.state)).scalar_one() == "confirmed"


def test_what_was_rejected_may_be_registered_anew(printed: Court) -> None:
    register(printed, "office")
    printed.visitor("head").post("/papers/1", data={"action": "reject"})
    assert register(printed, "office") == 303
    with printed.database.read() as connection:
        states = connection.execute(select(paper_signature.c.state).order_by(paper_signature.c.id)).scalars()
        assert list(states) == ["rejected", "registered"]
