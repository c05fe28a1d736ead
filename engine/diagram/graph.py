"""A definition as a graph to be drawn: which states stand in the spine, which beside it, and the edges."""

from __future__ import annotations

from dataclasses import dataclass

from engine.definition import Definition


@dataclass(frozen=True, slots=True)
class Edge:
    """All moves from one state to another."""

    origin: str
    target: str
    triggers: tuple[str, ...]


def edges(definition: Definition) -> tuple[Edge, ...]:
    """Give one edge per pair of states that a move joins, in the order of the text."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for transition in definition.transitions:
        for origin in transition.origins:
            target = transition.leads_to(origin)
            if target != origin:
                found.setdefault((origin, target), {})[transition.trigger] = None
    return tuple(Edge(origin, target, tuple(names)) for (origin, target), names in found.items())


def self_moves(definition: Definition) -> dict[str, tuple[str, ...]]:
    """Give for each state the moves that leave it as it is; one that every state allows is told nowhere."""
    names = [state.name for state in definition.states]
    found: dict[str, dict[str, None]] = {name: {} for name in names}
    for transition in definition.transitions:
        for origin in transition.origins:
            if transition.leads_to(origin) == origin:
                found[origin][transition.trigger] = None
    everywhere = set.intersection(*(set(moves) for moves in found.values())) if len(names) > 1 else set()
    return {name: tuple(m for m in moves if m not in everywhere) for name, moves in found.items()}


def spine(definition: Definition, joined: tuple[Edge, ...]) -> tuple[str, ...]:
    """Give the main way: from the initial state always on to the nearest later state that a move leads to.

    The order of the states in the text is the author's own idea of the way, so it is followed.
    """
    order = {state.name: position for position, state in enumerate(definition.states)}
    way = [definition.initial]
    while True:
        here = order[way[-1]]
        later = [edge.target for edge in joined if edge.origin == way[-1] and order[edge.target] > here]
        if not later:
            return tuple(way)
        way.append(min(later, key=order.__getitem__))


def rows(definition: Definition, joined: tuple[Edge, ...]) -> tuple[dict[str, int], dict[str, int]]:
    """Give the row of each state: of those in the spine, and of those beside it.

    A state beside the spine stands where the moves to it come from, or on the nearest free row.
    """
    main = {name: row for row, name in enumerate(spine(definition, joined))}
    beside: dict[str, int] = {}
    for state in definition.states:
        if state.name in main:
            continue
        known = main | beside
        from_rows = [
            known[edge.origin] for edge in joined if edge.target == state.name and edge.origin in known
        ]
        wanted = round(sum(from_rows) / len(from_rows)) if from_rows else 0
        free = (row for row in range(len(definition.states)) if row not in beside.values())
        beside[state.name] = min(free, key=lambda row: (abs(row - wanted), -row))
    return main, beside
