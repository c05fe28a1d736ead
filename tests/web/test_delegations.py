"""委托签批 on the pages: granted, used, shown everywhere with whose signature it is, ended at once."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import insert, select, update
from werkzeug.test import TestResponse

from storage.tables import account, audit_entry, delegation, notice, signature, task_leader
from tests.support.seed import PASSWORD, Court
from tests.web.driving import completed, criteria, fields, propose, sentences, sign, started
from tests.web.test_paper import register

TODAY = date(2026, 6, 1)
SHOWN = "贺兰柏（受拓跋松委托）"


def delegate(court: Court, login: str = "leader", to: str = "other_leader", **typed: str) -> TestResponse:
    """Grant a delegation for a week as from its page."""
    client = court.visitor(login)
    page = client.get("/delegations/")
    data = {
        **fields(page.text),
        "delegate": str(court.people[to]),
        "from_on": TODAY.isoformat(),
        "until_on": (TODAY + timedelta(days=6)).isoformat(),
        "scope": "all",
        **typed,
    }
    return client.post("/delegations/", data=data)


def sign_for(court: Court, login: str, chosen: dict[str, str] | None = None) -> TestResponse:
    """Sign everything that is offered, in the place of whom the page names first or of whom is chosen."""
    client = court.visitor(login)
    page = client.get("/sign").text
    places = dict(re.findall(r'name="(for-\d+)"[^>]* value="(\d+)"(?: checked)?>', page))
    data: dict[str, object] = {
        "item": re.findall(r'name="item" value="([^"]+)"', page),
        "proposal": re.findall(r'name="proposal" id="[^"]+" value="(\d+)"', page),
        "opinion": "agree",
        "password": PASSWORD,
        **places,
        **(chosen or {}),
    }
    return client.post("/sign", data=data)


def offered(court: Court, login: str) -> list[str]:
    return re.findall(r'name="proposal" id="[^"]+" value="(\d+)"', court.visitor(login).get("/sign").text)


@pytest.fixture
def waiting(seeded: Court) -> Court:
    """Two starts wait for the leader."""
    for task in (seeded.tasks[0], seeded.tasks[3]):
        propose(seeded, "handler", task, "acknowledge")
        propose(seeded, "handler", task, "start")
    sign(seeded, "head")
    return seeded


def test_a_delegate_signs_a_selection_with_one_proof_and_everybody_reads_for_whom(waiting: Court) -> None:
    assert waiting.visitor("other_leader").get(f"/tasks/{waiting.tasks[0]}").status_code == 404
    assert delegate(waiting).status_code == 303
    home = sentences(waiting.visitor("other_leader").get("/leader/").text)
    assert "受拓跋松委托签批" in home
    assert waiting.visitor("other_leader").get(f"/tasks/{waiting.tasks[0]}").status_code == 200
    answer = sign_for(waiting, "other_leader")
    assert "已签批2项，共2项。" in answer.text
    with waiting.database.read() as connection:
        rows = connection.execute(select(signature).where(signature.c.on_behalf_of.is_not(None))).all()
        entries = connection.execute(select(audit_entry.c.body).where(audit_entry.c.action == "sign"))
        said = [json.loads(body) for body in entries.scalars()]
    people = {(row.person_id, row.on_behalf_of) for row in rows}
    assert people == {(waiting.people["other_leader"], waiting.people["leader"])}
    assert {tuple(json.loads(row.challenge)) for row in rows} == {tuple(sorted(row.digest for row in rows))}
    assert [entry["on_behalf_of"] for entry in said] == [None, None, *[waiting.people["leader"]] * 2]
    assert [entry["references"].get("signed_for") for entry in said][-1] == waiting.people["leader"]
    for login, address in (
        ("handler", f"/tasks/{waiting.tasks[0]}"),
        ("leader", "/proposals/1"),
        ("leader", "/proposals/1/sheet"),
        ("leader", "/delegations/"),
        ("inspector", "/inspector/"),
        ("inspector", "/record/"),
    ):
        assert SHOWN in sentences(waiting.visitor(login).get(address).text), address


@pytest.mark.parametrize(("login", "address"), [("stranger", "/handler/"), ("office", "/milestones/")])
def test_the_first_screen_of_whoever_signs_for_somebody_shows_it(
    waiting: Court, login: str, address: str
) -> None:
    assert "受委托待签" not in waiting.visitor(login).get(address).text
    delegate(waiting, to=login)
    page = sentences(waiting.visitor(login).get(address).text)
    assert "受委托待签 2" in page
    assert "受拓跋松委托签批" in page


def test_the_inspector_counts_delegated_signatures_since_the_last_visit(waiting: Court) -> None:
    waiting.visitor("inspector").get("/inspector/")
    delegate(waiting)
    sign_for(waiting, "other_leader")
    waiting.clock.now += timedelta(hours=1)
    page = waiting.visitor("inspector").get("/inspector/").text
    assert re.search(r'id="stood-in">[^<]*<span class="tally">2</span>', page)
    waiting.clock.now += timedelta(hours=1)
    again = waiting.visitor("inspector").get("/inspector/").text
    assert not re.search(r'id="stood-in">[^<]*<span class="tally">', again)


def test_principal_and_delegate_are_told_of_the_signature_that_is_owed(seeded: Court) -> None:
    delegate(seeded)
    propose(seeded, "handler", seeded.tasks[0], "acknowledge")
    propose(seeded, "handler", seeded.tasks[0], "start")
    sign(seeded, "head")
    with seeded.database.read() as connection:
        told = connection.execute(select(notice.c.person_id, notice.c.kind, notice.c.params)).all()
    kinds = {(row.person_id, row.kind) for row in told}
    assert (seeded.people["leader"], "signature_owed") in kinds
    assert (seeded.people["other_leader"], "delegated") in kinds
    assert (seeded.people["other_leader"], "signature_owed_for") in kinds
    inbox = sentences(seeded.visitor("other_leader").get("/inbox/to_read").text)
    assert "拓跋松委托您签批" in inbox


def test_a_withdrawn_delegation_acts_at_once(waiting: Court) -> None:
    delegate(waiting)
    page = waiting.visitor("other_leader").get("/sign").text
    assert "受拓跋松委托签批" in sentences(page)
    data = {
        "item": re.findall(r'name="item" value="([^"]+)"', page)[:1],
        "proposal": ["1"],
        "password": PASSWORD,
        "for-1": str(waiting.people["leader"]),
    }
    assert waiting.visitor("leader").post("/delegations/1/withdraw").status_code == 303
    answer = waiting.visitor("other_leader").post("/sign", data=data)
    assert answer.status_code != 200
    assert offered(waiting, "other_leader") == []
    with waiting.database.read() as connection:
        assert connection.execute(select(signature).where(signature.c.on_behalf_of.is_not(None))).all() == []


def test_one_that_was_withdrawn_meanwhile_is_refused_with_its_reason(waiting: Court) -> None:
    # The verification group sees every task, so that the refusal itself is read, not that nothing is there.
    delegate(waiting, to="verifier")
    assert offered(waiting, "verifier") == ["1", "2"]
    items = re.findall(r'name="item" value="([^"]+)"', waiting.visitor("verifier").get("/sign").text)
    waiting.visitor("leader").post("/delegations/1/withdraw")
    data = {"item": items, "proposal": ["1"], "password": PASSWORD, "for-1": str(waiting.people["leader"])}
    answer = waiting.visitor("verifier").post("/sign", data=data)
    assert "您没有受拓跋松委托签批此任务的权限" in sentences(answer.text)
    with waiting.database.read() as connection:
        refused = connection.execute(select(audit_entry.c.body).where(audit_entry.c.action == "refuse"))
        (said,) = [json.loads(body) for body in refused.scalars()]
    assert (said["reasons"][0]["code"], said["on_behalf_of"]) == (
        "delegation_ended",
        waiting.people["leader"],
    )


def test_one_that_has_not_begun_or_has_run_out_offers_nothing(waiting: Court) -> None:
    days = {"from_on": "2026-06-03", "until_on": "2026-06-04"}
    delegate(waiting, **days)
    assert offered(waiting, "other_leader") == []
    assert "未开始" in waiting.visitor("other_leader").get("/delegations/").text
    waiting.go_to(date(2026, 6, 4))
    assert offered(waiting, "other_leader") == ["1", "2"]
    waiting.go_to(date(2026, 6, 5))
    assert offered(waiting, "other_leader") == []
    assert waiting.visitor("other_leader").get(f"/tasks/{waiting.tasks[0]}").status_code == 404
    page = sentences(waiting.visitor("leader").get("/delegations/").text)
    assert "没有现行委托" in page
    assert "过去的委托（1）" in page


@pytest.mark.parametrize(("scope", "expected"), [("task:1", ["1"]), ("task:2", []), ("plan:1", ["1", "2"])])
def test_a_delegation_is_for_its_scope_alone(waiting: Court, scope: str, expected: list[str]) -> None:
    assert delegate(waiting, scope=scope).status_code == 303
    assert offered(waiting, "other_leader") == expected


@pytest.mark.parametrize(
    ("to", "login"), [("handler", "handler"), ("head", "head")], ids=["proposer", "own seat"]
)
def test_who_may_not_sign_it_is_not_offered_it(seeded: Court, to: str, login: str) -> None:
    delegate(seeded, to=to)
    propose(seeded, "handler", seeded.tasks[0], "acknowledge")
    propose(seeded, "handler", seeded.tasks[0], "start")
    sign(seeded, "head")
    assert offered(seeded, login) == []
    with seeded.database.read() as connection:
        told = connection.execute(select(notice.c.person_id).where(notice.c.kind == "signature_owed_for"))
        assert told.scalars().all() == []


def test_whom_independence_excludes_verifies_in_nobodys_place(seeded: Court) -> None:
    task = seeded.tasks[0]
    started(seeded, task)
    completed(seeded, task)
    delegate(seeded, to="supporter")
    delegate(seeded, to="other_leader")
    delegate(seeded, login="office_head", to="head")
    verdicts = {f"c{number}_verdict": "met" for number in criteria(seeded, task)}
    answer = propose(seeded, "verifier", task, "verify", verdicts)
    assert answer.status_code == 303, sentences(answer.text)
    # The head of the department that leads the task does not sign for the office that watches over it.
    assert offered(seeded, "head") == []
    sign(seeded, "office_head")
    assert offered(seeded, "supporter") == []
    page = sentences(seeded.visitor("supporter").get("/inbox/to_sign").text)
    assert "没有待您签批的事项" in page
    assert sign_for(seeded, "other_leader").status_code == 200
    assert SHOWN in sentences(seeded.visitor("inspector").get(f"/tasks/{task}").text)


def test_in_whose_place_is_asked_where_several_could_be(seeded: Court) -> None:
    with seeded.database.write() as connection:
        row = {"task_id": seeded.tasks[0], "person_id": seeded.people["other_leader"], "position": 9}
        connection.execute(insert(task_leader).values(organisation_id=seeded.organisation, **row))
    delegate(seeded, to="performance_leader")
    delegate(seeded, login="other_leader", to="performance_leader")
    propose(seeded, "handler", seeded.tasks[0], "acknowledge")
    propose(seeded, "handler", seeded.tasks[0], "start")
    sign(seeded, "head")
    page = seeded.visitor("performance_leader").get("/sign").text
    assert "受谁委托签批（一人只签一次）" in page
    assert re.findall(r'type="radio"[^>]+name="for-1"[^>]+value="(\d+)"', page) == [
        str(seeded.people["leader"]),
        str(seeded.people["other_leader"]),
    ]
    chosen = {"for-1": str(seeded.people["other_leader"])}
    assert sign_for(seeded, "performance_leader", chosen).status_code == 200
    assert offered(seeded, "performance_leader") == []
    assert offered(seeded, "other_leader") == []
    assert offered(seeded, "leader") == ["1"]


def test_a_delegate_sends_back_in_the_principals_place(waiting: Court) -> None:
    delegate(waiting)
    page = waiting.visitor("other_leader").get("/proposals/1").text
    assert "受拓跋松委托" in page
    data = {**fields(page), "reason": "请补充日程", "to_stage": ""}
    assert data["principal"] == str(waiting.people["leader"])
    assert waiting.visitor("other_leader").post("/proposals/1/send-back", data=data).status_code == 303
    timeline = sentences(waiting.visitor("handler").get(f"/tasks/{waiting.tasks[0]}").text)
    assert f"{SHOWN} 已退回" in timeline


def test_a_delegates_signature_on_paper_names_both(waiting: Court) -> None:
    delegate(waiting)
    delegate_, principal = waiting.people["other_leader"], waiting.people["leader"]
    page = waiting.visitor("office").get("/proposals/1/paper").text
    assert SHOWN in page
    assert register(waiting, "office", signer=f"{delegate_}-{principal}") == 303
    assert waiting.visitor("office_head").post("/papers/1", data={"action": "confirm"}).status_code == 303
    with waiting.database.read() as connection:
        row = connection.execute(select(signature).where(signature.c.method == "paper")).one()
        entries = connection.execute(select(audit_entry.c.body).where(audit_entry.c.action == "sign"))
        said = json.loads(entries.scalars().all()[-1])
    assert (row.person_id, row.on_behalf_of) == (delegate_, principal)
    # Whoever confirms a sheet acts as themselves.
    assert (said["actor"], said["on_behalf_of"]) == (waiting.people["office_head"], None)
    assert (said["references"]["signer"], said["references"]["signed_for"]) == (delegate_, principal)


def test_a_disabled_account_signs_for_nobody_and_nobody_for_it(waiting: Court) -> None:
    delegate(waiting)
    for login in ("other_leader", "leader"):
        closed = update(account).where(account.c.person_id == waiting.people[login])
        with waiting.database.write() as connection:
            connection.execute(closed.values(disabled_at=waiting.clock.now))
        registered = register(waiting, "office", signer="-".join(map(str, _pair(waiting))))
        assert registered == 422
        with waiting.database.write() as connection:
            connection.execute(closed.values(disabled_at=None))
    assert register(waiting, "office", signer="-".join(map(str, _pair(waiting)))) == 303


def _pair(court: Court) -> tuple[int, int]:
    return court.people["other_leader"], court.people["leader"]


def test_a_secretary_arranges_it_for_the_leader(waiting: Court) -> None:
    stranger = str(waiting.people["nobody"])
    assert (
        waiting.visitor("leader").post("/delegations/secretaries", data={"secretary": stranger}).status_code
        == 303
    )
    assert "委托人：拓跋松" in waiting.visitor("nobody").get("/delegations/").text
    assert delegate(waiting, login="nobody", principal=str(waiting.people["leader"])).status_code == 303
    assert offered(waiting, "other_leader") == ["1", "2"]
    told = sentences(waiting.visitor("leader").get("/inbox/to_read").text)
    assert "令狐棠按您的授权，委托贺兰柏代您签批" in told
    assert waiting.visitor("leader").post(f"/delegations/secretaries/{stranger}/end").status_code == 303
    answer = delegate(waiting, login="nobody", principal=str(waiting.people["leader"]))
    assert answer.status_code == 403
    assert waiting.visitor("nobody").post("/delegations/1/withdraw").status_code == 403
    # What was granted before holds until it is withdrawn.
    assert offered(waiting, "other_leader") == ["1", "2"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"until_on": ""}, "请填写委托的起始日和终止日。"),
        ({"until_on": "2026-05-01", "from_on": "2026-06-01"}, "委托的终止日早于起始日。"),
        ({"delegate": ""}, "请选择受委托人；其账号须已启用。"),
        ({"scope": "task:999"}, "没有所选的方案或任务。"),
        ({"scope": "nonsense"}, "没有所选的方案或任务。"),
    ],
)
def test_what_is_typed_wrong_is_said_and_kept(seeded: Court, typed: dict[str, str], sentence: str) -> None:
    answer = delegate(seeded, **typed)
    assert answer.status_code == 422
    assert sentence in sentences(answer.text)
    with seeded.database.read() as connection:
        assert connection.execute(select(delegation)).all() == []


def test_whoever_signs_nothing_finds_nothing_to_delegate(seeded: Court) -> None:
    page = seeded.visitor("handler").get("/delegations/").text
    assert "您不担任需要签批的职务，也没有人委托您签批。" in page
    answer = delegate(seeded, login="handler")
    assert answer.status_code == 422
    assert "没有可委托的签批" in answer.text


def test_of_two_who_sign_for_the_same_principal_at_once_one_does(seeded_both: Court) -> None:
    court = seeded_both
    propose(court, "handler", court.tasks[0], "acknowledge")
    propose(court, "handler", court.tasks[0], "start")
    sign(court, "head")
    delegate(court)
    answers: dict[str, TestResponse] = {}
    barrier = Barrier(2)
    pages = {login: court.visitor(login).get("/sign").text for login in ("leader", "other_leader")}

    def press(login: str) -> None:
        data = {
            "item": re.findall(r'name="item" value="([^"]+)"', pages[login]),
            "proposal": ["1"],
            "password": PASSWORD,
            **({"for-1": str(court.people["leader"])} if login == "other_leader" else {}),
        }
        barrier.wait()
        answers[login] = court.visitor(login).post("/sign", data=data)

    threads = [Thread(target=press, args=(login,)) for login in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = [login for login, answer in answers.items() if "已签批1项，共1项。" in answer.text]
    assert len(won) == 1
    with court.database.read() as connection:
        rows = connection.execute(select(signature).where(signature.c.role == "responsible_leader")).all()
    assert len(rows) == 1
