from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from engine.actor import system
from storage.accounts import enter
from storage.directory import add_department, add_organisation, add_person, add_position
from storage.queries.directory import departments, held_by, held_in, people
from storage.queries.seats import open_proposals_of
from storage.tables import account, audit_entry, department, person, position
from tests.support.seed import DEPARTMENTS, MEMBERS, START, Court
from tests.web.driving import propose, sentences, upload
from tests.web_admin.counting import statements
from web.permissions import EVERYBODY, Permission

TODAY = date(2026, 6, 1)


def held(court: Court, login: str) -> list[tuple[str, date, date | None]]:
    with court.database.read() as connection:
        found = held_by(connection, court.actor("administrator"), court.people[login], 100)
    return [(item.role, item.from_on, item.until_on) for item in found]


def position_of(court: Court, login: str) -> int:
    with court.database.read() as connection:
        statement = select(position.c.id).where(position.c.person_id == court.people[login])
        return int(connection.execute(statement).scalars().first() or 0)


def found_person(court: Court, name: str) -> int | None:
    with court.database.read() as connection:
        found = connection.execute(select(person.c.id).where(person.c.name == name)).scalar_one_or_none()
    return None if found is None else int(found)


@pytest.mark.parametrize("login", sorted(MEMBERS))
def test_everybody_with_a_log_in_reads_departments_and_people(seeded: Court, login: str) -> None:
    client = seeded.visitor(login)
    index = sentences(client.get("/directory/").text)
    assert all(name in index for name in DEPARTMENTS)
    text = sentences(client.get(f"/directory/people/{seeded.people['head']}").text)
    assert "部门负责人 审判管理办公室" in text
    assert "2026年1月1日（周四） 至 今" in text
    place = seeded.departments["审判管理办公室"]
    assert "宇文兰" in client.get(f"/directory/departments/{place}").text
    assert Permission.DIRECTORY_READ in EVERYBODY


def test_nobody_reads_it_without_a_log_in(seeded: Court) -> None:
    for address in ("/directory/", "/directory/people", "/directory/people/1", "/directory/departments/1"):
        assert seeded.app.test_client().get(address).headers["Location"].startswith("/login")


@pytest.mark.parametrize("login", ["handler", "office_head", "inspector", "nobody"])
def test_whoever_only_reads_sees_no_account_no_mail_address_and_no_form(seeded: Court, login: str) -> None:
    text = seeded.visitor(login).get(f"/directory/people/{seeded.people['head']}").text
    assert "head@example.test" not in text
    assert "/directory/positions/" not in text
    assert "/admin/accounts" not in text


