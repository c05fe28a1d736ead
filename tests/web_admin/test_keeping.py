from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from storage.accounts import enter
from storage.queries.directory import departments
from storage.queries.seats import open_proposals_of
from storage.tables import account, audit_entry, department
from tests.support.seed import DEPARTMENTS, MEMBERS, Court
from tests.web.driving import propose, sentences, upload
from tests.web_admin.positions import TODAY, found_person, held, position_of


def test_a_department_is_added_behind_the_others(seeded_both: Court) -> None:
    client = seeded_both.visitor("administrator")
    answer = client.post(
        "/directory/departments/add", data={"name": " 执行局 ", "short_name": "执行"}, follow_redirects=True
    )
    assert "已新建部门执行局" in answer.text
    with seeded_both.database.read() as connection:
        lines = departments(connection, seeded_both.actor("administrator"), TODAY)
    assert (lines[-1].name, lines[-1].short_name) == ("执行局", "执行")


@pytest.mark.parametrize(
    ("name", "short"),
    [("", ""), ("  ", ""), ("研究室", ""), ("局" * 201, ""), ("新局", "简" * 61), ("a\x07b", "")],
)
def test_a_department_that_cannot_be_is_refused_in_words(seeded: Court, name: str, short: str) -> None:
    answer = seeded.visitor("administrator").post(
        "/directory/departments/add", data={"name": name, "short_name": short}
    )
    assert answer.status_code == 422
    assert "没有办成" in answer.text
    with seeded.database.read() as connection:
        assert len(connection.execute(select(department.c.id)).all()) == len(DEPARTMENTS)


def test_a_person_is_added_with_position_and_account_in_one_go(seeded_both: Court) -> None:
    typed = {
        "name": "第五柳",
        "email": "diwuliu@example.test",
        "department": str(seeded_both.departments["行装处"]),
        "role": "handler",
        "from_on": "2026-06-01",
        "login": "diwuliu",
    }
    page = seeded_both.visitor("administrator").post("/directory/people/add", data=typed)
    assert page.status_code == 200
    password = re.search(r"<dd>([a-z0-9]{16})</dd>", page.text)
    assert password is not None
    token = enter(seeded_both.database, "diwuliu", password[1], "127.0.0.1", seeded_both.clock())
    assert isinstance(token, str)
    number = found_person(seeded_both, "第五柳")
    text = sentences(seeded_both.visitor("handler").get(f"/directory/people/{number}").text)
    assert "承办人 行装处" in text


def test_a_person_may_come_without_position_and_account(seeded: Court) -> None:
    answer = seeded.visitor("administrator").post(
        "/directory/people/add", data={"name": "第五柳"}, follow_redirects=True
    )
    assert "目前没有任职" in answer.text
    with seeded.database.read() as connection:
        assert len(connection.execute(select(account.c.login)).all()) == len(MEMBERS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "名" * 101},
        {"email": "no address"},
        {"email": "a@b,c@d"},
        {"role": "emperor"},
        {"role": ""},
        {"from_on": ""},
        {"from_on": "2026-02-30"},
        {"login": "handler"},
        {"login": "x" * 101},
    ],
)
def test_a_person_who_cannot_be_so_is_refused_whole_and_nothing_is_typed_twice(
    seeded: Court, wrong: dict[str, str]
) -> None:
    typed = {
        "name": "第五柳",
        "email": "diwuliu@example.test",
        "department": str(seeded.departments["行装处"]),
        "role": "handler",
        "from_on": "2026-06-01",
        "login": "diwuliu",
    }
    answer = seeded.visitor("administrator").post("/directory/people/add", data=typed | wrong)
    assert answer.status_code == 422
    assert 'value="第五柳"' in answer.text or "name" in wrong
    assert found_person(seeded, "第五柳") is None


def test_a_person_of_no_department_is_not_half_there(seeded_both: Court) -> None:
    typed = {
        "name": "第五柳",
        "department": "987654",
        "role": "handler",
        "from_on": "2026-06-01",
        "login": "d",
    }
    answer = seeded_both.visitor("administrator").post("/directory/people/add", data=typed)
    assert answer.status_code == 404
    assert found_person(seeded_both, "第五柳") is None


