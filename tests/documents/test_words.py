from __future__ import annotations

import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import segno

from workflows.documents import wording
from workflows.documents.qr import qr_svg
from workflows.documents.records import ReportStatus
from workflows.documents.wording import chinese_number, say


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (23, "二十三"),
        (99, "九十九"),
        (100, "100"),
        (0, "0"),
    ],
)
def test_headings_count_as_chinese_papers_do(number: int, text: str) -> None:
    assert chinese_number(number) == text


def test_english_wording_names_what_chinese_wording_names() -> None:
    with Path(wording.__file__).with_name("wording.toml").open("rb") as file:
        words = tomllib.load(file)
    for section, names in words["en"].items():
        if section != "common":
            assert names.keys() == words["zh"][section].keys()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_status_has_a_word(language: str) -> None:
    assert all(say(f"status.{status}", language) for status in ReportStatus)


def test_unknown_wording_and_missing_values_are_mistakes() -> None:
    with pytest.raises(KeyError):
        say("work_plan.nothing")
    with pytest.raises(KeyError):
        say("common.day", year=1)


def test_a_code_is_one_element_that_a_strict_policy_shows() -> None:
    svg = qr_svg("https://court.example/verify?d=" + "ab" * 32, '核对<"&>码')
    element = ET.fromstring(svg)  # noqa: S314  the product's own output
    assert element.tag == "svg"
    assert element[0].text == '核对<"&>码'
    assert not any(name in svg for name in ("style", "script", "onload", "href", "<?xml"))
    assert qr_svg("x", "y") == qr_svg("x", "y")


def test_a_code_holds_the_text_it_was_given() -> None:
    text = "https://court.example/verify?d=" + "ab" * 32
    expected = segno.make_qr(text, error="q", boost_error=False)
    squares = len(expected.matrix) + 8
    assert ET.fromstring(qr_svg(text, "x", scale=2)).attrib["width"] == str(2 * squares)  # noqa: S314


@pytest.mark.parametrize("text", ["", "x" * 5000])
def test_a_text_that_no_code_can_hold_is_a_mistake(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        qr_svg(text, "x")
