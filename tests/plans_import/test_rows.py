"""What a confirmed plan leaves in the database, on both."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

import pytest
from sqlalchemy import Table, func, select

from engine.audit import check_chain
from storage.database import Database
from storage.definition_store import SqlVersionStore
from storage.plan_store import SqlPlanStore
from storage.tables import (
    audit_entry,
    audit_pending,
    audit_text,
    criterion,
    deadline,
    definition_version,
    measure,
    milestone,
    notice,
    plan,
    plan_draft,
    task,
    task_department,
    task_leader,
)
from tests.plans_import.samples import ACTOR, CASES, HANDLER, HEAD, LEADER, NOW, PLAN, RULES
from tests.plans_import.test_confirming import handed_in
from tests.versions.changed import changed
from workflows.plans import confirming
from workflows.plans.records import Created
from workflows.versions.known import load


def created(database: Database, text: str = PLAN, typed: Mapping[str, str] | None = None) -> Created:
    store = SqlPlanStore(database)
    draft = handed_in(store, text)
    version = confirming.correct(store, draft, 1, typed or {}, ACTOR, NOW)
    return confirming.confirm(store, RULES, draft, version, ACTOR, NOW)


def rows(database: Database, table: Table, **where: object) -> list[dict[str, object]]:
    with database.read() as connection:
        statement = select(table).where(*(table.c[name] == value for name, value in where.items()))
        return [dict(row) for row in connection.execute(statement).mappings()]


def count(database: Database, table: Table) -> int:
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_task_begins_planned_with_its_own_words(furnished: Database) -> None:
    first, _ = created(furnished).tasks
    (found,) = rows(furnished, task, id=first)

    assert (found["state"], found["version"], found["round"]) == ("planned", 1, 1)
    assert (found["due_on"], found["original_due_on"]) == (date(2026, 9, 30), date(2026, 9, 30))
    assert found["objective"] == "缩短立案到开庭的等候时间"
    assert [row["text"] for row in rows(furnished, measure, task_id=first)] == [
        "公布排期办法",
        "每周清理超期未排案件",
    ]
    assert [row["person_id"] for row in rows(furnished, task_leader, task_id=first)] == [LEADER]


def test_a_group_is_kept_as_written_and_refers_to_no_department(furnished: Database) -> None:
    first, _ = created(furnished).tasks

    found = [
        (row["part"], row["department_id"], row["name"])
        for row in rows(furnished, task_department, task_id=first)
    ]
    assert found == [("lead", CASES, "案件管理办公室"), ("group", None, "各审判业务部门")]


def test_every_clock_that_creation_starts_runs_from_the_first_moment(furnished: Database) -> None:
    first, _ = created(furnished).tasks
    running = {row["kind"]: (row["due_on"], row["state"]) for row in rows(furnished, deadline, task_id=first)}

    assert running == {
        "acknowledge": (date(2026, 3, 9), "running"),
        "work_plan": (date(2026, 3, 23), "running"),
        "mid_term_report": (date(2026, 8, 15), "running"),
        "year_end_report": (date(2026, 11, 30), "running"),
        "completion": (date(2026, 9, 30), "running"),
    }
    assert all(row["next_at"] is not None for row in rows(furnished, deadline, task_id=first))
    (found,) = rows(furnished, task, id=first)
    assert (found["next_kind"], found["next_due_on"]) == ("acknowledge", date(2026, 3, 9))


def test_an_immediate_task_owes_no_work_plan_and_has_no_day_of_its_own(furnished: Database) -> None:
    typed = {"task.1.kind": "immediate", "task.1.due_on": ""}
    first, _ = created(furnished, typed=typed).tasks

    running = {row["kind"]: row["due_on"] for row in rows(furnished, deadline, task_id=first)}
    assert "work_plan" not in running
    assert running["completion"] == date(2026, 3, 16)
    assert rows(furnished, task, id=first)[0]["due_on"] is None


def test_a_plan_without_dates_for_everybody_owes_no_reports(furnished: Database) -> None:
    bare = "\n".join(line for line in PLAN.splitlines() if "报院绩效办" not in line)
    first, _ = created(furnished, bare).tasks

    assert {row["kind"] for row in rows(furnished, deadline, task_id=first)} == {
        "acknowledge",
        "work_plan",
        "completion",
    }


def test_department_and_leader_are_told_once_each(furnished: Database) -> None:
    first, _ = created(furnished).tasks
    told = {row["person_id"]: row for row in rows(furnished, notice, task_id=first)}

    assert {person: row["kind"] for person, row in told.items()} == {
        LEADER: "leadership_assigned",
        HANDLER: "assignment_created",
        HEAD: "assignment_created",
    }
    assert told[HANDLER]["cause"] == f"created:task:{first}"
    assert json.loads(str(told[HANDLER]["params"])) == {"due_on": "2026-03-09"}


def test_the_record_has_a_whole_chain_for_import_plan_and_each_task(furnished: Database) -> None:
    made = created(furnished)
    streams = {str(row["stream"]) for row in rows(furnished, audit_entry)}

    assert streams >= {f"plan:{made.plan}", *(f"task:{number}" for number in made.tasks)}
    for stream in streams:
        found = sorted(rows(furnished, audit_entry, stream=stream), key=lambda row: str(row["seq"]))
        chain = [(int(str(r["seq"])), str(r["body"]), str(r["sha256"]), str(r["sm3"])) for r in found]
        assert check_chain(stream, chain) is None
    assert count(furnished, audit_pending) == count(furnished, audit_entry)


def test_a_correction_is_recorded_by_field_with_its_words_beside_the_entry(furnished: Database) -> None:
    store = SqlPlanStore(furnished)
    draft = handed_in(store)
    confirming.correct(store, draft, 1, {"task.1.objective": "新的目标", "leader:某某": "1"}, ACTOR, NOW)

    (entry,) = rows(furnished, audit_entry, action="correct")
    assert json.loads(str(entry["body"]))["references"] == {
        "fields": ["leader", "task.1.objective"],
        "version": 2,
    }
    assert "新的目标" not in str(entry["body"])
    assert "某某" not in str(entry["body"])
    (words,) = rows(furnished, audit_text, entry_id=entry["id"])
    assert json.loads(str(words["text"])) == {"leader:某某": "1", "task.1.objective": "新的目标"}


def test_the_definition_is_published_once_for_all_plans(furnished: Database) -> None:
    created(furnished)
    store = SqlPlanStore(furnished)
    again = handed_in(store, source=("cd" * 32, "二.txt"))
    version = confirming.correct(store, again, 1, {"title": "另一个方案"}, ACTOR, NOW)
    confirming.confirm(store, RULES, again, version, ACTOR, NOW)

    assert count(furnished, definition_version) == 1
    assert count(furnished, plan) == 2
    assert len({row["definition_version_id"] for row in rows(furnished, task)}) == 1


def test_tasks_start_on_the_newest_published_definition_and_those_before_stay(furnished: Database) -> None:
    created(furnished)
    SqlVersionStore(furnished).publish(load(changed()), ACTOR, NOW)
    store = SqlPlanStore(furnished)
    again = handed_in(store, source=("cd" * 32, "二.txt"))
    version = confirming.correct(store, again, 1, {"title": "另一个方案"}, ACTOR, NOW)
    made = confirming.confirm(store, RULES, again, version, ACTOR, NOW)

    newest = max(int(str(row["id"])) for row in rows(furnished, definition_version))
    on_newest = [row["id"] for row in rows(furnished, task, definition_version_id=newest)]
    assert sorted(map(str, on_newest)) == sorted(map(str, made.tasks))
    assert len(rows(furnished, task)) == 2 * len(made.tasks)


def test_the_dates_for_everybody_are_kept_with_their_kinds(furnished: Database) -> None:
    made = created(furnished)

    found = {row["kind"]: row["due_on"] for row in rows(furnished, milestone, plan_id=made.plan)}
    assert found == {
        "mid_term_report": date(2026, 8, 15),
        "year_end_report": date(2026, 11, 30),
        "survey": date(2027, 1, 31),
    }


def test_a_measure_that_serves_as_its_own_criterion_is_marked(furnished: Database) -> None:
    store = SqlPlanStore(furnished)
    draft = handed_in(
        store, PLAN.replace("核验标准：一是印发《案件排期办法》；二是等候时间平均缩短五日。\n", "")
    )
    version = confirming.correct(store, draft, 1, {"task.1.adopted": "2"}, ACTOR, NOW)
    first, _ = confirming.confirm(store, RULES, draft, version, ACTOR, NOW).tasks

    (measured,) = rows(furnished, measure, task_id=first, number=2)
    (judged,) = rows(furnished, criterion, task_id=first)
    assert (judged["text"], judged["taken_from_measure_id"]) == ("每周清理超期未排案件", measured["id"])


def test_a_failure_half_way_leaves_nothing_at_all(
    furnished: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    store = SqlPlanStore(furnished)
    draft = handed_in(store)
    before = count(furnished, audit_entry)
    monkeypatch.setattr("storage.plan_writing.tell", fail)

    with pytest.raises(ZeroDivisionError):
        confirming.confirm(store, RULES, draft, 1, ACTOR, NOW)

    assert [count(furnished, table) for table in (plan, task, milestone, notice, deadline)] == [0] * 5
    assert count(furnished, audit_entry) == before
    assert rows(furnished, plan_draft)[0]["state"] == "open"
