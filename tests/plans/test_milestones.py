from __future__ import annotations

import pytest

from tests.plans.documents import asked, plan
from workflows.plans.reading import PlanReading
from workflows.plans.records import MilestoneKind

TASK = "二、整改任务\n（一）服务\n整改目标：甲\n整改措施：乙\n责任部门：丙科\n完成时限：2023年底\n"


def read(behind: str, before: str = "", year: int | None = None) -> PlanReading:
    return plan(f"某院整改方案\n{before}\n{TASK}{behind}", year)


def days(reading: PlanReading) -> list[tuple[str | None, str]]:
    return [(str(found.day) if found.day else None, found.what) for found in reading.milestones]


def test_two_dates_of_one_sentence_share_what_is_handed_in() -> None:
    reading = read(
        "三、工作要求\n（一）强化管理。牵头部门要抓紧，分别于2023年7月10日和11月20日前将中期进展、全年完成情况报评议办。"
    )
    assert days(reading) == [("2023-07-10", "中期进展报评议办"), ("2023-11-20", "全年完成情况报评议办")]
    assert [found.kind for found in reading.milestones] == [
        MilestoneKind.MID_TERM_REPORT,
        MilestoneKind.YEAR_END_REPORT,
    ]
    assert asked(reading) == []


@pytest.mark.parametrize(
    "words",
    [
        "各科室于2023年8月15日前将中期整改进度、于11月30日前将全年整改完成情况报院绩效办。",
        "各科室于2023年8月15日前将中期整改进度和11月30日前将全年整改完成情况报院绩效办。",
        "各科室2023年8月15日前将中期整改进度，11月30日前将全年整改完成情况报院绩效办。",
        "各科室于2023年8月15日前将中期整改进度报院绩效办、于11月30日前将全年整改完成情况报院绩效办。",
        "各科室应于2023年8月15日前报送中期整改进度、并于11月30日前报送全年整改完成情况。",
        "各科室于2023年8月15日前将中期报告、于11月30日前将年终报告报院绩效办。",
        "2023年8月15日前中期整改进度、11月30日前全年整改完成情况报院绩效办。",
    ],
)
def test_dates_that_each_stand_before_their_own_object_keep_them_apart(words: str) -> None:
    reading = read(f"三、工作要求\n{words}")
    assert [(str(found.day), found.kind) for found in reading.milestones] == [
        ("2023-08-15", MilestoneKind.MID_TERM_REPORT),
        ("2023-11-30", MilestoneKind.YEAR_END_REPORT),
    ]


def test_an_object_without_a_verb_is_lent_the_one_that_follows() -> None:
    behind = "三、工作要求\n于2023年8月15日前将中期整改进度、于11月30日前将全年整改完成情况报院绩效办。"
    assert days(read(behind)) == [
        ("2023-08-15", "将中期整改进度报院绩效办"),
        ("2023-11-30", "将全年整改完成情况报院绩效办"),
    ]


def test_an_object_with_a_verb_of_its_own_is_lent_none() -> None:
    behind = "三、工作要求\n于2023年8月15日前将问题整改到位、于11月30日前将整改情况报院绩效办。"
    assert days(read(behind)) == [
        ("2023-08-15", "将问题整改到位"),
        ("2023-11-30", "将整改情况报院绩效办"),
    ]


def test_an_outside_survey_is_a_milestone_without_the_list_of_what_it_asks() -> None:
    reading = read(
        "三、组织保障\n市评议办将于2024年1月底前委托调查机构，对整改举措、回应诉求等情况进行满意度测评，得分计入总分。"
    )
    assert days(reading) == [("2024-01-31", "市评议办委托调查机构进行满意度测评")]
    assert reading.milestones[0].kind is MilestoneKind.SURVEY


@pytest.mark.parametrize(
    "behind",
    [
        "三、工作要求\n各科室每周五下班前报送进展。",
        "三、工作要求\n每月25日前报送进展，重大事项随时报告。",
        "三、工作要求\n2023年3月6日至4月14日，巡察组进行了检查。",
        "三、工作要求\n已于2023年3月底前完成动员。",
        "三、工作要求\n按照上半年、全年两个节点抓好整改。",
        "三、工作要求\n评价得分计入2023年度总分。",
        "三、工作要求\n收到通知后10日内报送方案。",
    ],
)
def test_what_recurs_is_over_or_names_no_day_is_no_milestone(behind: str) -> None:
    assert days(read(behind)) == []


def test_phases_of_the_work_are_milestones() -> None:
    reading = read(
        "三、实施步骤\n（一）动员部署（2023年4月底前）。\n（二）集中整改（2023年5月至9月）。\n（三）总结验收（2023年10月）。"
    )
    assert [day for day, _ in days(reading)] == ["2023-04-30", "2023-09-30", "2023-10-31"]


def test_words_behind_the_tasks_without_a_chapter_count_too() -> None:
    assert days(read("请各科室于2023年12月10日前将整改情况报送办公室。")) == [
        ("2023-12-10", "各科室将整改情况报送办公室")
    ]


def test_before_the_tasks_only_reports_and_surveys_count() -> None:
    before = "到2023年6月底前，服务水平明显提升。请于2023年7月5日前报送进展。"
    assert [day for day, _ in days(read("", before))] == ["2023-07-05"]


def test_measures_with_dates_are_no_milestones() -> None:
    measures = "1.2023年5月底前完成排查。\n2.2023年8月底前完成整改。"
    content = f"某院方案\n（一）加强管理\n{measures}\n责任单位：甲科；完成时限：2023年底"
    assert days(plan(content)) == []


def test_a_milestone_without_a_year_takes_it_from_its_sentence_or_asks() -> None:
    behind = "三、工作要求\n2023年6月20日前报送半年情况，12月10日前报送全年总结。"
    assert [day for day, _ in days(read(behind))] == ["2023-06-20", "2023-12-10"]
    lonely = plan(
        f"某院整改方案\n{TASK.replace('2023年底', '长期坚持')}三、工作要求\n12月10日前报送全年总结。"
    )
    assert days(lonely) == [(None, "报送全年总结")]
    assert asked(lonely) == [(None, "plan_year_unknown")]


def test_the_year_all_deadlines_share_is_taken_and_told() -> None:
    reading = read("三、工作要求\n12月10日前报送全年总结。")
    assert [day for day, _ in days(reading)] == ["2023-12-10"]
    assert asked(reading) == [(None, "plan_year_from_document")]
    named = read("三、工作要求\n12月10日前报送全年总结。", year=2023)
    assert asked(named) == []


def test_a_milestone_knows_where_its_date_stands() -> None:
    reading = read("三、工作要求\n请于2023年7月5日前报送进展。")
    source = reading.milestones[0].source
    assert reading.lines[source.line - 1][source.start : source.end] == "2023年7月5日前"
    assert reading.milestones[0].text == "2023年7月5日前"
