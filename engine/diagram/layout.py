"""Where everything stands: boxes, lines and words with their coordinates, nothing over anything else."""

from __future__ import annotations

from dataclasses import dataclass

from engine.definition import Definition
from engine.diagram.graph import Edge, edges, rows, self_moves
from engine.diagram.labels import Labels, listed, width, wrapped
from engine.diagram.routes import Bus, Channel, Grid, docking, route

NAME, WORD, NOTE = 15, 12, 11
"""Sizes of a state's name, of the words on an edge, and of the moves that leave a state as it is."""
LEADING = 1.3
PITCH = 22
"""Distance between two lines that dock at one side of a box: a word stands between them."""
LANE = 13
MARGIN = 6
PADDING = 11
GAP = 46
START = 22
"""Room above the first state for the mark that says where it begins."""
ROOM = 56
"""How wide words between two boxes, and names, may be before they are broken."""
PAIR = 16
"""Half the distance between a line down and a line up between two boxes."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A state: its middle, its size, its name and the moves that leave it as it is."""

    name: str
    x: float
    y: float
    width: float
    height: float
    title: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """The words on an edge; ``anchor`` is ``start`` or ``end``, ``at`` the first line's baseline."""

    at: Point
    anchor: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Edges that share their words: the ways they take, each ending in an arrow, and the words."""

    edges: tuple[Edge, ...]
    ways: tuple[tuple[Point, ...], ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything with its place."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    drawn: tuple[Drawn, ...]
    start: tuple[Point, Point]


def lay_out(definition: Definition, labels: Labels) -> Picture:
    """Give everything its place."""
    return _Layout(definition, labels).picture()


class _Layout:
    def __init__(self, definition: Definition, labels: Labels) -> None:
        self.labels = labels
        joined = edges(definition)
        self.grid = Grid(*rows(definition, joined))
        self.straight, self.buses = route(self.grid, joined)
        self.notes = self_moves(definition)
        self.widths = {True: self._column(self.grid.main), False: self._column(self.grid.beside)}
        self.left = self._channel(Channel.LEFT)
        self.lanes = self._lanes(Channel.MIDDLE) * LANE + (LANE if self.grid.beside else 0)
        self.spine_x = MARGIN + self.left + self.widths[True] / 2
        self.beside_x = (
            self.spine_x + self.widths[True] / 2 + self._channel(Channel.MIDDLE) + self.widths[False] / 2
        )
        self.boxes: dict[str, Box] = {}
        self.height = self._place_boxes()

    def picture(self) -> Picture:
        drawn = [self._bus(number, bus) for number, bus in enumerate(self.buses)]
        drawn += [self._neighbours(edge) for edge in self.straight]
        right = (
            self.beside_x + self.widths[False] / 2
            if self.grid.beside
            else self.spine_x + self.widths[True] / 2
        )
        first = self.boxes[min(self.grid.main, key=self.grid.main.__getitem__)]
        top = first.y - first.height / 2
        start = (first.x, top - START + MARGIN), (first.x, top)
        return Picture(right + MARGIN, self.height, tuple(self.boxes.values()), tuple(drawn), start)

    def _column(self, column: dict[str, int]) -> float:
        """How wide the boxes of a column are: names stand in one line, notes are broken to fit."""
        if not column:
            return 0
        names = max(width(line, NAME) for name in column for line in self._titled(name))
        between = [e for e in self.straight if e.origin in column]
        words = [max(width(line, WORD) for line in self._broken(edge)) + PAIR + 8 for edge in between]
        return max([names + 2 * PADDING, 84, *(2 * word for word in words)])

    def _broken(self, edge: Edge) -> tuple[str, ...]:
        return wrapped(self.labels.moves(edge.triggers), WORD, ROOM)

    def _lanes(self, channel: Channel) -> int:
        return 1 + max(
            (b.lane for b in self.buses if b.channel is channel and b.lane is not None), default=-1
        )

    def _channel(self, channel: Channel) -> float:
        """How wide a channel is: its lanes, and beside them room for the longest word."""
        here = [bus for bus in self.buses if bus.channel is channel]
        if not here:
            return 2 * LANE if channel is Channel.MIDDLE and self.grid.beside else 0
        words = max(width(self.labels.moves(bus.triggers), WORD) for bus in here)
        return self._lanes(channel) * LANE + LANE / 2 + words + 16

    def _place_boxes(self) -> float:
        y = float(MARGIN + START)
        for row in sorted({*self.grid.main.values(), *self.grid.beside.values()}):
            here = [n for n in (*self.grid.main, *self.grid.beside) if self.grid.row(n) == row]
            tall = max(self._height(name) for name in here)
            for name in here:
                self.boxes[name] = self._box(name, y + tall / 2)
            y += tall + self._gap(here)
        return max(box.y + box.height / 2 for box in self.boxes.values()) + MARGIN

    def _gap(self, above: list[str]) -> float:
        """How far apart the next row stands: the words on the lines between must fit."""
        lines = (len(self._broken(e)) for e in self.straight if e.origin in above or e.target in above)
        return max(GAP, max(lines, default=0) * WORD * LEADING + 12)

    def _box(self, name: str, y: float) -> Box:
        main = name in self.grid.main
        return Box(
            name,
            self.spine_x if main else self.beside_x,
            y,
            self.widths[main],
            self._height(name),
            self._titled(name),
            self._noted(name),
        )

    def _titled(self, name: str) -> tuple[str, ...]:
        return wrapped(self.labels.state(name), NAME, 2 * ROOM)

    def _noted(self, name: str) -> tuple[str, ...]:
        room = self.widths[name in self.grid.main] - 2 * PADDING
        return listed(map(self.labels.move, self.notes[name]), NOTE, room)

    def _height(self, name: str) -> float:
        text = (len(self._titled(name)) * NAME + len(self._noted(name)) * NOTE) * LEADING + 2 * PADDING
        docks = [
            abs(at) for channel in Channel for at in docking(self.grid, self.buses, name, channel).values()
        ]
        return max([text, *((at * PITCH + 11) * 2 for at in docks)])

    def _dock(self, number: int, name: str) -> Point:
        bus, box = self.buses[number], self.boxes[name]
        y = box.y + docking(self.grid, self.buses, name, bus.channel)[number] * PITCH
        right = bus.channel is Channel.MIDDLE and name in self.grid.main
        return (box.x + box.width / 2 if right else box.x - box.width / 2), y

    def _bus(self, number: int, bus: Bus) -> Drawn:
        ways = tuple(self._way(number, bus, edge) for edge in bus.edges)
        told = [bus.hub] if bus.channel is Channel.LEFT else [n for n in bus.states if n in self.grid.beside]
        words = []
        for name in told:
            x, y = self._dock(number, name)
            words.append(Word((x - 11, y - 5), "end", (self.labels.moves(bus.triggers),)))
        return Drawn(bus.edges, ways, tuple(words))

    def _way(self, number: int, bus: Bus, edge: Edge) -> tuple[Point, ...]:
        start, end = self._dock(number, edge.origin), self._dock(number, edge.target)
        if bus.lane is None:
            return start, end
        lane = (
            self.spine_x
            - self.widths[True] / 2
            - self.left
            + (self._lanes(Channel.LEFT) - bus.lane - 0.5) * LANE
            if bus.channel is Channel.LEFT
            else self.spine_x + self.widths[True] / 2 + (bus.lane + 1) * LANE
        )
        return start, (lane, start[1]), (lane, end[1]), end

    def _neighbours(self, edge: Edge) -> Drawn:
        start, end = self.boxes[edge.origin], self.boxes[edge.target]
        down = 1 if end.y > start.y else -1
        paired = any(other.origin == edge.target and other.target == edge.origin for other in self.straight)
        x = start.x + (PAIR * down if paired else 0)
        top, bottom = start.y + down * start.height / 2, end.y - down * end.height / 2
        lines = self._broken(edge)
        middle = (top + bottom) / 2 - (len(lines) - 1) * WORD * LEADING / 2 + WORD * 0.36
        word = Word((x + 7 * down, middle), "start" if down > 0 else "end", lines)
        return Drawn((edge,), (((x, top), (x, bottom)),), (word,))
