"""What a person must decide before tasks are created, and what is not asked."""

from __future__ import annotations

from datetime import date

import pytest

from tests.plans_import.samples import ARCHIVES, CASES, DIRECTORY, HALL_HEAD, LEADER, PLAN
from workflows.plans.fields import doubts, plan_year, read_fields
from workflows.plans.keeping import Kept, from_text, to_text
from workflows.plans.matching import is_group, match_department, match_person, offered_leaders
from workflows.plans.read import read_plan
from workflows.plans.records import DepartmentEntry, DepartmentPart, Directory
from workflows.plans.sheet import changes, corrected
from workflows.plans.understanding import Understanding, understand

READING = read_plan("方案.txt", PLAN.encode())
READ = read_fields(Kept(READING))
TODAY = date(2026, 3, 2)


def understood(typed: dict[str, str] | None = None, directory: Directory = DIRECTORY) -> Understanding:
    corrections = changes(READ, typed or {})
    return understand(corrected(READ, corrections), directory, doubts(READING), corrections, TODAY)


def asked(typed: dict[str, str]) -> list[tuple[str, str]]:
    return [(question.code, question.field) for question in understood(typed).questions]


@pytest.mark.parametrize(
    ("typed", "code", "field"),
    [
        ({"task.1.due_on": ""}, "question.day_missing", "task.1.due_on"),
        ({"task.1.due_on": "九月底"}, "question.day_malformed", "task.1.due_on"),
        ({"task.1.due_on": "0026-09-30"}, "question.day_malformed", "task.1.due_on"),
        ({"task.1.kind": ""}, "question.kind_missing", "task.1.kind"),
        ({"task.1.kind": "ongoing"}, "question.day_beside_kind", "task.1.due_on"),
        ({"task.2.leaders": ""}, "question.leader_missing", "task.2.leaders"),
        ({"task.2.leaders": "无名氏"}, "question.leader_unknown", "leader:无名氏"),
        ({"task.2.leaders": "白云起"}, "question.leader_ambiguous", "leader:白云起"),
        ({"task.2.leaders": "顾南风"}, "question.leader_inactive", "leader:顾南风"),
        ({"task.2.lead": ""}, "question.lead_missing", "task.2.lead"),
        ({"task.2.lead": "各有关部门"}, "question.lead_is_group", "task.2.lead"),
        ({"task.2.lead": "无此部门"}, "question.department_unknown", "department:无此部门"),
        ({"task.2.supporting": "无此部门"}, "question.department_unknown", "department:无此部门"),
        ({"task.2.criteria": ""}, "question.criterion_missing", "task.2.criteria"),
        ({"task.2.objective": " "}, "question.objective_missing", "task.2.objective"),
        ({"task.2.section": "长" * 401}, "question.too_long", "task.2.section"),
        ({"title": ""}, "question.title_missing", "title"),
        ({"year": "明年"}, "question.year_missing", "year"),
        ({"review_on": "年底"}, "question.day_malformed", "review_on"),
        ({"milestone.1.due_on": ""}, "question.milestone_day_missing", "milestone.1.due_on"),
        ({"milestone.1.kind": ""}, "question.milestone_kind_missing", "milestone.1.kind"),
        ({"milestone.2.kind": "mid_term_report"}, "question.milestone_twice", "milestone.2.kind"),
        ({"task.1.dropped": "1", "task.2.dropped": "1"}, "question.tasks_missing", "tasks"),
    ],
)
def test_what_is_missing_is_a_question_and_nothing_is_created(
    typed: dict[str, str], code: str, field: str
) -> None:
    assert asked(typed) == [(code, field)]
    assert understood(typed).plan is None


def test_one_answer_about_a_name_serves_every_task() -> None:
    unknown = {"task.1.leaders": "方院长", "task.2.leaders": "方院长"}
    (question,) = understood(unknown).questions
    answered = understood({**unknown, "leader:方院长": str(LEADER)})

    assert question.params["tasks"] == "1、2"
    assert answered.plan is not None
    assert [task.leaders for task in answered.plan.tasks] == [(LEADER,), (LEADER,)]


def test_an_answer_that_is_not_in_the_directory_answers_nothing() -> None:
    typed = {"task.1.leaders": "方院长", "leader:方院长": "999"}

    assert asked(typed) == [("question.leader_unknown", "leader:方院长")]


def test_somebody_who_may_not_log_in_is_no_answer_either() -> None:
    assert asked({"task.1.leaders": "方院长", "leader:方院长": "8"}) == [
        ("question.leader_unknown", "leader:方院长")
    ]


def test_a_department_may_be_kept_as_written_and_then_gives_no_seat() -> None:
    plan = understood({"task.2.supporting": "志愿服务队", "department:志愿服务队": "group"}).plan

    assert plan is not None
    assert [(d.part, d.department) for d in plan.tasks[1].departments][1:] == [(DepartmentPart.GROUP, None)]


