"""Whatever is handed in: a reading or a refusal, soon, and never a value that the text does not have."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans.documents import tabs
from workflows.plans.errors import UnreadablePlanError
from workflows.plans.pieces import fold
from workflows.plans.read import read_plan
from workflows.plans.reading import PlanReading

PROSE = """某局2022年度评议意见整改方案
一、整改任务
（一）窗口服务
整改目标（意见建议）：缩短等候时间。
整改措施：一是增设窗口；二是每季度评估一次。
核验标准：1.等候不超过15分钟；2.满意度90%。
责任领导：甲一、乙二
责任部门：窗口办，各分中心（排序第一的为牵头部门，下同）
完成时限：2023年6月底前完成采购，年底前全面完成
（二）加强热线管理。增配坐席。（责任单位：信息科；完成时限：立行立改，长期坚持）
二、工作要求
请于2023年7月5日和12月10日前将中期情况、全年情况报评议办。
"""
LEDGER = tabs(
    [
        ["序号", "类别", "问题", "整改措施", "责任领导", "责任部门", "完成时限"],
        ["1", "服务", "等候长", "1.增设窗口；2.开通预约", "甲一", "窗口办、信息科", "2023年上半年"],
        ["2", "", "热线难打", "增配坐席", "", "信息科", "同上"],
    ]
)
SIGNS = st.sampled_from(
    "一二十是要第〔〕（）()【】：:；;。、，,.1230年月日底前\t\n| 　责任部门整改目标措施时限立行改“”《》①%-~至"
)


def attempt(content: str) -> PlanReading | None:
    try:
        return read_plan("plan.txt", content.encode())
    except UnreadablePlanError:
        return None


def invented(reading: PlanReading, content: str) -> list[str]:
    """Names and words of a reading that its text does not have."""
    whole = "".join(fold(content).split())
    values = [
        value
        for task in reading.tasks
        for value in (*task.measures, *task.criteria, *task.leaders, *task.departments, task.objective or "")
    ]
    return [value for value in values if "".join(fold(value).split()) not in whole]


@given(st.text(SIGNS, max_size=120))
@settings(max_examples=200)
def test_any_text_is_read_or_refused(content: str) -> None:
    reading = attempt(content)
    assert reading is None or invented(reading, content) == []


@given(st.sampled_from([PROSE, LEDGER]), st.integers(0, 600), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_a_text_cut_off_invents_nothing(content: str, length: int, chance: random.Random) -> None:
    cut = content[:length] if chance.random() < 0.5 else content[length:]
    reading = attempt(cut)
    if reading is not None:
        assert invented(reading, cut) == []
        assert len(reading.tasks) <= 2


@given(st.sampled_from([PROSE, LEDGER]), st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_lines_in_disorder_and_signs_of_other_width_invent_nothing(
    content: str, chance: random.Random
) -> None:
    lines = content.split("\n")
    chance.shuffle(lines)
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if chance.random() < 0.5}
    shuffled = "\n".join(lines).translate(wide)
    reading = attempt(shuffled)
    assert reading is None or invented(reading, shuffled) == []


def test_half_a_plan_says_less_and_asks_more() -> None:
    whole, half = attempt(PROSE), attempt(PROSE[: PROSE.index("责任领导")])
    assert whole is not None
    assert half is not None
    assert (len(whole.tasks), len(half.tasks)) == (2, 1)
    assert (half.tasks[0].leaders, half.tasks[0].departments, half.tasks[0].deadline) == ((), (), None)
    assert {"leaders", "lead_department", "deadline"} <= {question.field for question in half.questions}


@pytest.mark.parametrize(
    "content",
    [
        "整改目标：" * 20_000,
        "责任部门：甲、乙；" * 20_000,
        "责任部门：甲" + " " * 1_000_000,
        "整改目标：甲\n责任领导：" + "主任" * 50_000,
        "整改目标：甲\n责任部门：" + "(" * 100_000,
        "整改措施：\n" + "\n".join(f"{number}.甲" for number in range(1, 20_000)) + "\n责任部门：乙",
        "一" * 300_000,
        "1" * 300_000,
        "2022年" * 60_000,
        "|" * 50_000 + "\n|---|",
        "整改目标：甲\n责任部门：乙\n三、工作要求\n2023年5月底前" + "对" * 100_000,
        PROSE.replace("\n", "") * 300,
    ],
    ids=[
        "labels",
        "names",
        "blanks",
        "titles",
        "brackets",
        "items",
        "numbers",
        "digits",
        "years",
        "bars",
        "dui",
        "line",
    ],
)
def test_a_hostile_text_is_done_with_in_seconds(content: str) -> None:
    begun = time.process_time()
    attempt(content)
    assert time.process_time() - begun < 10
