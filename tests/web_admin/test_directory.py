from __future__ import annotations

from datetime import date

import pytest

from engine.actor import system
from storage.directory import add_department, add_organisation, add_person, add_position
from storage.queries.directory import departments, held_in, people
from tests.support.seed import DEPARTMENTS, MEMBERS, START, Court
from tests.web.driving import sentences
from tests.web_admin.counting import statements
from tests.web_admin.positions import TODAY, held, position_of
from web.permissions import EVERYBODY, Permission


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
