from __future__ import annotations

from datetime import date

import pytest

from workflows.plans.dates.deadline import Deadline, DeadlineKind, Interim, read
from workflows.plans.dates.years import Years, events
from workflows.plans.pieces import Piece

NOTHING = Years()


def codes(deadline: Deadline) -> list[str]:
    return [doubt.code for doubt in deadline.doubts]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022年年底前", "2022-12-31"),
        ("2022年底", "2022-12-31"),
        ("2022年内", "2022-12-31"),
        ("2022年度内完成", "2022-12-31"),
        ("2022年", "2022-12-31"),
        ("2023年上半年", "2023-06-30"),
        ("2023年下半年", "2023-12-31"),
        ("2023年第三季度末", "2023-09-30"),
        ("2023年一季度", "2023-03-31"),
        ("2023年第二、三季度", "2023-09-30"),
        ("2023年9月底前", "2023-09-30"),
        ("2023年9月前", "2023-09-30"),
        ("2024年2月", "2024-02-29"),
        ("2023年10月上旬", "2023-10-10"),
        ("2023年10月中旬", "2023-10-20"),
        ("2023年10月下旬", "2023-10-31"),
        ("2023年6月20日18：00前", "2023-06-20"),
        ("2023年6月30日（星期五）下班前", "2023-06-30"),
        ("２０２３年６月３０日前", "2023-06-30"),
        ("2023 年 6 月 30 日 前", "2023-06-30"),
        ("二〇二二年十二月底前", "2022-12-31"),
        ("二○二三年三月十五日前", "2023-03-15"),
        ("2023.6.30前", "2023-06-30"),
        ("2023-06-30", "2023-06-30"),
        ("2023/6", "2023-06-30"),
        ("“十四五”期间", "2025-12-31"),
        ("十三五末", "2020-12-31"),
        ("2023年3至5月", "2023-05-31"),
        ("2023年4~12月", "2023-12-31"),
        ("2023年5月—8月", "2023-08-31"),
        ("2023年3月6日至4月14日", "2023-04-14"),
        ("2023年6月1日-15日", "2023-06-15"),
        ("2022年11月至2023年2月", "2023-02-28"),
        ("2022-2024年", "2024-12-31"),
        ("2022年11月启动，次年3月底前完成", "2023-03-31"),
    ],
)
def test_the_last_day_of_the_named_period_is_the_deadline(text: str, day: str) -> None:
    deadline = read(text, NOTHING)
    assert (deadline.kind, str(deadline.day), codes(deadline)) == (DeadlineKind.DATED, day, [])


@pytest.mark.parametrize(
    "text", ["年内", "年底前", "上半年", "第三季度末", "9月底前", "6月20日18：00前", "3至5月", "全年"]
)
def test_without_a_year_the_day_is_open_until_somebody_names_it(text: str) -> None:
    open_day = read(text, NOTHING)
    assert (open_day.kind, open_day.day, codes(open_day)) == (DeadlineKind.DATED, None, ["plan_year_unknown"])
    named = read(text, Years(given=2023))
    assert named.day is not None
    assert named.day.year == 2023
    assert named.doubts == ()


@pytest.mark.parametrize(
    ("text", "kind", "also_ongoing"),
    [
        ("立行立改", DeadlineKind.IMMEDIATE, False),
        ("即知即改", DeadlineKind.IMMEDIATE, False),
        ("立即整改并长期坚持", DeadlineKind.IMMEDIATE, True),
        ("长期坚持", DeadlineKind.ONGOING, False),
        ("持续推进", DeadlineKind.ONGOING, False),
        ("2023年底前完成，并长期坚持", DeadlineKind.DATED, True),
        ("立行立改，2023年6月底前完成", DeadlineKind.DATED, False),
        ("常态化推进，每月5日前报送", DeadlineKind.ONGOING, False),
    ],
)
def test_a_date_outranks_at_once_and_at_once_outranks_for_good(
    text: str, kind: DeadlineKind, *, also_ongoing: bool
) -> None:
    deadline = read(text, NOTHING)
    assert (deadline.kind, deadline.also_ongoing) == (kind, also_ongoing)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("每月5日前", "plan_deadline_recurring"),
        ("每年6月、12月底前", "plan_deadline_recurring"),
        ("每季度末", "plan_deadline_recurring"),
        ("2023年春节前", "plan_deadline_unclear"),
        ("尽快", "plan_deadline_unclear"),
        ("已完成", "plan_deadline_done"),
    ],
)
def test_what_cannot_be_dated_stays_open(text: str, code: str) -> None:
    deadline = read(text, Years(given=2023))
    assert (deadline.kind, deadline.day, codes(deadline)) == (None, None, [code])