@pytest.mark.parametrize("login", ["handler", "office_head", "inspector", "nobody"])
def test_whoever_only_reads_changes_nothing(seeded: Court, login: str) -> None:
    client, number = seeded.visitor(login), seeded.people["head"]
    answers = [
        client.get("/directory/departments/add"),
        client.post("/directory/departments/add", data={"name": "新处"}),
        client.get("/directory/people/add"),
        client.post("/directory/people/add", data={"name": "新人"}),
        client.post(f"/directory/people/{number}/change", data={"name": "别名", "email": ""}),
        client.post(f"/directory/people/{number}/positions", data={"role": "administrator"}),
        client.post(
            f"/directory/positions/{position_of(seeded, 'head')}/end", data={"last_day": "2026-05-01"}
        ),
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert held(seeded, "head") == [("department_head", date(2026, 1, 1), None)]


def test_another_organisation_is_not_there(seeded_both: Court) -> None:
    with seeded_both.database.write() as connection:
        other = add_organisation(connection, "另一法院", START)
        by = system(other, "test")
        place = add_department(connection, "外单位部门", by, START)
        stranger = add_person(connection, "外单位人", by, START)
        post = add_position(connection, stranger, place, "handler", date(2026, 1, 1), by, START)
    client = seeded_both.visitor("administrator")
    assert "外单位部门" not in client.get("/directory/").text
    assert "外单位人" not in client.get("/directory/people").text
    for address in (f"/directory/people/{stranger}", f"/directory/departments/{place}"):
        assert client.get(address).status_code == 404
    own = seeded_both.people["head"]
    answers = [
        client.post(f"/directory/people/{stranger}/change", data={"name": "别名", "email": ""}),
        client.post(
            f"/directory/people/{stranger}/positions",
            data={
                "department": seeded_both.departments["行装处"],
                "role": "handler",
                "from_on": "2026-06-01",
            },
        ),
        client.post(
            f"/directory/people/{own}/positions",
            data={"department": place, "role": "handler", "from_on": "2026-06-01"},
        ),
        client.post(f"/directory/positions/{post}/end", data={"last_day": "2026-05-01"}),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4


def test_people_are_found_by_part_of_their_name_and_page_by_key(seeded_both: Court) -> None:
    actor = seeded_both.actor("administrator")
    with seeded_both.database.read() as connection:
        assert [line.name for line in people(connection, actor, "兰", 0, 9, TODAY).lines] == [
            "贺兰柏",
            "宇文兰",
        ]
        assert people(connection, actor, "%", 0, 9, TODAY).lines == ()
        seen: list[str] = []
        after: int | None = 0
        while after is not None:
            page = people(connection, actor, "", after, 5, TODAY)
            seen += [line.name for line in page.lines]
            after = page.following
    assert seen == [name for name, _, _ in MEMBERS.values()]


def test_a_department_counts_people_once_and_names_its_heads(seeded_both: Court) -> None:
    actor = seeded_both.actor("administrator")
    with seeded_both.database.write() as connection:
        for role in ("verification_group", "performance_office"):
            add_position(
                connection,
                seeded_both.people["handler"],
                seeded_both.departments["审判管理办公室"],
                role,
                TODAY,
                actor,
                START,
            )
    with seeded_both.database.read() as connection:
        lines = {line.name: line for line in departments(connection, actor, TODAY)}
    assert lines["审判管理办公室"].people == 2
    assert [name for _, name in lines["审判管理办公室"].heads] == ["宇文兰"]
    assert lines["院领导"].people == 4
    assert tuple(lines) == DEPARTMENTS


def test_who_held_what_before_and_who_will_is_told_apart(seeded_both: Court) -> None:
    actor, place = seeded_both.actor("administrator"), seeded_both.departments["研究室"]
    with seeded_both.database.write() as connection:
        for name, first, last in (
            ("nobody", date(2025, 1, 1), date(2025, 12, 31)),
            ("supporter", date(2026, 9, 1), None),
        ):
            add_position(
                connection,
                seeded_both.people[name],
                place,
                "department_head",
                first,
                actor,
                START,
                until_on=last,
            )
    with seeded_both.database.read() as connection:
        rows = held_in(connection, actor, place, 100)
    assert [(row.person_name, row.over(TODAY), row.ahead(TODAY)) for row in rows] == [
        ("钟离樟", False, False),
        ("万俟菊", False, True),
        ("令狐棠", True, False),
    ]
    text = sentences(seeded_both.visitor("handler").get(f"/directory/departments/{place}").text)
    assert "尚未开始" in text
    assert "曾任（1） 姓名 职务 起止 令狐棠 部门负责人 2025年1月1日（周三） 至 2025年12月31日（周三）" in text


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
    [("", ""), ("  ", ""), ("研究室", ""), ("局" * 201, ""), ("新局", "简" * 61), ("a\x00b", "")],
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


@pytest.mark.parametrize("address", ["/directory/", "/directory/people"])
def test_a_page_costs_the_same_queries_however_many_there_are(seeded: Court, address: str) -> None:
    client = seeded.visitor("handler")
    client.get(address)
    with statements(seeded.database) as few:
        client.get(address)
    actor = seeded.actor("administrator")
    with seeded.database.write() as connection:
        for number in range(20):
            place = add_department(connection, f"第{number}庭", actor, START)
            who = add_person(connection, f"某{number}", actor, START)
            add_position(connection, who, place, "department_head", TODAY, actor, START)
    with statements(seeded.database) as many:
        client.get(address)
    assert len(many) == len(few)


@pytest.mark.parametrize(
    "query", ["after=x", "after=99999999999999999999", "words=%25_%5C", "words=" + "a" * 500]
)
def test_a_strange_search_is_no_failure(seeded_both: Court, query: str) -> None:
    assert seeded_both.visitor("handler").get(f"/directory/people?{query}").status_code == 200


@pytest.mark.parametrize("address", ["people/99999999999999999999", "departments/99999999999999999999"])
def test_a_number_no_column_holds_is_simply_not_there(seeded_both: Court, address: str) -> None:
    assert seeded_both.visitor("handler").get(f"/directory/{address}").status_code == 404
