"""The state diagram is drawn whole: nothing over anything else, no style and no script in it."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.definition import Definition, State, Transition
from engine.diagram import Labels, layout, mermaid, svg
from engine.diagram.graph import Edge, edges, rows, self_moves, spine
from engine.diagram.labels import listed, width, wrapped
from engine.diagram.layout import lay_out
from engine.diagram.routes import Grid, route
from tests.engine.geometry import faults
from tests.engine.zoo import workflow

SVG = "{http://www.w3.org/2000/svg}"
LETTER = workflow().definition
WORDS = Labels(
    "A letter's way",
    {"draft": "草稿", "sent": "已发出（待回复）", "answered": "Answered & filed"},
    {"send": "发送", "shred": "Put <through> the shredder", "stamp": "盖章"},
)


def _machine(joined: list[tuple[int, int, int]], count: int) -> Definition:
    """A definition of ``count`` states with moves ``(trigger, from, to)``."""
    return Definition(
        name="random",
        version=1,
        initial="s0",
        roles=("anybody",),
        evidence_kinds=(),
        relations=(),
        states=tuple(State(f"s{n}", end=n % 3 == 2) for n in range(count)),
        transitions=tuple(
            Transition(f"move{trigger}", (f"s{a % count}",), f"s{b % count}", ("anybody",))
            for trigger, a, b in joined
        ),
        deadlines=(),
    )


def _drawn(current: str | None = None) -> ET.Element:
    return ET.fromstring(svg(LETTER, WORDS, current))  # noqa: S314 - The text is our own.


def test_every_state_is_a_box_with_its_word_and_the_current_one_stands_out() -> None:
    drawn = _drawn("sent")
    states = {
        group.findall(f"{SVG}text")[0].text: group.get("class")
        for group in drawn.iter(f"{SVG}g")
        if (group.get("class") or "").startswith("state")
    }
    assert states == {
        "草稿": "state",
        "已发出": "state current",
        "Answered &": "state end",
        "shredded": "state end",
    }
    assert 'class="state current"' not in svg(LETTER, WORDS)


def test_who_does_not_see_it_is_told_what_it_shows() -> None:
    drawn = _drawn()
    assert (drawn.get("role"), drawn[0].tag, drawn[0].text) == ("img", f"{SVG}title", "A letter's way")
    said = "\n".join(title.text or "" for title in drawn.iter(f"{SVG}title"))
    assert "草稿 → 已发出（待回复）: 发送" in said


def test_it_scales_and_carries_neither_style_nor_script() -> None:
    text = svg(LETTER, WORDS, "draft")
    assert re.search(r'viewBox="0 0 \d+ \d+"', text)
    assert not re.search(r"style|script|\bon\w+=|href|url\(", text)


def test_words_are_escaped() -> None:
    text = svg(LETTER, Labels("<script>", {"draft": "<b>"}, {"send": "a&b"}))
    assert "<b>" not in text
    assert "&lt;script&gt;" in text
    assert "a&amp;b" in text


def test_the_same_definition_gives_the_same_picture() -> None:
    assert svg(LETTER, WORDS) == svg(LETTER, WORDS)


def test_triggers_between_the_same_two_states_share_one_edge() -> None:
    assert edges(LETTER) == (
        Edge("draft", "sent", ("send",)),
        Edge("sent", "answered", ("answer", "file")),
        Edge("sent", "draft", ("answer", "recall")),
        Edge("draft", "shredded", ("shred",)),
        Edge("sent", "shredded", ("shred",)),
    )


def test_what_leaves_a_state_as_it_is_stands_in_its_box_unless_every_state_allows_it() -> None:
    assert self_moves(LETTER) == {
        "draft": ("stamp", "review", "recall"),
        "sent": ("stamp", "file"),
        "answered": (),
        "shredded": (),
    }
    everywhere = _machine([(1, 0, 0), (1, 1, 1), (2, 1, 1), (3, 0, 1)], 2)
    assert self_moves(everywhere) == {"s0": (), "s1": ("move2",)}
    assert self_moves(_machine([(1, 0, 0)], 1)) == {"s0": ("move1",)}


def test_the_spine_follows_the_order_of_the_text() -> None:
    assert spine(LETTER, edges(LETTER)) == ("draft", "sent", "answered")
    main, beside = rows(LETTER, edges(LETTER))
    assert (main, beside) == ({"draft": 0, "sent": 1, "answered": 2}, {"shredded": 0})


def test_lines_that_never_meet_share_a_lane() -> None:
    way = [(n, n, n + 1) for n in range(5)]
    joined = edges(_machine([*way, (6, 0, 2), (7, 3, 5), (8, 5, 0)], 6))
    _, buses = route(Grid({f"s{n}": n for n in range(6)}, {}), joined)
    assert {bus.triggers[0]: bus.lane for bus in buses} == {"move6": 0, "move7": 0, "move8": 1}


def test_the_zoo_is_drawn_with_nothing_over_anything_else() -> None:
    assert faults(lay_out(LETTER, WORDS)) == []


@pytest.mark.parametrize(
    ("length", "value", "fault"),
    [
        ("LANE", 1, "along"),
        ("PITCH", 3, "along"),
        ("PITCH", 3, "words of"),
        ("MARGIN", -40, "outside"),
    ],
)
def test_what_lies_over_something_is_seen(
    monkeypatch: pytest.MonkeyPatch, length: str, value: int, fault: str
) -> None:
    monkeypatch.setattr(layout, length, value)
    machine = replace(
        LETTER,
        transitions=(
            *LETTER.transitions,
            Transition("revive", ("shredded", "answered"), "draft", ("clerk",)),
            Transition("skip", ("draft",), "answered", ("clerk",)),
        ),
    )
    found = faults(lay_out(machine, WORDS))
    assert any(fault in each for each in found), found


def test_a_box_in_the_way_is_seen() -> None:
    picture = lay_out(LETTER, WORDS)
    at = {box.name: box for box in picture.boxes}
    between = replace(at["draft"], name="stray", y=(at["draft"].y + at["sent"].y) / 2)
    found = " ".join(faults(replace(picture, boxes=(*picture.boxes, between))))
    assert "over box stray" in found
    assert "through stray" in found
    assert "over stray" in found


@pytest.mark.parametrize("count", [1, 2])
def test_the_smallest_machines_are_drawn_too(count: int) -> None:
    machine = _machine([(1, 0, 1), (2, 1, 0)], count)
    assert faults(lay_out(machine, Labels("Small"))) == []
    assert svg(machine, Labels("Small"), "s0").count("<rect") == count


@given(
    joined=some.lists(
        some.tuples(some.integers(1, 6), some.integers(0, 8), some.integers(0, 8)), min_size=1, max_size=16
    ),
    count=some.integers(2, 9),
    words=some.sampled_from([{}, {f"move{n}": "报送中期进度" for n in range(7)}, {"move1": "Go on and on"}]),
)
def test_whatever_machine_it_is_nothing_lies_over_anything_else(
    joined: list[tuple[int, int, int]], count: int, words: dict[str, str]
) -> None:
    picture = lay_out(_machine(joined, count), Labels("Random", triggers=words))
    assert faults(picture) == []


def test_the_picture_can_be_taken_as_mermaid_text() -> None:
    assert mermaid(LETTER, WORDS).splitlines() == [
        "stateDiagram-v2",
        "    accTitle: A letter's way",
        '    state "草稿" as draft',
        '    state "已发出（待回复）" as sent',
        '    state "Answered & filed" as answered',
        '    state "shredded" as shredded',
        "    [*] --> draft",
        "    draft --> sent : 发送",
        "    sent --> answered : answer · file",
        "    sent --> draft : answer · recall",
        "    draft --> shredded : Put <through> the shredder",
        "    sent --> shredded : Put <through> the shredder",
        "    draft --> draft : 盖章 · review · recall",
        "    sent --> sent : 盖章 · file",
        "    answered --> [*]",
        "    shredded --> [*]",
    ]


def test_no_word_can_break_the_mermaid_text() -> None:
    text = mermaid(LETTER, Labels('a"b:c;d#e\nf'))
    assert "    accTitle: a”b：c；d＃e f" in text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        ("整改中", ("整改中",)),
        ("报送中期进度", ("报送中期", "进度")),
        ("已报完成（待核验）", ("已报完成", "（待核验", "）")),
        ("Report the year", ("Report", "the", "year")),
        ("Incomprehensible", ("Incomprehensible",)),
        ("Done (for now)", ("Done", "(for", "now)")),
    ],
)
def test_words_are_broken_where_a_reader_would(text: str, lines: tuple[str, ...]) -> None:
    assert wrapped(text, 10, 43) == lines


def test_short_words_stand_side_by_side_where_there_is_room() -> None:
    assert listed(["签收", "接收", "退回补报"], 10, 70) == ("签收 · 接收", "退回补报")
    assert listed([], 10, 70) == ()
    assert width("整a", 10) == pytest.approx(16)
