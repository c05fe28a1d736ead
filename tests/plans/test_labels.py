from __future__ import annotations

import pytest

from workflows.plans import labels
from workflows.plans.label_words import LABELS, Field
from workflows.plans.pieces import fold


def fields(text: str) -> list[tuple[Field, str]]:
    """The labels of a line with what stands behind each, up to the next one."""
    hits = labels.find(fold(text))
    stops = [*(hit.start for hit in hits[1:]), len(text)][: len(hits)]
    return [
        (hit.field, text[hit.end : stop].strip(" ；。，;,　")) for hit, stop in zip(hits, stops, strict=True)
    ]


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("整改目标（意见建议）", Field.OBJECTIVE),
        ("整改目标(意见建议)", Field.OBJECTIVE),
        ("整改措施", Field.MEASURES),
        ("校验标准", Field.CRITERIA),
        ("核验标准", Field.CRITERIA),
        ("验收标准", Field.CRITERIA),
        ("责任领导", Field.LEADERS),
        ("责任部门", Field.DEPARTMENTS),
        ("责任单位", Field.DEPARTMENTS),
        ("责任单位（牵头）", Field.LEAD),
        ("牵头部门", Field.LEAD),
        ("配合部门", Field.SUPPORTING),
        ("完成时限", Field.DEADLINE),
        ("整改时限", Field.DEADLINE),
        ("办理时限", Field.DEADLINE),
        ("责 任 人", Field.PERSON),
        ("问题一", Field.PROBLEM),
        ("整改措施（二）", Field.MEASURES),
    ],
)
@pytest.mark.parametrize("colon", [":", "：", " ："])
def test_labels_are_known_in_either_width(label: str, field: Field, colon: str) -> None:
    assert [found for found, _ in fields(f"{label}{colon}甲乙丙")] == [field]


def test_one_wrong_character_is_tolerated_and_told() -> None:
    (hit,) = labels.find(fold("整改措拖：甲"))
    assert hit.field is Field.MEASURES
    assert hit.label.tolerated == "整改措施"


def test_a_word_near_two_labels_is_understood_by_its_value_or_not_at_all() -> None:
    assert fields("整改日标：改进作风")[0][0] is Field.OBJECTIVE
    assert fields("整改日标：2023年底")[:1] == []


@pytest.mark.parametrize(
    "text",
    [
        "会议指出：各部门要明确责任领导、责任部门、完成时限和核验标准",
        "于6月20日18：00前报送",
        "要求做到：一是加强学习",
        "责任编辑：某某",
        "会议要求，责任领导要亲自过问整改工作进度",
        "对整改措施不力的严肃问责",
    ],
)
def test_words_in_a_sentence_are_no_labels(text: str) -> None:
    assert [found for found, _ in fields(text) if found is not Field.OTHER] == []


def test_several_labels_of_one_line_are_divided() -> None:
    expected = [(Field.LEADERS, "甲一"), (Field.DEPARTMENTS, "立案庭、执行局"), (Field.DEADLINE, "2023年底")]
    assert fields("责任领导：甲一；责任部门：立案庭、执行局；完成时限：2023年底。") == expected
    assert fields("责任领导：甲一 责任部门：立案庭、执行局 完成时限：2023年底") == expected
    assert fields("责任领导：甲一责任部门：立案庭、执行局完成时限：2023年底") == expected
    assert fields("【责任领导】甲一【责任部门】立案庭、执行局【完成时限】2023年底") == expected


def test_a_blank_or_a_dash_may_stand_for_the_colon() -> None:
    assert fields("责任领导　甲一") == [(Field.LEADERS, "甲一")]
    assert fields("完成时限——2023年底") == [(Field.DEADLINE, "2023年底")]


def test_labels_in_brackets_end_with_the_bracket_that_opened_before_them() -> None:
    text = "推行网办（责任单位：甲局、乙委（丙办）；完成时限：2023年底）。另行通知"
    hits = labels.find(fold(text))
    assert [hit.field for hit in hits] == [Field.DEPARTMENTS, Field.DEADLINE]
    assert {hit.close for hit in hits} == {text.rindex("）")}


def test_short_words_are_labels_at_the_start_of_a_line_only() -> None:
    assert fields("措施：甲") == [(Field.MEASURES, "甲")]
    assert fields("（时限：2023年底）") == [(Field.DEADLINE, "2023年底）")]
    assert fields("我们的目标，措施：甲") == []


def test_the_table_of_labels_names_every_field_and_no_word_twice() -> None:
    assert set(LABELS.values()) == set(Field)
    assert all(word and not set(word) & set(" ~|：:") for word in LABELS)
