"""The diagram of a task as people see it: in both languages, on a desk and in a hand, letters measured."""

from __future__ import annotations

import pytest

from engine.diagram import Labels, svg
from engine.diagram.layout import lay_out
from tests.engine.geometry import faults
from tests.support.visitors import Visitors
from workflows.catalogue import messages
from workflows.rectification.definition import built_in
from workflows.rectification.vocabulary import State

DEFINITION = built_in().definition

# What a strict page allows: nothing inline, nothing fetched.
PAGE = (
    "<!doctype html><html><head><meta charset='utf-8'>"
    "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">"
    "<title>d</title></head><body>%s</body></html>"
)
MEASURED = """
() => {
  const area = node => { const b = node.getBoundingClientRect();
                         return [b.left, b.top, b.right, b.bottom]; };
  const all = (query) => [...document.querySelectorAll(query)];
  return {
    texts: all('svg text').map(t => [t.textContent, t.parentNode.getAttribute('class'), ...area(t)]),
    boxes: all('svg g.state').map(g => area(g.querySelector('rect'))),
    paper: area(document.querySelector('svg')),
  };
}
"""


def _labels(language: str) -> Labels:
    words = messages(language)
    return Labels(
        "Diagram",
        {state.name: words[f"state.{state.name}"] for state in DEFINITION.states},
        {trigger: words[f"trigger.{trigger}"] for trigger in DEFINITION.triggers},
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_lies_over_anything_else_as_far_as_can_be_reckoned(language: str) -> None:
    assert faults(lay_out(DEFINITION, _labels(language))) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("current", State)
def test_exactly_the_current_state_stands_out(language: str, current: State) -> None:
    text = svg(DEFINITION, _labels(language), current)
    assert text.count("state current") == 1


def _inside(inner: list[float], outer: list[float]) -> bool:
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def _apart(one: list[float], other: list[float]) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_in_a_browser_every_word_has_its_room(visitors: Visitors, language: str) -> None:
    page = visitors.open((1440, 900))
    page.set_content(PAGE % svg(DEFINITION, _labels(language), "in_progress"))
    seen = page.evaluate(MEASURED)
    words = [(text, found) for text, kind, *found in seen["texts"] if kind == "edge"]
    names = [(text, found) for text, kind, *found in seen["texts"] if kind != "edge"]
    assert len(names) >= len(DEFINITION.states)
    assert [text for text, found in names if not any(_inside(found, box) for box in seen["boxes"])] == []
    assert [text for text, found in words if not all(_apart(found, box) for box in seen["boxes"])] == []
    assert [text for text, found in words + names if not _inside(found, seen["paper"])] == []
    pairs = [(a, b) for n, a in enumerate(words) for b in words[n + 1 :]]
    assert [(a[0], b[0]) for a, b in pairs if not _apart(a[1], b[1])] == []


@pytest.mark.browser
def test_in_a_hand_the_smallest_letters_are_still_read(visitors: Visitors) -> None:
    page = visitors.open((390, 844))
    page.set_content(
        "<!doctype html><meta charset='utf-8'><style>body{margin:12px}svg{max-width:100%;height:auto}</style>"
        + svg(DEFINITION, _labels("zh"), "in_progress")
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    sizes = page.evaluate(
        "() => { const svg = document.querySelector('svg');"
        " const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;"
        " return [...svg.querySelectorAll('text')].map(t => scale * t.getAttribute('font-size')); }"
    )
    assert min(sizes) >= 8
