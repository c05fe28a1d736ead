from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.plans.equality import differences
from tests.support.surroundings import SHARED
from workflows.plans.errors import UnreadablePlanError
from workflows.plans.export import to_json
from workflows.plans.read import read_plan

pytestmark = pytest.mark.shared

TEXTS = sorted((SHARED / "plans").glob("*.txt")) if SHARED.is_dir() else [Path("absent.txt")]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_shared_text_reads_as_people_read_it(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    if not expected["tasks"]:
        with pytest.raises(UnreadablePlanError) as refusal:
            read_plan(path.name, path.read_bytes())
        assert refusal.value.code == "plan_without_tasks"
        assert "整改措施" in str(refusal.value.params["looked_for"])
        return
    found = to_json(read_plan(path.name, path.read_bytes()), lambda code, _: code)
    assert differences(found, expected) == []


def test_the_reference_plan_is_read_to_the_letter(shared: Path) -> None:
    path = shared / "plans" / "court-2021.txt"
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    found = to_json(read_plan(path.name, path.read_bytes()), lambda code, _: code)
    tasks = [
        {key: task[key] for key in wanted}
        for task, wanted in zip(found["tasks"], expected["tasks"], strict=True)
    ]
    assert tasks == expected["tasks"]
    days = [{key: day[key] for key in ("date", "what")} for day in found["milestones"]]
    assert days == expected["milestones"]
    assert [day["kind"] for day in found["milestones"]] == ["mid_term_report", "year_end_report", "survey"]
    assert found["questions"] == []
    assert [task["remark"] for task in found["tasks"]] == [
        None,
        None,
        "2021年度社会评价热点难点问题",
        "2021年度社会评价热点难点问题",
        None,
        None,
        None,
    ]
    assert sum(len(task["measures"]) for task in found["tasks"]) == 19
    assert sum(len(task["criteria"]) for task in found["tasks"]) == 23


def test_a_named_year_dates_what_has_none(shared: Path) -> None:
    path = shared / "plans" / "01_real_ccit_audit_217.txt"
    tasks = read_plan(path.name, path.read_bytes(), 2017).tasks
    assert {str(task.deadline) for task in tasks} == {"2017-12-31"}


def test_stages_and_remarks_of_the_shared_texts_are_kept(shared: Path) -> None:
    path = shared / "plans" / "11_syn_ducha_list.txt"
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    found = to_json(read_plan(path.name, path.read_bytes()), lambda code, _: code)
    for task, wanted in zip(found["tasks"], expected["tasks"], strict=True):
        for key in ("supervisor", "acceptance_unit", "also_ongoing", "interim"):
            assert task[key] == wanted.get(key, type(task[key])() if task[key] is not None else None)
