"""The same completion against the original day and against the extended one."""

from __future__ import annotations

from datetime import date

import pytest

from workflows.deadlines.standing import Standing, standing

DUE, BEFORE, AFTER = date(2026, 9, 30), date(2026, 9, 29), date(2026, 10, 1)


@pytest.mark.parametrize(
    ("met_on", "today", "says"),
    [
        (None, BEFORE, Standing.OPEN),
        (None, DUE, Standing.OPEN),
        (None, AFTER, Standing.OVERDUE),
        (BEFORE, AFTER, Standing.MET),
        (DUE, AFTER, Standing.MET),
        (AFTER, AFTER, Standing.LATE),
    ],
)
def test_what_is_due_on_a_day_is_met_by_that_day_late_after_it_or_open_until_it(
    met_on: date | None, today: date, says: Standing
) -> None:
    assert standing(DUE, met_on, today) is says


def test_done_between_both_days_is_late_on_the_original_and_met_on_the_extended_day() -> None:
    assert standing(DUE, AFTER, AFTER) is Standing.LATE
    assert standing(date(2026, 10, 20), AFTER, AFTER) is Standing.MET
