from __future__ import annotations

import pytest

from tests.plans.documents import plan
from workflows.plans.reading import PlanReading

TASK = "（一）服务\n整改目标：甲\n整改措施：乙\n责任部门：丙科\n完成时限：2023年底\n"


def read(before: str, behind: str = "") -> PlanReading:
    return plan(f"{before}\n{TASK}{behind}")


@pytest.mark.parametrize(
    ("before", "title"),
    [
        ("某院整改工作方案", "某院整改工作方案"),
        ("附件1\n某院整改工作方案", "某院整改工作方案"),
        ("某市中级法院关于落实评议意见的\n整改工作方案", "某市中级法院关于落实评议意见的整改工作方案"),
        ("某法发〔2023〕5号\n某院整改工作方案", "某院整改工作方案"),
        ("# 某院整改工作方案", "某院整改工作方案"),
        ("某院整改工作方案\n为抓好整改，制定本方案。", "某院整改工作方案"),
        ("为抓好整改，制定本方案。", None),
        ("", None),
    ],
)
def test_the_title_stands_above_everything_else(before: str, title: str | None) -> None:
    assert read(before).title == title


def test_only_an_own_document_number_counts() -> None:
    assert read("某法发〔2023〕5号\n某院整改方案").document_number == "某法发〔2023〕5号"
    assert read("某院整改方案\n（某法发〔2023〕5号）").document_number == "某法发〔2023〕5号"
    quoted = read("某院整改方案\n按照《关于整改的通知》（某评办〔2023〕6号）要求，制定本方案。")
    assert quoted.document_number is None
    assert quoted.basis == "《关于整改的通知》（某评办〔2023〕6号）"


def test_the_day_of_issue_stands_alone_or_beside_the_sender() -> None:
    assert str(read("某院整改方案\n（2023年3月15日）").issued_on) == "2023-03-15"
    assert str(read("某院整改方案", "某院办公室\n二〇二三年三月十五日").issued_on) == "2023-03-15"
    assert str(read("某院整改方案", "某院办公室　　2023年3月15日印发").issued_on) == "2023-03-15"
    assert read("某院整改方案\n2023年3月15日，某院召开了会议。").issued_on is None
    assert read("某院整改方案").issued_on is None


def test_header_values_know_where_they_stand() -> None:
    reading = read("某法发〔2023〕5号\n某院整改方案\n根据《甲办法》，制定本方案。", "2023年3月15日")
    found = {
        place.field: reading.lines[place.source.line - 1][place.source.start : place.source.end]
        for place in reading.places
    }
    assert found == {
        "title": "某院整改方案",
        "document_number": "某法发〔2023〕5号",
        "issued_on": "2023年3月15日",
        "basis": "《甲办法》",
    }