def test_a_short_name_means_its_department() -> None:
    plan = understood({"task.2.supporting": "案管办"}).plan

    assert plan is not None
    assert plan.tasks[1].departments[1].department == CASES
    assert plan.tasks[1].departments[1].name == "案管办"


def test_two_departments_of_one_short_name_are_a_question() -> None:
    twice = Directory(
        (*DIRECTORY.departments, DepartmentEntry(9, "案卷管理办公室", "案管办")), DIRECTORY.people
    )

    assert match_department("案管办", twice).candidates == (CASES, 9)
    found = understood({"task.2.supporting": "案管办"}, twice)
    assert [question.code for question in found.questions] == ["question.department_ambiguous"]


def test_a_department_named_as_lead_and_as_support_stands_once() -> None:
    plan = understood({"task.2.supporting": "诉讼服务中心\n档案处\n档案管理处"}).plan

    assert plan is not None
    assert [d.department for d in plan.tasks[1].departments] == [4, ARCHIVES]


def test_several_departments_may_lead() -> None:
    plan = understood({"task.2.lead": "诉讼服务中心\n档案管理处", "task.2.supporting": ""}).plan

    assert plan is not None
    assert [d.part for d in plan.tasks[1].departments] == [DepartmentPart.LEAD, DepartmentPart.LEAD]


def test_a_dropped_task_asks_nothing_and_the_others_move_up() -> None:
    plan = understood({"task.1.dropped": "1", "task.1.due_on": ""}).plan

    assert plan is not None
    assert [(task.number, task.section) for task in plan.tasks] == [(1, "诉讼服务")]


def test_a_task_the_reader_missed_can_be_added() -> None:
    added = {
        "tasks": "3",
        "task.3.objective": "补上的目标",
        "task.3.kind": "immediate",
        "task.3.lead": "档案管理处",
        "task.3.leaders": "方知远",
        "task.3.measures": "第一项\n第二项",
        "task.3.adopted": "1,2,7",
    }
    plan = understood(added).plan

    assert plan is not None
    assert [(c.text, c.measure) for c in plan.tasks[2].criteria] == [("第一项", 1), ("第二项", 2)]


def test_days_that_have_passed_are_remarked_and_stop_nobody() -> None:
    found = understood({"task.1.due_on": "2026-01-05", "milestone.1.due_on": "2026-02-01"})

    assert [(remark.code, remark.task) for remark in found.remarks] == [
        ("remark.milestone_past", None),
        ("remark.day_past", 1),
    ]
    assert found.plan is not None


@pytest.mark.parametrize(
    "name",
    ["各审判业务部门", "各有关部门", "有关部门", "相关单位", "全院各部门", "机关各处室", "其他责任部门"],
)
def test_a_group_name_asks_nothing(name: str) -> None:
    assert is_group(name)
    assert understood({"task.2.supporting": name}).plan is not None


@pytest.mark.parametrize("name", ["审判管理办公室", "民事审判第一庭", "督察室", "机关党委", "行装处"])
def test_the_name_of_one_department_is_no_group(name: str) -> None:
    assert not is_group(name)


def test_blanks_and_full_width_signs_make_no_other_name() -> None:
    assert match_person("方 知　远", DIRECTORY).found == LEADER
    assert match_department("案件管理办公室 ", DIRECTORY).found == CASES


def test_namesakes_are_offered_first_then_whoever_leads() -> None:
    offered = [entry.person for entry in offered_leaders("白云起", DIRECTORY)]

    assert offered[:2] == [HALL_HEAD, HALL_HEAD + 1]
    assert set(offered[2:]) == {1, 2}


def test_a_doubt_of_the_reader_stays_open_until_somebody_looked() -> None:
    text = PLAN.replace("完成时限：2026年9月底前", "完成时限：适时完成")
    reading = read_plan("方案.txt", text.encode())
    read = read_fields(Kept(reading))
    plain = understand(corrected(read, {}), DIRECTORY, doubts(reading))
    typed = {"task.1.kind": "dated", "task.1.due_on": "2026-09-30"}
    answered = understand(corrected(read, typed), DIRECTORY, doubts(reading), typed)

    assert plain.plan is None
    assert [question.task for question in plain.questions] == [1]
    assert answered.questions == ()


def test_the_year_is_the_one_of_the_year_end_report() -> None:
    assert plan_year(READING) == 2026
    assert read_fields(Kept(READING, year=2031))["review_on"] == "2031-12-31"


def test_what_is_kept_of_a_reading_comes_back_whole() -> None:
    kept = Kept(READING, year=2026)

    assert from_text(to_text(kept)) == kept


def test_a_form_cannot_smuggle_in_fields_of_its_own() -> None:
    typed = {"plan_id": "7", "task.0.kind": "x", "task.1.state": "verified", "csrf_token": "t", "title": "新"}

    assert changes(READ, typed) == {"title": "新"}


def test_signs_that_no_database_keeps_are_dropped() -> None:
    assert changes(READ, {"title": "新\x00的\r\n名\ud800"}) == {"title": "新的\n名"}
