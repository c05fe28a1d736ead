"""Which edges are drawn straight, which run together in a lane beside the boxes, and where each one docks.

Rows and columns only; there is no length in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from engine.diagram.graph import Edge


class Channel(StrEnum):
    """Where lanes run."""

    LEFT = "left"
    """Left of the spine: edges within the spine."""
    MIDDLE = "middle"
    """Between the spine and the states beside it."""


@dataclass(frozen=True, slots=True)
class Bus:
    """Edges with the same words that run together: several origins to one target, or one to several.

    Attributes:
        channel: Where it runs.
        edges: What runs in it.
        lane: Number of its lane, counted from the spine; None where it is a straight line along a row.
    """

    channel: Channel
    edges: tuple[Edge, ...]
    lane: int | None = None

    @property
    def triggers(self) -> tuple[str, ...]:
        """The words on it."""
        return self.edges[0].triggers

    @property
    def states(self) -> tuple[str, ...]:
        """Every state it docks at, each once."""
        return tuple(dict.fromkeys(name for edge in self.edges for name in (edge.origin, edge.target)))

    @property
    def hub(self) -> str:
        """The one state that all its edges share."""
        first = self.edges[0]
        return first.target if all(edge.target == first.target for edge in self.edges) else first.origin


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of the states in the spine and beside it."""

    main: dict[str, int]
    beside: dict[str, int]

    def row(self, name: str) -> int:
        """Give the row of a state."""
        return self.main[name] if name in self.main else self.beside[name]

    def neighbours(self, edge: Edge) -> bool:
        """Say whether an edge joins two states of one column with nothing between them."""
        for column in (self.main, self.beside):
            if edge.origin in column and edge.target in column:
                low, high = sorted((column[edge.origin], column[edge.target]))
                return not any(low < row < high for row in column.values())
        return False


def route(grid: Grid, joined: tuple[Edge, ...]) -> tuple[tuple[Edge, ...], tuple[Bus, ...]]:
    """Give the edges drawn straight down or up a column, and the buses for all others."""
    straight = tuple(edge for edge in joined if grid.neighbours(edge))
    rest = [edge for edge in joined if edge not in straight]
    together = [edges for edges in _gathered(grid, rest, lambda edge: edge.target) if len(edges) > 1]
    alone = [edge for edge in rest if not any(edge in edges for edges in together)]
    together += _gathered(grid, alone, lambda edge: edge.origin)
    return straight, tuple(_with_lanes(grid, [Bus(_channel(grid, e[0]), tuple(e)) for e in together]))


def _gathered(grid: Grid, joined: Iterable[Edge], shared: Callable[[Edge], str]) -> list[list[Edge]]:
    found: dict[tuple[object, ...], list[Edge]] = {}
    for edge in joined:
        found.setdefault((edge.triggers, _channel(grid, edge), shared(edge)), []).append(edge)
    return list(found.values())


def _channel(grid: Grid, edge: Edge) -> Channel:
    within = edge.origin in grid.main and edge.target in grid.main
    return Channel.LEFT if within else Channel.MIDDLE


def _with_lanes(grid: Grid, buses: list[Bus]) -> list[Bus]:
    """Give each bus the lane nearest the spine that is free along its rows; the shortest choose first."""
    settled: list[Bus] = []
    taken: dict[Channel, list[list[tuple[int, int]]]] = {channel: [] for channel in Channel}
    for bus in sorted(buses, key=lambda bus: _span(grid, bus)[1] - _span(grid, bus)[0]):
        low, high = _span(grid, bus)
        if low == high:
            settled.append(bus)
            continue
        lanes = taken[bus.channel]
        free = (n for n, spans in enumerate(lanes) if all(high < a or b < low for a, b in spans))
        lane = next(free, len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append((low, high))
        settled.append(Bus(bus.channel, bus.edges, lane))
    return settled


def _span(grid: Grid, bus: Bus) -> tuple[int, int]:
    at = [grid.row(name) for name in bus.states]
    return min(at), max(at)


def docking(grid: Grid, buses: tuple[Bus, ...], name: str, channel: Channel) -> dict[int, float]:
    """Give for each bus that docks at a state on one side its place there, in pitches from the middle.

    Straight lines keep the middle; what leaves upwards docks above them, what leaves downwards below, and
    among those so that no line crosses its neighbour at once. Beside the spine everything moves half a pitch
    where a line would otherwise run into one of the state across the channel.
    """
    places = _places(grid, buses, name, channel)
    across = next((other for other, row in grid.main.items() if grid.beside.get(name) == row), None)
    if across is None:
        return places
    taken = {at: number for number, at in _places(grid, buses, across, channel).items()}
    if all(taken.get(at, number) == number for number, at in places.items()):
        return places
    has_straight = any(buses[number].lane is None for number in places)
    return {
        number: at if buses[number].lane is None else at + (-0.5 if has_straight and at < 0 else 0.5)
        for number, at in places.items()
    }


def _places(grid: Grid, buses: tuple[Bus, ...], name: str, channel: Channel) -> dict[int, float]:
    here = [n for n, bus in enumerate(buses) if bus.channel is channel and name in bus.states]
    ordered = sorted(here, key=lambda number: _place(grid, buses[number], name))
    straight = [place for place, number in enumerate(ordered) if buses[number].lane is None]
    middle = sum(straight) / len(straight) if straight else (len(ordered) - 1) / 2
    return {number: place - middle for place, number in enumerate(ordered)}


def _place(grid: Grid, bus: Bus, name: str) -> tuple[int, int]:
    """Order the lines at one side of a box: upwards, both ways, straight, downwards."""
    low, high = _span(grid, bus)
    row, outwards = grid.row(name), -1 if name in grid.beside else 1
    if bus.lane is None:
        return 1, 0
    if row == high:
        return 0, bus.lane * outwards
    return (2, -bus.lane * outwards) if row == low else (0, 1000 + bus.lane)