def test_a_day_that_the_calendar_lacks_is_asked_for() -> None:
    assert codes(read("2023年2月30日前", NOTHING)) == ["plan_day_impossible"]
    assert read("2023年2月30日前", NOTHING).day is None


def test_stages_before_the_last_day_are_kept_with_their_words() -> None:
    deadline = read("2022年8月底前完成排查，2023年底全面完成", NOTHING)
    assert deadline.day == date(2023, 12, 31)
    assert deadline.interim == (Interim(date(2022, 8, 31), "完成排查"),)


def test_a_stage_takes_the_year_from_its_neighbour_in_the_same_sentence() -> None:
    assert read("6月底前完成方案，2022年底前完成整改", NOTHING).interim == (
        Interim(date(2022, 6, 30), "完成方案"),
    )
    assert read("2022年6月底前完成方案，9月底前完成整改", NOTHING).day == date(2022, 9, 30)


def test_a_month_before_the_one_in_front_of_it_is_not_guessed() -> None:
    assert codes(read("2022年10月启动，3月底前完成", NOTHING)) == ["plan_year_unknown"]


def test_this_year_and_next_year_need_a_year_to_count_from() -> None:
    assert codes(read("明年6月底前", NOTHING)) == ["plan_year_unknown"]
    assert read("明年6月底前", Years(given=2023)).day == date(2024, 6, 30)
    written = read("今年年底前", Years(written_on=date(2023, 4, 1)))
    assert (written.day, codes(written)) == (date(2023, 12, 31), ["plan_year_from_document"])


def test_the_day_of_issue_gives_the_year_and_says_so() -> None:
    years = Years(written_on=date(2023, 5, 10))
    later = read("9月底前", years)
    assert (later.day, codes(later)) == (date(2023, 9, 30), ["plan_year_from_document"])
    earlier = read("3月底前", years)
    assert (earlier.day, codes(earlier)) == (None, ["plan_year_unknown"])


def test_a_relative_date_counts_from_a_told_event_or_asks() -> None:
    told = events([Piece("巡察组于2023年3月6日至4月14日进驻，5月31日召开会议反馈了意见。", 1)])
    counted = read("收到反馈意见后3个月内", Years(events=told))
    assert (counted.day, codes(counted)) == (date(2023, 8, 31), ["plan_base_from_document"])
    assert codes(read("方案印发后30日内", Years(events=told))) == ["plan_base_unknown"]
    assert codes(read("收到反馈意见后10个工作日内", Years(events=told))) == ["plan_base_unknown"]
    assert codes(read("三个月内", NOTHING)) == ["plan_base_unknown"]


def test_months_are_counted_to_the_last_day_of_a_shorter_month() -> None:
    told = events([Piece("2023年11月30日印发通知。", 1)])
    assert read("通知印发后3个月内", Years(events=told)).day == date(2024, 2, 29)


@pytest.mark.parametrize("text", ["2023年秋季学期", "2023年汛期来临前", "2023年5月起长期坚持", "2023年起"])
def test_a_year_with_an_unknown_season_and_a_beginning_are_no_days(text: str) -> None:
    assert read(text, NOTHING).day is None


def test_a_part_of_a_period_belongs_to_its_year() -> None:
    deadline = read("2022年底前，其中6月底前完成一半", NOTHING)
    assert (deadline.day, deadline.interim) == (date(2022, 12, 31), (Interim(date(2022, 6, 30), "完成一半"),))


def test_two_events_that_fit_leave_the_base_open() -> None:
    told = events([Piece("2023年5月1日反馈了初步意见，2023年6月1日反馈了正式意见。", 1)])
    assert codes(read("收到反馈意见后3个月内", Years(events=told))) == ["plan_base_unknown"]
