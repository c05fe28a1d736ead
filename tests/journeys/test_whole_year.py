"""Seven tasks of one year move together: how many forms and how many signing pages that costs.

The pages are the product's own, driven by Flask's test client: in Chromium the two years of some eighty forms
and some fifty signing pages would take minutes. One leader answers for all seven tasks, so that nobody could
have more to sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from cli.demo.court import PASSWORD
from tests.journeys.whole_year import WholeYear, paper, plan_text, whole_year
from tests.web.driving import sentences

HANDLERS = ("dongfangzhu", "dongfangzhu", "muronghe", "muronghe", "huangfushan", "tantailiu", "puyangrong")
HEADS = ("nangongju", "gongsuntong", "yuchifeng", "gongyeyu", "chunyusang")
LEADER, OFFICE, VERIFIER, PUBLICITY = "ouyangbai", "chanyunan", "xiahoutan", "wenrentang"
REVIEWERS = ("taishumian",)
# The performance office sits in the department that leads the last task, so another head stands in there.
OFFICE_HEADS = ("shentuchun", "yuwenju")


@pytest.fixture
def year(sqlite_url: str) -> Iterator[WholeYear]:
    found = whole_year(sqlite_url)
    yield found
    found.database.close()


def test_completion_reported_by_the_year_end_day_costs_five_forms_and_five_signing_pages(
    year: WholeYear,
) -> None:
    tasks = _begun(year)
    year.go_to(date(2026, 11, 20))
    _complete(year, tasks)
    _ended(year, tasks)
    assert _forms(year, tasks) == [4] * 7
    assert year.signings[LEADER] == 5


def test_completion_after_the_year_end_day_costs_five_forms_and_six_signing_pages(year: WholeYear) -> None:
    tasks = _begun(year)
    year.go_to(date(2026, 11, 20))
    for task, handler in zip(tasks, HANDLERS, strict=True):
        _hand_in(year, handler, task, "report_year_end", _judged("partly", why="规定待印发"))
    _signed(year, HEADS, (LEADER,))
    year.go_to(date(2026, 12, 10))
    _complete(year, tasks)
    _ended(year, tasks)
    assert _forms(year, tasks) == [5] * 7
    assert year.signings[LEADER] == 6


def _begun(year: WholeYear) -> list[str]:
    """Import the plan, start all tasks in June, report at mid-term."""
    year.go_to(date(2026, 6, 1))
    draft = year.post(OFFICE, "/plans/", {"file": paper("整改方案", plan_text())}).location
    answer = year.post(OFFICE, draft, {**year.begin_with(OFFICE, draft), "action": "confirm"})
    assert answer.status_code == 302, sentences(answer.text)
    listed = year.get(OFFICE, answer.location)
    tasks = sorted(set(re.findall(r'href="/tasks/(\d+)"', listed)), key=int)
    assert len(tasks) == 7
    for task, handler in zip(tasks, HANDLERS, strict=True):
        _hand_in(year, handler, task, "acknowledge")
        _hand_in(year, handler, task, "start")
    _signed(year, HEADS, (LEADER,))
    year.go_to(date(2026, 8, 10))
    for task, handler in zip(tasks, HANDLERS, strict=True):
        _hand_in(year, handler, task, "report_mid_term", {"progress": "已列出清单"})
    _signed(year, HEADS, (LEADER,))
    return tasks


def _complete(year: WholeYear, tasks: list[str]) -> None:
    for task, handler in zip(tasks, HANDLERS, strict=True):
        _hand_in(year, handler, task, "complete", {"proof": "佐证"})
    _signed(year, HEADS, (LEADER,))


def _ended(year: WholeYear, tasks: list[str]) -> None:
    """Verify all tasks, then make them public at once."""
    for task in tasks:
        _hand_in(year, VERIFIER, task, "verify", _judged("met"))
    _signed(year, OFFICE_HEADS, (LEADER,))
    published = {"text": "七项整改均已完成。", "add_address": "https://yunling.example.test/2026"}
    _hand_in(year, PUBLICITY, tasks[0], "publicize", {**published, "also": tasks[1:]})
    _signed(year, HEADS, REVIEWERS, (LEADER,))
    for task in tasks:
        assert "已公开" in year.get(OFFICE, f"/tasks/{task}")
    assert sum(number for (login, _), number in year.forms.items() if login == PUBLICITY) == 1


def _hand_in(
    year: WholeYear, login: str, task: str, trigger: str, typed: dict[str, object] | None = None
) -> None:
    """Open a form and hand it in with what it begins with; short names stand for a field of every part."""
    path = f"/tasks/{task}/propose/{trigger}"
    data = year.begin_with(login, path) | {"action": "submit"}
    page = year.get(login, path)
    for name, value in (typed or {}).items():
        names = [name] if name in {"text", "add_address", "also"} else _fields_of(page, name)
        data |= {each: paper(str(value)) if name == "proof" else value for each in names}
    answer = year.post(login, path, data)
    # What is proposed for several tasks at once is answered with a list of what came of each.
    assert answer.status_code == (200 if "also" in data else 303), sentences(answer.text)
    assert "also" not in data or "已提请7项，共7项。" in sentences(answer.text)


def _fields_of(page: str, name: str) -> list[str]:
    pattern = r'name="(proof_\d+)"' if name == "proof" else rf'name="([mc]\d+_{name})"'
    return sorted(set(re.findall(pattern, page)))


def _judged(verdict: str, **more: object) -> dict[str, object]:
    if verdict != "met":
        more |= {"next_step": "年底前印发", "expected_on": "2026-12-20"}
    return {"verdict": verdict, **more}


def _signed(year: WholeYear, *stages: tuple[str, ...]) -> None:
    """Let everybody sign all that waits for them on one page, stage by stage."""
    for login in (login for stage in stages for login in stage):
        page = year.get(login, "/sign")
        items = re.findall(r'name="item" value="([^"]+)"', page)
        chosen = re.findall(r'name="proposal" id="[^"]+" value="(\d+)"', page)
        assert items, f"nothing waits for {login}"
        data: dict[str, object] = {
            "item": items,
            "proposal": chosen,
            "opinion": "agree",
            "words": "",
            "password": PASSWORD,
        }
        answer = year.post(login, "/sign", data)
        told = sentences(answer.text)
        assert f"已签批{len(items)}项，共{len(items)}项" in told, told


def _forms(year: WholeYear, tasks: list[str]) -> list[int]:
    return [year.forms[handler, task] for task, handler in zip(tasks, HANDLERS, strict=True)]
