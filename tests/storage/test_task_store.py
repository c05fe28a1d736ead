"""What is the SQL store's own: how few statements a move takes, over which indexes, what it clears away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import event, insert, select, text, update

from engine.commands import Withdraw
from storage.database import Database
from storage.gathering.around import OFFICE_ROLES, REPORTING_TRIGGERS
from storage.queries.scope import DEPARTMENTAL
from storage.tables import draft, position, proposal, task_department
from tests.contract.conftest import sql_stand
from tests.contract.court import DISABLED, NOW, PEOPLE, SECOND_HANDLER, SUPPORT, SUPPORTER, TASK
from tests.contract.moves import claim
from tests.fakes.changing import JUDGING
from workflows.rectification.definition import built_in
from workflows.rectification.gathering import OFFICES, SINGLE_SEATS, gather
from workflows.rectification.vocabulary import Role


@contextmanager
def _counted(database: Database) -> Iterator[list[str]]:
    """Note the statements that go to the database, however many rows each of them brings."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    sql = database._sql  # noqa: SLF001  # The one place that looks behind the curtain.
    event.listen(sql, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(sql, "before_cursor_execute", note)


def _count(database: Database, act: Callable[[], object]) -> int:
    with _counted(database) as seen:
        act()
    return len(seen)


def test_the_number_of_statements_of_a_move_is_known(database: Database) -> None:
    course = sql_stand(database).course
    command = course.command("acknowledge")
    gathering, looking_for_the_key = 3, 1
    first = gathering + looking_for_the_key
    assert _count(database, lambda: course.submit(command, Role.HANDLER)) == first + 6
    start = course.command("start")
    assert _count(database, lambda: course.submit(start, Role.HANDLER)) == first + 11
    # The test's own look at what is signed gathers, too.
    assert _count(database, lambda: course.sign(Role.DEPARTMENT_HEAD)) == 2 * gathering + 11
    assert _count(database, lambda: course.sign(Role.RESPONSIBLE_LEADER)) == 2 * gathering + 11


def test_more_rows_ask_for_no_more_statements(database: Database) -> None:
    course = sql_stand(database).course
    course.pass_through("acknowledge")
    one = course.command("start", evidence=(claim("work_plan", "measure:1"),))
    few = _count(database, lambda: course.submit(one, Role.HANDLER))
    course.submit(Withdraw(1, 1), Role.HANDLER)
    many = course.command(
        "start",
        evidence=tuple(claim("work_plan", "measure:1", "measure:2", title=f"No. {n}") for n in range(9)),
    )
    assert _count(database, lambda: course.submit(many, Role.HANDLER)) == few


def test_a_begun_form_is_gone_once_it_was_proposed(database: Database) -> None:
    course = sql_stand(database).course
    owned = {"organisation_id": 1, "task_id": TASK, "content": "{}", "key": "k", "updated_at": NOW}
    with database.write() as connection:
        for person, trigger in (
            (PEOPLE[Role.HANDLER], "acknowledge"),
            (PEOPLE[Role.HANDLER], "start"),
            (SECOND_HANDLER, "acknowledge"),
        ):
            connection.execute(insert(draft), owned | {"person_id": person, "trigger": trigger})
    course.pass_through("acknowledge")
    with database.read() as connection:
        left = connection.execute(select(draft.c.person_id, draft.c.trigger).order_by(draft.c.id)).all()
    assert [tuple(row) for row in left] == [(PEOPLE[Role.HANDLER], "start"), (SECOND_HANDLER, "acknowledge")]


def test_the_open_proposal_is_found_over_the_partial_index(sqlite_database: Database) -> None:
    statement = select(proposal.c.id).where(proposal.c.task_id == 1, text("proposal.state = 'open'"))
    compiled = str(statement.compile(compile_kwargs={"literal_binds": True}))
    with sqlite_database.read() as connection:
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN {compiled}")).all()
    assert "uq_proposal_task_id_open" in plan[0][3]


def test_positions_count_on_the_local_day(database: Database) -> None:
    course = sql_stand(database).course
    # One holder of a position in the lead department has left with the first of March, in Shanghai.
    course.wait_until(date(2026, 3, 1))
    handlers = {held.person for held in course.case().positions if held.role == Role.HANDLER}
    assert len(handlers) == 4


def test_whoever_left_since_the_task_was_created_is_gathered_as_former(database: Database) -> None:
    course = sql_stand(database).course
    assert [held.person for held in course.case().former] == [DISABLED]
    with database.write() as connection:
        left = update(position).where(position.c.person_id == SECOND_HANDLER)
        connection.execute(left.values(until_on=date(2026, 3, 2)))
        parts = task_department.c
        moved = update(task_department).where(parts.part == "supporting")
        connection.execute(moved.values(part="former_supporting"))
    course.wait_until(date(2026, 3, 3))
    case = course.case()
    assert [held.person for held in case.former] == [SECOND_HANDLER, DISABLED]
    assert SECOND_HANDLER not in {held.person for held in case.positions}
    assert (case.supporting_departments, case.former_supporting_departments) == ((), (SUPPORT,))
    relations = gather(case, date(2026, 3, 3)).relations
    assert {SECOND_HANDLER, DISABLED} <= relations["lead_department"]
    assert SUPPORTER in relations["supporting_department"]
    course.now = course.now.replace(day=1, hour=16)
    handlers = {held.person for held in course.case().positions if held.role == Role.HANDLER}
    assert len(handlers) == 3


def test_the_roles_and_kinds_that_are_gathered_are_those_that_the_workflow_asks_for() -> None:
    assert set(OFFICE_ROLES) == {*OFFICES, *SINGLE_SEATS}
    assert set(DEPARTMENTAL) == {Role.HANDLER, Role.DEPARTMENT_HEAD}
    assert set(built_in().definition.triggers) - set(REPORTING_TRIGGERS) == JUDGING
