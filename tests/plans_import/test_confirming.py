"""From a plan that was read to tasks, on every store: the same promises in memory and on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.actor import Actor
from engine.audit import AuditDraft
from engine.errors import NotFoundError
from engine.reasons import RefusedError
from tests.plans_import.samples import ACTOR, DIRECTORY, HALL_HEAD, NOW, PLAN, RULES
from workflows.plans import confirming
from workflows.plans.keeping import Kept
from workflows.plans.ports import DraftClosedError, DraftStaleError, PlanExistsError, PlanStore
from workflows.plans.read import read_plan
from workflows.plans.records import DraftState

SOURCE = ("ab" * 32, "方案.txt")
TODAY = date(2026, 3, 2)


def handed_in(store: PlanStore, text: str = PLAN, source: tuple[str, str] = SOURCE) -> int:
    return confirming.begin(store, source, Kept(read_plan("方案.txt", text.encode())), ACTOR, NOW)


def test_the_directory_is_what_the_court_has(store: PlanStore) -> None:
    found = store.directory(ACTOR, TODAY)

    assert found == DIRECTORY


def test_nothing_is_created_until_a_person_confirms(store: PlanStore) -> None:
    draft = handed_in(store)

    assert store.load(draft, ACTOR).state is DraftState.OPEN
    assert all(before.plan is None for before in store.earlier(SOURCE[0], ACTOR))


def test_a_plan_without_questions_becomes_its_tasks_in_one_go(store: PlanStore) -> None:
    draft = handed_in(store)

    created = confirming.confirm(store, RULES, draft, 1, ACTOR, NOW)

    assert len(created.tasks) == 2
    record = store.load(draft, ACTOR)
    assert (record.state, record.plan) == (DraftState.CONFIRMED, created.plan)


def test_a_question_keeps_every_task_from_being_created(store: PlanStore) -> None:
    draft = handed_in(store, PLAN.replace("责任领导：方知远", "责任领导：陌生人"))

    with pytest.raises(RefusedError) as refused:
        confirming.confirm(store, RULES, draft, 1, ACTOR, NOW)

    assert refused.value.code == "question.leader_unknown"
    assert store.load(draft, ACTOR).state is DraftState.OPEN


def test_an_answered_question_lets_the_tasks_be_created(store: PlanStore) -> None:
    draft = handed_in(store, PLAN.replace("责任领导：方知远", "责任领导：白云起"))
    open_before = confirming.look(store, draft, ACTOR, TODAY).understanding.questions
    version = confirming.correct(store, draft, 1, {"leader:白云起": str(HALL_HEAD)}, ACTOR, NOW)

    created = confirming.confirm(store, RULES, draft, version, ACTOR, NOW)

    assert [question.code for question in open_before] == ["question.leader_ambiguous"]
    assert len(created.tasks) == 2


def test_a_half_confirmed_import_is_left_and_continued(store: PlanStore) -> None:
    draft = handed_in(store)
    confirming.correct(store, draft, 1, {"task.1.due_on": "2026-09-15"}, ACTOR, NOW)

    continued = confirming.look(store, draft, ACTOR, TODAY)

    assert continued.record.version == 2
    assert continued.sheet.get("task.1.due_on") == "2026-09-15"
    assert continued.read["task.1.due_on"] == "2026-09-30"


def test_saving_nothing_new_changes_nothing(store: PlanStore) -> None:
    draft = handed_in(store)

    assert confirming.correct(store, draft, 1, {"task.1.due_on": "2026-09-30"}, ACTOR, NOW) == 1


def test_a_correction_taken_back_is_no_correction_any_more(store: PlanStore) -> None:
    draft = handed_in(store)
    version = confirming.correct(store, draft, 1, {"task.1.due_on": "2026-09-15"}, ACTOR, NOW)

    confirming.correct(store, draft, version, {"task.1.due_on": "2026-09-30"}, ACTOR, NOW)

    assert store.load(draft, ACTOR).corrections == {}


def test_of_two_people_the_slower_one_is_told(store: PlanStore) -> None:
    draft = handed_in(store)
    confirming.correct(store, draft, 1, {"title": "甲"}, ACTOR, NOW)

    with pytest.raises(DraftStaleError):
        confirming.correct(store, draft, 1, {"title": "乙"}, ACTOR, NOW)
    with pytest.raises(DraftStaleError):
        confirming.confirm(store, RULES, draft, 1, ACTOR, NOW)
    with pytest.raises(DraftStaleError):
        confirming.discard(store, draft, 1, ACTOR, NOW)


def test_a_store_refuses_a_stale_version_even_where_nobody_looked_before(store: PlanStore) -> None:
    draft = handed_in(store)
    audit = AuditDraft(f"plan_draft:{draft}", "correct")
    store.save(draft, 1, {"title": "甲"}, audit, ACTOR, NOW)

    with pytest.raises(DraftStaleError):
        store.save(draft, 1, {"title": "乙"}, audit, ACTOR, NOW)


def test_what_was_confirmed_cannot_be_confirmed_again(store: PlanStore) -> None:
    draft = handed_in(store)
    confirming.confirm(store, RULES, draft, 1, ACTOR, NOW)

    with pytest.raises(DraftClosedError):
        confirming.confirm(store, RULES, draft, 2, ACTOR, NOW)


def test_a_discarded_import_is_closed_and_no_longer_pointed_out(store: PlanStore) -> None:
    draft = handed_in(store)
    confirming.discard(store, draft, 1, ACTOR, NOW)

    assert store.earlier(SOURCE[0], ACTOR) == ()
    with pytest.raises(DraftClosedError):
        confirming.correct(store, draft, 2, {"title": "甲"}, ACTOR, NOW)


def test_the_same_file_is_pointed_out_as_waiting_and_then_as_a_plan(store: PlanStore) -> None:
    draft = handed_in(store)
    waiting = store.earlier(SOURCE[0], ACTOR)
    created = confirming.confirm(store, RULES, draft, 1, ACTOR, NOW)

    assert [(found.draft, found.plan) for found in waiting] == [(draft, None)]
    assert [(found.draft, found.plan) for found in store.earlier(SOURCE[0], ACTOR)] == [(None, created.plan)]


def test_a_plan_of_the_same_title_and_year_is_refused_whole(store: PlanStore) -> None:
    confirming.confirm(store, RULES, handed_in(store), 1, ACTOR, NOW)
    again = handed_in(store, source=("cd" * 32, "方案.txt"))

    with pytest.raises(PlanExistsError):
        confirming.confirm(store, RULES, again, 1, ACTOR, NOW)

    assert store.load(again, ACTOR).state is DraftState.OPEN


def test_another_organisation_sees_nothing_of_an_import(store: PlanStore) -> None:
    draft = handed_in(store)
    stranger = replace(ACTOR, organisation=2)

    with pytest.raises(NotFoundError):
        confirming.look(store, draft, stranger, TODAY)
    assert store.earlier(SOURCE[0], stranger) == ()


def test_only_the_performance_office_turns_documents_into_tasks(store: PlanStore) -> None:
    nobody = Actor(person=3, organisation=1)

    with pytest.raises(RefusedError) as refused:
        confirming.begin(store, SOURCE, Kept(read_plan("方案.txt", PLAN.encode())), nobody, NOW)

    assert refused.value.code == "not_permitted"
