from __future__ import annotations

from dataclasses import fields

import pytest
from sqlalchemy import Connection, insert, select, update

from storage.queries.public import PlanKey, PublicTask, public_plans, public_tasks
from storage.tables import organisation, person, publication, publication_task, step, task
from tests.support.seed import MEMBERS, Court
from tests.web.driving import sentences

WORDS = "清理长期未结案件一百二十件，已全部办结。\n管理规定已印发。"
ADDRESS = "https://court.example/news/1"


def publish(court: Court, number: int, words: str = WORDS, address: str | None = ADDRESS) -> int:
    """Bring a task to where it is publicized, by rows alone; gives its publication."""
    with court.database.write() as connection:
        values = {
            "organisation_id": court.organisation,
            "digest": f"{number:064d}",
            "text": words,
            "address": address,
            "published_at": court.clock.now,
        }
        made = connection.execute(insert(publication).values(**values).returning(publication.c.id))
        identifier = int(made.scalar_one())
        serves = {"publication_id": identifier, "task_id": number, "organisation_id": court.organisation}
        connection.execute(insert(publication_task).values(**serves, round=1))
        connection.execute(
            insert(step).values(
                organisation_id=court.organisation,
                task_id=number,
                version=99,
                trigger="publicize",
                origin="verified",
                state="publicized",
                round=1,
                person_id=court.people["publicity"],
                digest="0" * 64,
                at=court.clock.now,
            )
        )
        stand(connection, number, "publicized")
    return identifier


def stand(connection: Connection, number: int, state: str, round_: int = 1) -> None:
    """Put a task into a state."""
    connection.execute(update(task).where(task.c.id == number).values(state=state, round=round_))


@pytest.fixture
def plan(seeded_both: Court) -> int:
    """The plan of the court."""
    with seeded_both.database.read() as connection:
        number = connection.execute(select(task.c.plan_id).limit(1)).scalar_one()
    return int(number)


def test_the_public_reads_objective_section_words_address_and_day_and_no_other_field() -> None:
    assert [field.name for field in fields(PublicTask)] == [
        "section",
        "objective",
        "text",
        "address",
        "publicized_at",
    ]


def test_anybody_reads_a_publicized_task_without_a_log_in(seeded_both: Court, plan: int) -> None:
    publish(seeded_both, seeded_both.tasks[0])
    client = seeded_both.app.test_client()
    index = sentences(client.get("/public/").text)
    assert "2026年度执法办案突出问题整改工作方案" in index
    assert "已公开1项" in index
    page = client.get(f"/public/{plan}")
    assert page.status_code == 200
    text = sentences(page.text)
    for words in ("缩短长期未结案件的办理周期", "审判质效", "已全部办结", ADDRESS, "2026年6月1日（周一）"):
        assert words in text
    assert f'href="{ADDRESS}"' in page.text


def test_the_public_page_names_no_person_and_nothing_of_the_work_inside(
    seeded_both: Court, plan: int
) -> None:
    publish(seeded_both, seeded_both.tasks[0])
    client = seeded_both.app.test_client()
    text = client.get("/public/").text + client.get(f"/public/{plan}").text
    with seeded_both.database.read() as connection:
        names = connection.execute(select(person.c.name)).scalars().all()
    inside = [
        *names,
        *(name for name, _, _ in MEMBERS.values()),
        "社会评价中反映较多",  # The problem.
        "逐件清理",  # A measure.
        "清单内案件",  # A criterion.
        "审判管理办公室",
        "各审判业务部门",
        "公开诉讼服务中心的排队时间",  # A task that is not publicized.
        "试高法",
        "2026-12-15",
        "12月15日",
    ]
    assert [words for words in inside if words in text] == []


@pytest.mark.parametrize("state", ["verified", "withheld", "in_progress", "cancelled"])
def test_what_is_not_publicized_now_is_not_there(seeded_both: Court, plan: int, state: str) -> None:
    publish(seeded_both, seeded_both.tasks[0])
    with seeded_both.database.write() as connection:
        stand(connection, seeded_both.tasks[0], state)
    client = seeded_both.app.test_client()
    assert "整改工作方案" not in client.get("/public/").text
    page = client.get(f"/public/{plan}")
    assert page.status_code == 404
    assert "已全部办结" not in page.text


def test_a_plan_of_which_nothing_is_publicized_looks_like_one_that_is_not_there(
    seeded_both: Court, plan: int
) -> None:
    client = seeded_both.app.test_client()
    ours, unknown = client.get(f"/public/{plan}"), client.get("/public/987654")
    assert ours.status_code == unknown.status_code == 404
    assert "整改工作方案" not in ours.text


def test_words_of_an_earlier_round_are_not_shown_for_a_later_one(seeded_both: Court, plan: int) -> None:
    publish(seeded_both, seeded_both.tasks[0], "第一轮的旧说法")
    with seeded_both.database.write() as connection:
        stand(connection, seeded_both.tasks[0], "publicized", 2)
    assert "第一轮的旧说法" not in seeded_both.app.test_client().get(f"/public/{plan}").text


def test_an_address_that_is_none_of_the_web_is_no_link(seeded_both: Court, plan: int) -> None:
    publish(seeded_both, seeded_both.tasks[0], address="javascript:alert(1)")
    assert 'href="javascript' not in seeded_both.app.test_client().get(f"/public/{plan}").text


def test_words_are_shown_as_words(seeded_both: Court, plan: int) -> None:
    publish(seeded_both, seeded_both.tasks[0], "<script>x</script>")
    page = seeded_both.app.test_client().get(f"/public/{plan}").text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_pages_follow_each_other_by_key(seeded_both: Court, plan: int) -> None:
    for number in seeded_both.tasks:
        publish(seeded_both, number, f"第{number}项")
    seen: list[str] = []
    after: int | None = 0
    with seeded_both.database.read() as connection:
        while after is not None:
            page = public_tasks(connection, plan, after, 3)
            seen += [one.text for one in page.tasks]
            after = page.following
    assert seen == [f"第{number}项" for number in seeded_both.tasks]


def test_plans_follow_each_other_by_key(seeded_both: Court, plan: int) -> None:
    publish(seeded_both, seeded_both.tasks[0])
    with seeded_both.database.read() as connection:
        found, following = public_plans(connection, None, 1)
        assert [one.plan for one in found] == [plan]
        assert following is None
        assert public_plans(connection, PlanKey(found[0].year, plan), 1) == ((), None)
        assert len(public_plans(connection, PlanKey(found[0].year + 1, 0), 1)[0]) == 1


@pytest.mark.parametrize(
    "address",
    ["/public/?after=x", "/public/?after=9-9", "/public/?after=99999999999999-1", "/public/?after=-1-2"],
)
def test_a_strange_key_is_no_failure(seeded_both: Court, address: str) -> None:
    assert seeded_both.app.test_client().get(address).status_code == 200


@pytest.mark.parametrize("after", ["x", "-1", "999999999", "99999999999999999999"])
def test_a_strange_key_of_tasks_is_no_failure(seeded_both: Court, plan: int, after: str) -> None:
    publish(seeded_both, seeded_both.tasks[0])
    assert seeded_both.app.test_client().get(f"/public/{plan}?after={after}").status_code == 200


def test_the_body_is_named_by_its_own_name(seeded_both: Court, plan: int) -> None:
    publish(seeded_both, seeded_both.tasks[0])
    with seeded_both.database.read() as connection:
        name = connection.execute(select(organisation.c.name)).scalar_one()
    assert name in seeded_both.app.test_client().get(f"/public/{plan}").text
