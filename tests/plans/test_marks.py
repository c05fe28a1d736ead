from __future__ import annotations

import pytest

from workflows.plans import marks
from workflows.plans.items import items
from workflows.plans.marks import MarkKind
from workflows.plans.pieces import Piece, fold


def split(*lines: str) -> list[str]:
    pieces = [Piece(line, number) for number, line in enumerate(lines, start=1)]
    return [words.text for words in items(pieces)]


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("一是加强学习", MarkKind.SHI, 1),
        ("三要定期通报", MarkKind.YAO, 3),
        ("第二，公开流程", MarkKind.DI, 2),
        ("其一，压实责任", MarkKind.QI, 1),
        ("十二、审判监督", MarkKind.CHAPTER, 12),
        ("（三）基层建设", MarkKind.BRACKET, 3),
        ("㈡司法公开", MarkKind.BRACKET, 2),
        ("1.制定方案", MarkKind.ARABIC, 1),
        ("２．制定方案", MarkKind.ARABIC, 2),
        ("3、制定方案", MarkKind.ARABIC, 3),
        ("1.2022年8月底前完成排查", MarkKind.ARABIC, 1),
        ("（4）制定方案", MarkKind.ARABIC_BRACKET, 4),
        ("⑸制定方案", MarkKind.ARABIC_BRACKET, 5),
        ("6）制定方案", MarkKind.ARABIC_HALF, 6),
        ("⑦制定方案", MarkKind.CIRCLED, 7),
        ("2.1 制定方案", MarkKind.DOTTED2, 1),
        ("第二项：账实不符", MarkKind.ITEM, 2),
        ("● 制定方案", MarkKind.BULLET, 0),
    ],
)
def test_a_marker_is_known_by_its_form(text: str, kind: MarkKind, number: int) -> None:
    found = marks.leading(fold(text))
    assert found is not None
    assert (found.kind, found.number) == (kind, number)


@pytest.mark.parametrize(
    "text",
    [
        "每季度一次开展检查",
        "第三方评估机构",
        "三分之二以上的案件",
        "18.5公里管网",
        "2022.8.15前完成",
        "由每季度评审一次改为每月评审一次",
        "一、二审案件质量",
        "三、四季度各通报一次",
        "第一审程序",
        "第一责任人",
        "十二月底前",
        "一审简易程序",
        "3.15活动",
        "统一是目标",
        "二要件齐备",
    ],
)
def test_what_only_looks_like_a_marker_is_none(text: str) -> None:
    assert marks.leading(fold(text)) is None
    assert split(text) == [text]


def test_an_item_keeps_its_words_and_loses_marker_and_closing_sign() -> None:
    assert split("一是每季度巡查一次；二是请第三方评估。") == ["每季度巡查一次", "请第三方评估"]
    assert split("一要讲清，二要讲透，三要讲实") == ["讲清", "讲透", "讲实"]
    assert split("①甲；②乙（见①）；③丙") == ["甲", "乙（见①）", "丙"]


def test_a_number_right_behind_the_marker_stays_with_the_words() -> None:
    lines = ["1.2023年6月底前建成", "2.5G信号覆盖全部法庭", "3.改造1.5公里线路"]
    assert split(*lines) == ["2023年6月底前建成", "5G信号覆盖全部法庭", "改造1.5公里线路"]


def test_an_inner_list_stays_inside_its_item() -> None:
    assert split("1.分两步：（1）排查；（2）治理。2.通报。") == ["分两步：（1）排查；（2）治理", "通报"]


def test_a_list_counts_on_and_passes_over_numbers_out_of_order() -> None:
    assert split("1.按第3.条办理；2.公布") == ["按第3.条办理", "公布"]
    assert split("一是按“二是”的口径统计；二是公布") == ["按“二是”的口径统计", "公布"]


def test_words_that_only_introduce_a_list_are_no_item() -> None:
    assert split("具体措施如下：1.排查；2.通报") == ["排查", "通报"]
    assert split("强化管理。1.排查；2.通报") == ["强化管理", "排查", "通报"]


def test_without_markers_clauses_and_lines_are_items() -> None:
    assert split("修订《甲办法；乙办法》；开展检查；建立台账。") == [
        "修订《甲办法；乙办法》",
        "开展检查",
        "建立台账",
    ]
    assert split("增加车辆", "调整路线") == ["增加车辆", "调整路线"]
    assert split("这一行太长，所以在编辑的时候被断开成了两行，中间本来并没有", "句号。", "第二条。") == [
        "这一行太长，所以在编辑的时候被断开成了两行，中间本来并没有句号",
        "第二条",
    ]


def test_a_marked_item_goes_on_in_lines_without_marker() -> None:
    assert split("1.建立台账，", "每周分析；", "2.通报") == ["建立台账，每周分析", "通报"]
