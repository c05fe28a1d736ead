"""The ledger: filters in the address, pages by key, a count that stops, a workbook."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from storage.queries.ledger import COUNTED, LedgerFilter, count, everything, page
from tests.support.seed import Court
from tests.web.driving import propose, sentences, started

EVERYTHING = LedgerFilter()
TODAY = date(2026, 6, 1)


def numbers(court: Court, login: str, narrowed: LedgerFilter, today: date = TODAY) -> list[int]:
    with court.database.read() as connection:
        return [line.number for line in everything(connection, court.actor(login), narrowed, today, 100)]


@pytest.mark.parametrize(
    ("login", "expected"),
    [
        ("office", [1, 2, 3, 4]),
        ("inspector", [1, 2, 3, 4]),
        ("president", [1, 2, 3, 4]),
        ("performance_leader", [1, 2, 3, 4]),
        ("verifier", [1, 2, 3, 4]),
        ("leader", [1, 2, 3, 4]),
        ("other_leader", []),
        ("handler", [1, 2, 3, 4]),
        ("supporter", [1, 2, 3, 4]),
        ("stranger", []),
        ("publicity", []),
        ("reviewer", []),
        ("administrator", []),
        ("nobody", []),
    ],
)
def test_everybody_sees_their_own_tasks_alone(seeded: Court, login: str, expected: list[int]) -> None:
    assert numbers(seeded, login, EVERYTHING) == expected


def test_whoever_is_asked_to_sign_sees_the_task_from_then_on(seeded: Court) -> None:
    propose(seeded, "handler", seeded.tasks[0], "acknowledge")
    propose(seeded, "handler", seeded.tasks[0], "start")

    with seeded.database.read() as connection:
        outsider = replace(seeded.actor("head"), holdings=frozenset())
        found = everything(connection, outsider, EVERYTHING, TODAY, 100)
    assert [line.number for line in found] == [1]


def test_another_organisation_sees_nothing(seeded: Court) -> None:
    with seeded.database.read() as connection:
        stranger = replace(seeded.actor("office"), organisation=seeded.organisation + 1)
        assert everything(connection, stranger, EVERYTHING, TODAY, 100) == ()


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        (LedgerFilter(kind="immediate"), [2]),
        (LedgerFilter(kind="ongoing"), [3]),
        (LedgerFilter(state="verified"), []),
        (LedgerFilter(words="鉴定"), [4]),
        (LedgerFilter(words="鉴定 用时"), [4]),
        (LedgerFilter(words="鉴定 排队"), []),
        (LedgerFilter(words="%"), []),
        (LedgerFilter(words="_"), []),
        (LedgerFilter(due="week"), [1, 2, 3, 4]),
        (LedgerFilter(due="overdue"), []),
        (LedgerFilter(plan=99), []),
        (LedgerFilter(department=99), []),
        (LedgerFilter(leader=99), []),
    ],
)
def test_a_filter_narrows_to_what_it_says(seeded: Court, narrowed: LedgerFilter, expected: list[int]) -> None:
    assert numbers(seeded, "office", narrowed) == expected


def test_a_department_finds_what_it_leads_and_what_it_supports(seeded: Court) -> None:
    for name in ("审判管理办公室", "行装处"):
        narrowed = LedgerFilter(department=seeded.departments[name])
        assert numbers(seeded, "office", narrowed) == [1, 2, 3, 4]


def test_what_has_run_out_is_found_as_overdue(seeded: Court) -> None:
    propose(seeded, "handler", seeded.tasks[0], "acknowledge")

    assert numbers(seeded, "office", LedgerFilter(due="overdue"), date(2026, 6, 9)) == [2, 3, 4]


def test_pages_follow_each_other_by_key_and_none_is_shown_twice(seeded: Court) -> None:
    with seeded.database.read() as connection:
        actor = seeded.actor("office")
        first = page(connection, actor, EVERYTHING, TODAY, None, 3)
        second = page(connection, actor, EVERYTHING, TODAY, first.following, 3)

    assert [line.number for line in first.lines] == [1, 2, 3]
    assert [line.number for line in second.lines] == [4]
    assert second.following is None


def test_nothing_is_counted_further_than_needed(seeded: Court, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.queries.ledger.COUNTED", 2)
    with seeded.database.read() as connection:
        assert count(connection, seeded.actor("office"), EVERYTHING, TODAY) == 3
    assert COUNTED == 1000


def test_a_long_ledger_says_that_it_is_longer(seeded: Court, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.queries.ledger.COUNTED", 2)
    monkeypatch.setattr("web.pages.ledger.COUNTED", 2)

    assert "共2+项" in sentences(seeded.visitor("office").get("/ledger/").text)


def test_the_filters_live_in_the_address_and_the_file_has_the_same(seeded: Court) -> None:
    client = seeded.visitor("office")
    shown = client.get("/ledger/?words=鉴定&state=planned").text
    answer = client.get("/ledger/export.xlsx?words=鉴定&state=planned")

    assert "压降鉴定环节的平均用时" in shown
    assert "缩短长期未结案件的办理周期" not in shown
    assert "/ledger/export.xlsx?state=planned&amp;words=" in shown
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert "压降鉴定环节的平均用时" in cells
    assert not any("缩短长期未结案件" in cell for cell in cells)
    assert any("鉴定" in cell and "待启动" in cell for cell in cells)


def test_the_file_holds_no_more_than_its_reader_may_see(seeded: Court) -> None:
    answer = seeded.visitor("stranger").get("/ledger/export.xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    assert not any("鉴定" in str(cell.value) for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize(
    "query",
    [
        "after=1-2",
        "after=x-y-z",
        "plan=abc",
        "plan=99999999999999999999",
        "state=nonsense",
        "due=never",
        "leader=-1",
        "after=2026-1-9999999999999999",
        "words=" + "长" * 500,
    ],
)
def test_an_address_that_makes_no_sense_narrows_nothing_and_breaks_nothing(seeded: Court, query: str) -> None:
    assert seeded.visitor("office").get(f"/ledger/?{query}").status_code == 200


def test_a_started_task_shows_the_clock_that_runs_out_next(seeded: Court) -> None:
    started(seeded, seeded.tasks[0])

    words = sentences(seeded.visitor("office").get("/ledger/").text)
    assert "整改中" in words
    assert "中期进度报送 2026年8月15日（周六）" in words


def test_the_scope_and_the_filters_hold_on_both_databases(seeded_both: Court) -> None:
    assert numbers(seeded_both, "office", LedgerFilter(words="鉴定", due="month")) == [4]
    assert numbers(seeded_both, "stranger", EVERYTHING) == []
    with seeded_both.database.read() as connection:
        actor = seeded_both.actor("handler")
        first = page(connection, actor, EVERYTHING, TODAY, None, 3)
        assert [line.leads for line in first.lines] == [("审判管理办公室",)] * 3
        second = page(connection, actor, EVERYTHING, TODAY, first.following, 3)
        assert [line.number for line in second.lines] == [4]
        assert count(connection, actor, EVERYTHING, TODAY) == 4
