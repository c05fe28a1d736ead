"""Measures a laid-out diagram: what lies over what."""

from __future__ import annotations

from itertools import combinations, pairwise

from engine.diagram.labels import width
from engine.diagram.layout import WORD, Box, Drawn, Picture, Point, Word

Area = tuple[float, float, float, float]
Stretch = tuple[Point, Point]


def faults(picture: Picture) -> list[str]:
    """Everything in a picture that lies over something it must not touch."""
    return [
        *_boxes_over_boxes(picture),
        *_lines_through_boxes(picture),
        *_lines_over_lines(picture),
        *_words_over_anything(picture),
        *_outside(picture),
    ]


def _area(box: Box) -> Area:
    return (
        box.x - box.width / 2,
        box.y - box.height / 2,
        box.x + box.width / 2,
        box.y + box.height / 2,
    )


def _areas_of(word: Word) -> list[Area]:
    found = []
    for number, line in enumerate(word.lines):
        x, y = word.at[0], word.at[1] + number * WORD * 1.3
        wide = width(line, WORD)
        left = x if word.anchor == "start" else x - wide
        found.append((left, y - WORD * 0.8, left + wide, y + WORD * 0.15))
    return found


def _overlap(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _stretches(drawn: Drawn) -> list[Stretch]:
    return [stretch for way in drawn.ways for stretch in pairwise(way) if stretch[0] != stretch[1]]


def _as_area(stretch: Stretch, thick: float = 0.5) -> Area:
    (a, b), (c, d) = stretch
    return min(a, c) - thick, min(b, d) - thick, max(a, c) + thick, max(b, d) + thick


def _shrunk(area: Area, by: float = 1.0) -> Area:
    return area[0] + by, area[1] + by, area[2] - by, area[3] - by


def _boxes_over_boxes(picture: Picture) -> list[str]:
    pairs = combinations(picture.boxes, 2)
    return [f"box {a.name} over box {b.name}" for a, b in pairs if _overlap(_area(a), _area(b))]


def _lines_through_boxes(picture: Picture) -> list[str]:
    return [
        f"{drawn.edges} through {box.name}"
        for drawn in picture.drawn
        for stretch in _stretches(drawn)
        for box in picture.boxes
        if _overlap(_as_area(stretch), _shrunk(_area(box)))
    ]


def _lines_over_lines(picture: Picture) -> list[str]:
    """Lines may cross; two of different words may not run in the same track."""
    wrong = []
    for one, other in combinations(picture.drawn, 2):
        for a in _stretches(one):
            for b in _stretches(other):
                level = a[0][1] == a[1][1], b[0][1] == b[1][1]
                if level[0] == level[1] and _overlap(_as_area(a, 2), _as_area(b, 2)):
                    wrong.append(f"{one.edges} along {other.edges}")
    return wrong


def _words_over_anything(picture: Picture) -> list[str]:
    areas = [(drawn, area) for drawn in picture.drawn for word in drawn.words for area in _areas_of(word)]
    wrong = [
        f"words of {a.edges} over {b.edges}" for (a, x), (b, y) in combinations(areas, 2) if _overlap(x, y)
    ]
    for drawn, area in areas:
        wrong += [f"words of {drawn.edges} over {b.name}" for b in picture.boxes if _overlap(area, _area(b))]
        wrong += [
            f"words of {drawn.edges} over the line of {other.edges}"
            for other in picture.drawn
            for stretch in _stretches(other)
            if _overlap(area, _as_area(stretch))
        ]
    return wrong


def _outside(picture: Picture) -> list[str]:
    paper = (0.0, 0.0, picture.width, picture.height)
    areas = [_area(box) for box in picture.boxes]
    areas += [_as_area(stretch) for drawn in picture.drawn for stretch in _stretches(drawn)]
    areas += [area for drawn in picture.drawn for word in drawn.words for area in _areas_of(word)]
    return [
        f"{area} outside"
        for area in areas
        if area[0] < paper[0] or area[1] < paper[1] or area[2] > paper[2] or area[3] > paper[3]
    ]