def test_name_and_mail_address_are_changed_and_recorded_without_being_repeated(seeded_both: Court) -> None:
    number = seeded_both.people["nobody"]
    client = seeded_both.visitor("administrator")
    client.post(f"/directory/people/{number}/change", data={"name": "令狐棠梨", "email": "new@example.test"})
    text = client.get(f"/directory/people/{number}").text
    assert "令狐棠梨" in text
    assert "new@example.test" in text
    with seeded_both.database.read() as connection:
        statement = select(audit_entry.c.body).where(audit_entry.c.stream == f"person:{number}")
        bodies = connection.execute(statement).scalars().all()
    assert any('"action":"change"' in body for body in bodies)
    assert not any("令狐棠梨" in body or "new@example.test" in body for body in bodies)


def test_a_position_is_added_and_acts_at_once(seeded_both: Court) -> None:
    theirs = seeded_both.visitor("nobody")
    assert theirs.get("/handler/").status_code == 403
    answer = seeded_both.visitor("administrator").post(
        f"/directory/people/{seeded_both.people['nobody']}/positions",
        data={
            "department": str(seeded_both.departments["研究室"]),
            "role": "handler",
            "from_on": "2026-06-01",
            "until_on": "2026-12-31",
        },
    )
    assert answer.status_code == 302
    assert theirs.get("/handler/").status_code == 200
    assert held(seeded_both, "nobody") == [("handler", TODAY, date(2026, 12, 31))]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"role": ""}, "请选择职务"),
        ({"from_on": ""}, "请填写日期"),
        ({"until_on": "2026-05-31"}, "终止日不能早于起始日"),
        ({"department": ""}, "没有编号为 0 的部门"),
        ({"department": "99999999999999999999"}, "部门"),
    ],
)
def test_a_position_that_cannot_be_is_refused(seeded: Court, wrong: dict[str, str], said: str) -> None:
    typed = {
        "department": str(seeded.departments["研究室"]),
        "role": "handler",
        "from_on": "2026-06-01",
        "until_on": "",
    }
    answer = seeded.visitor("administrator").post(
        f"/directory/people/{seeded.people['nobody']}/positions", data=typed | wrong
    )
    assert answer.status_code in {404, 422}
    assert said in sentences(answer.text)
    assert held(seeded, "nobody") == []


def test_a_position_that_is_over_takes_log_ins_and_signatures_away(seeded_both: Court) -> None:
    typed = {"text": "院党组会议决定不再列入", "attached": upload("纪要.txt")}
    answer = propose(seeded_both, "office", seeded_both.tasks[0], "cancel", typed)
    assert answer.status_code == 303, sentences(answer.text)
    theirs = seeded_both.visitor("office_head")
    assert theirs.get("/milestones/").status_code == 200
    text = (
        seeded_both.visitor("administrator")
        .post(
            f"/directory/positions/{position_of(seeded_both, 'office_head')}/end",
            data={"last_day": "2026-05-31"},
            follow_redirects=True,
        )
        .text
    )
    assert "任职的终止日已登记" in text
    assert "曾任（1）" in text
    assert "1项提请已另定签批人" in text
    assert theirs.get("/milestones/").headers["Location"].startswith("/login")
    with seeded_both.database.read() as connection:
        waiting = open_proposals_of(connection, seeded_both.people["reviewer"], seeded_both.actor("office"))
    assert [task for task, _ in waiting] == [seeded_both.tasks[0]]


def test_a_position_that_ends_later_lets_its_holder_go_on_until_then(seeded: Court) -> None:
    theirs = seeded.visitor("head")
    seeded.visitor("administrator").post(
        f"/directory/positions/{position_of(seeded, 'head')}/end", data={"last_day": "2026-06-01"}
    )
    assert theirs.get("/department/").status_code == 200
    seeded.go_to(date(2026, 6, 2))
    assert seeded.visitor("head").get("/department/").status_code == 403


@pytest.mark.parametrize("day", ["", "x", "2025-12-30"])
def test_a_day_that_cannot_be_the_last_is_refused(seeded: Court, day: str) -> None:
    answer = seeded.visitor("administrator").post(
        f"/directory/positions/{position_of(seeded, 'head')}/end", data={"last_day": day}
    )
    assert answer.status_code == 422
    assert held(seeded, "head") == [("department_head", date(2026, 1, 1), None)]


def test_nobody_takes_the_administration_away_from_themselves(seeded: Court) -> None:
    answer = seeded.visitor("administrator").post(
        f"/directory/positions/{position_of(seeded, 'administrator')}/end", data={"last_day": "2026-05-31"}
    )
    assert answer.status_code == 422
    assert "不能终止自己的管理员职务" in answer.text
    assert held(seeded, "administrator") == [("administrator", date(2026, 1, 1), None)]
