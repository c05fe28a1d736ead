"""What a handler still lacks, and a proposal in three lines: pure code, told apart case by case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.bundle import Bundle, Claim, Entry
from workflows.rectification.gist import gist, shortened
from workflows.rectification.lacking import lacking
from workflows.rectification.records.progress import MeasureState, TaskProgress, Waiting

PLANNED = TaskProgress(
    task=1,
    state="planned",
    kind="dated",
    acknowledged=True,
    measures=(
        MeasureState(1, date(2026, 3, 2), date(2026, 5, 29), reported=True),
        MeasureState(2, None, None, reported=False),
    ),
    criteria=((71, 1), (72, 2)),
    proven=frozenset({72}),
)
WORKING = replace(PLANNED, state="in_progress")


@pytest.mark.parametrize(
    ("clock", "progress", "trigger", "missing"),
    [
        ("acknowledge", replace(PLANNED, acknowledged=False), "acknowledge", []),
        ("work_plan", replace(PLANNED, acknowledged=False), "acknowledge", []),
        ("work_plan", PLANNED, "start", ["measure_undated"]),
        ("mid_term_report", PLANNED, "start", ["measure_undated"]),
        ("completion", PLANNED, "start", ["measure_undated"]),
        ("completion", replace(PLANNED, kind="immediate"), "complete", ["criterion_unproven"]),
        ("mid_term_report", WORKING, "report_mid_term", ["progress_missing"]),
        ("year_end_report", WORKING, "report_year_end", ["criterion_unreported"]),
        ("completion", WORKING, "complete", ["criterion_unproven"]),
        ("completion", replace(WORKING, proven=frozenset({71, 72})), "complete", []),
        ("suspension", replace(WORKING, state="suspended"), "resume", []),
        ("completion", replace(WORKING, state="suspended"), "resume", []),
        ("mid_term_report", replace(WORKING, state="suspended"), "report_mid_term", ["progress_missing"]),
        ("verification", replace(WORKING, state="completed"), None, []),
        ("publicity", replace(WORKING, state="verified"), None, []),
        (None, WORKING, None, []),
        ("completion", replace(WORKING, waiting=Waiting("complete", "department_head", ())), None, []),
    ],
)
def test_the_next_move_and_what_is_missing_for_it(
    clock: str | None, progress: TaskProgress, trigger: str | None, missing: list[str]
) -> None:
    found = lacking(clock, progress)

    assert (found.trigger, [reason.code for reason in found.missing]) == (trigger, missing)


def bundle(trigger: str, *entries: Entry, text: str = "", files: int = 0) -> Bundle:
    claims = tuple(Claim("proof", str(n)) for n in range(files))
    return Bundle("task:1", 1, "rectification@1", trigger, text, claims, entries)


def about(part: str, **values: str) -> Entry:
    return Entry(part, tuple(values.items()))


def test_a_work_plan_says_how_many_measures_have_their_days() -> None:
    found = gist(bundle("start", about("measure:1", first_on="2026-03-02"), about("measure:2")))

    assert [(r.code, r.values()) for r in found.changed] == [("gist.planned", {"measures": 1})]
    assert found.gaps == ()


def test_a_report_says_what_moved_and_what_stands_in_the_way() -> None:
    entries = [about(f"measure:{n}", progress="好", problems=f"缺人{n}") for n in range(1, 5)]
    found = gist(bundle("report_mid_term", *entries, text="总体顺利。", files=2))

    assert [r.code for r in found.changed] == ["gist.progress", "gist.text", "gist.evidence"]
    assert [r.code for r in found.gaps] == ["gist.problem", "gist.problem", "gist.more_problems"]
    assert found.gaps[-1].values() == {"count": 2}


def test_verdicts_are_counted_and_the_unmet_ones_are_gaps() -> None:
    found = gist(
        bundle(
            "verify",
            about("criterion:1", verdict="met"),
            about("criterion:2", verdict="partly"),
            about("criterion:3", verdict="not_met"),
        )
    )

    assert [r.values() for r in found.changed] == [{"met": 1, "criteria": 3}]
    assert [r.code for r in found.gaps] == ["gist.not_met", "gist.partly"]


def test_a_new_day_is_told() -> None:
    found = gist(replace(bundle("rework"), dates=(("new_due_on", date(2026, 11, 20)),)))

    assert found.changed[0].values() == {"day": date(2026, 11, 20)}


def test_a_long_text_is_cut_and_a_closing_stop_falls_away() -> None:
    assert shortened("各项措施已经落实，\n报请核验。") == "各项措施已经落实， 报请核验"
    assert shortened("长" * 80) == "长" * 59 + "…"
