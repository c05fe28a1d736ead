"""A laid-out diagram as SVG text."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise

from engine.definition import Definition
from engine.diagram.labels import Labels
from engine.diagram.layout import LEADING, NAME, NOTE, WORD, Box, Drawn, Point, Word, lay_out

_INK, _FAINT, _LINE, _PAPER = "#1f2937", "#6b7280", "#64748b", "#ffffff"
_EDGE_OF_BOX, _EDGE_OF_CURRENT, _CURRENT, _END = "#94a3b8", "#0d6efd", "#cfe2ff", "#eef2f7"
_ROUND = 7
_ARROW = 8


def svg(definition: Definition, labels: Labels, current: str | None = None) -> str:
    """Draw a definition.

    It scales to the room it is given; at 390 pixels its smallest letters are still legible.

    Args:
        definition: What is drawn.
        labels: The words.
        current: The state to highlight.

    Returns:
        An ``svg`` element without script, style sheet or inline style.
    """
    picture = lay_out(definition, labels)
    ends = {state.name for state in definition.states if state.end}
    size = f'viewBox="0 0 {picture.width:.0f} {picture.height:.0f}" width="{picture.width:.0f}"'
    font = "font-family=\"system-ui, -apple-system, 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif\""
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" class="diagram" {size} {font}>',
            f"<title>{escape(labels.title)}</title>",
            *(_lines(drawn, labels) for drawn in picture.drawn),
            *(_bridges(drawn, labels) for drawn in picture.drawn),
            _start(picture.start),
            *(_box(box, end=box.name in ends, current=box.name == current) for box in picture.boxes),
            "</svg>",
        )
    )


def _lines(drawn: Drawn, labels: Labels) -> str:
    lines = "".join(_stroke(_path(way)) for way in drawn.ways)
    return f'<g class="edge">{_said(drawn, labels)}{lines}</g>'


def _bridges(drawn: Drawn, labels: Labels) -> str:
    """What lies over all lines: level stretches, which pass over the lanes they cross, arrows and words."""
    stretches = dict.fromkeys(stretch for way in drawn.ways for stretch in _level(way))
    bridges = "".join(
        f'<path class="gap" d="{path}" fill="none" stroke="{_PAPER}" stroke-width="6"/>{_stroke(path)}'
        for path in (_path(stretch, short=0) for stretch in stretches)
    )
    arrows = "".join(f'<path d="{_arrow(way)}" fill="{_LINE}"/>' for way in drawn.ways)
    words = "".join(_word(word) for word in drawn.words)
    return f'<g class="edge">{_said(drawn, labels)}{bridges}{arrows}{words}</g>'


def _level(way: tuple[Point, ...]) -> Iterator[tuple[Point, Point]]:
    """The long level stretches of a way, without the round corners they end in."""
    for number, (start, end) in enumerate(pairwise(way)):
        if start[1] == end[1] and _length(start, end) > 4 * _ROUND:
            first, last = number == 0, number == len(way) - 2
            yield (
                start if first else _towards(start, end, _ROUND + 1),
                _towards(end, start, _ARROW - 1) if last else _towards(end, start, _ROUND + 1),
            )


def _said(drawn: Drawn, labels: Labels) -> str:
    lines = (
        f"{labels.state(edge.origin)} → {labels.state(edge.target)}: {labels.moves(edge.triggers)}"
        for edge in drawn.edges
    )
    return f"<title>{escape(chr(10).join(lines))}</title>"


def _stroke(path: str) -> str:
    return f'<path d="{path}" fill="none" stroke="{_LINE}" stroke-width="1.5"/>'


def _start(way: tuple[Point, Point]) -> str:
    """The mark that says where it begins."""
    (x, y), _ = way
    return (
        f'<g class="start"><circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{_LINE}"/>'
        f'{_stroke(_path(way))}<path d="{_arrow(way)}" fill="{_LINE}"/></g>'
    )


def _path(way: tuple[Point, ...], short: float = _ARROW - 1) -> str:
    """A way with round corners that ends a little short, where its arrow begins."""
    points = [point for n, point in enumerate(way) if n == 0 or point != way[n - 1]]
    points[-1] = _towards(points[-1], points[-2], short)
    text = f"M{_at(points[0])}"
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        room = min(_ROUND, _length(before, corner) / 2, _length(corner, after) / 2)
        text += f"L{_at(_towards(corner, before, room))}Q{_at(corner)} {_at(_towards(corner, after, room))}"
    return f"{text}L{_at(points[-1])}"


def _arrow(way: tuple[Point, ...]) -> str:
    before, tip = next((a, b) for a, b in reversed(list(pairwise(way))) if a != b)
    foot_x, foot_y = _towards(tip, before, _ARROW)
    across_x, across_y = (tip[1] - foot_y) * 0.5, (tip[0] - foot_x) * 0.5
    one, other = (foot_x - across_x, foot_y + across_y), (foot_x + across_x, foot_y - across_y)
    return f"M{_at(tip)}L{_at(one)}L{_at(other)}Z"


def _towards(start: Point, goal: Point, far: float) -> Point:
    share = far / (_length(start, goal) or 1)
    return start[0] + (goal[0] - start[0]) * share, start[1] + (goal[1] - start[1]) * share


def _length(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _word(word: Word) -> str:
    x, y = word.at
    return "".join(
        f'<text x="{x:.1f}" y="{y + n * WORD * LEADING:.1f}" font-size="{WORD}" text-anchor="{word.anchor}" '
        f'fill="{_INK}">{escape(line)}</text>'
        for n, line in enumerate(word.lines)
    )


def _box(box: Box, *, end: bool, current: bool) -> str:
    classes = " ".join(("state", *(["current"] if current else []), *(["end"] if end else [])))
    fill, stroke = (_CURRENT, _EDGE_OF_CURRENT) if current else (_END if end else _PAPER, _EDGE_OF_BOX)
    left, top = box.x - box.width / 2, box.y - box.height / 2
    shape = (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="9" '
        f'fill="{fill}" stroke="{stroke}" stroke-width="{2.5 if current else 1.5}"/>'
    )
    if end:
        shape += (
            f'<rect x="{left + 3.5:.1f}" y="{top + 3.5:.1f}" width="{box.width - 7:.1f}" '
            f'height="{box.height - 7:.1f}" rx="6" fill="none" stroke="{stroke}"/>'
        )
    tall = (len(box.title) * NAME + len(box.notes) * NOTE) * LEADING
    y = box.y - tall / 2
    text = ""
    for lines, size, fill_of_text, weight in (
        (box.title, NAME, _INK, "600"),
        (box.notes, NOTE, _FAINT, "400"),
    ):
        for line in lines:
            y += size * LEADING
            text += (
                f'<text x="{box.x:.1f}" y="{y - size * 0.3:.1f}" font-size="{size}" font-weight="{weight}" '
                f'text-anchor="middle" fill="{fill_of_text}">{escape(line)}</text>'
            )
    return f'<g class="{classes}">{shape}{text}</g>'
