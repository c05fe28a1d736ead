from __future__ import annotations

import pytest

from workflows.plans.names import departments
from workflows.plans.people import people
from workflows.plans.pieces import Piece


def units(text: str) -> list[str]:
    return [name.text for name in departments((Piece(text, 1),)).names]


def persons(text: str) -> list[str]:
    return [name.text for name in people((Piece(text, 1),))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("立案庭、执行局，审管办；办公室。", ["立案庭", "执行局", "审管办", "办公室"]),
        ("甲局，各县（市、区）人民政府", ["甲局", "各县（市、区）人民政府"]),
        ("甲局,各县(市、区)人民政府", ["甲局", "各县(市、区)人民政府"]),
        ("市交通委（市道运局）、市气象局", ["市交通委（市道运局）", "市气象局"]),
        ("立案庭,各审判业务部门(排序第一的为牵头部门,下同)", ["立案庭", "各审判业务部门"]),
        ("立案庭、执行局（排名第一的为牵头单位，下同）", ["立案庭", "执行局"]),
        ("甲局、乙局等；各区政府", ["甲局", "乙局", "各区政府"]),
        ("甲局、乙局等有关部门按职责分工负责", ["甲局", "乙局"]),
        ("各县党委和政府", ["各县党委和政府"]),
        ("无", []),
        ("立案庭、立案庭", ["立案庭"]),
    ],
)
def test_departments_are_divided_but_never_inside_brackets(text: str, names: list[str]) -> None:
    assert units(text) == names


@pytest.mark.parametrize(
    "text", ["乙处、甲处（牵头）、丙处", "乙处、甲处牵头，丙处配合", "乙处、甲处、丙处（甲处牵头）"]
)
def test_a_text_may_say_itself_who_leads(text: str) -> None:
    found = departments((Piece(text, 1),))
    assert {name.text for name in found.names} == {"甲处", "乙处", "丙处"}
    assert [name.text for name in found.leading if name.text in units(text)] == ["甲处"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("甲一、乙二", ["甲一", "乙二"]),
        ("甲一 乙二三", ["甲一", "乙二三"]),
        ("甲　一、乙二三", ["甲一", "乙二三"]),
        ("甲　一　乙　二", ["甲一", "乙二"]),
        ("甲一（党组成员、副院长）", ["甲一"]),
        ("党组书记、局长甲一，副局长乙二", ["甲一", "乙二"]),
        ("副院长 甲一", ["甲一"]),
        ("甲一同志", ["甲一"]),
        ("各责任单位主要负责同志", ["各责任单位主要负责同志"]),
        ("分管副院长", ["分管副院长"]),
        ("", []),
        ("无", []),
    ],
)
def test_people_are_divided_and_titles_are_no_part_of_a_name(text: str, names: list[str]) -> None:
    assert persons(text) == names


def test_every_name_knows_where_it_stands() -> None:
    line = "责任部门：立案庭、执行局（牵头）"
    found = departments((Piece(line, 7).part(5),))
    assert [
        (name.sources[0].line, line[name.sources[0].start : name.sources[0].end]) for name in found.names
    ] == [
        (7, "立案庭"),
        (7, "执行局"),
    ]
