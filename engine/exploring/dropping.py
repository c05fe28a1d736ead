"""What a definition no longer promises, or no longer says it knows, although the one before it did."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition import Definition
from engine.exploring.findings import Finding
from engine.promises import Known, Promises
from engine.reasons import deny

_Part = tuple[str, tuple[str, ...], object]
"""The smallest part of a section: its place, the states and moves it is about, and what it says."""


def dropped(definition: Definition, follows: Definition) -> Iterator[Finding]:
    """Find each section that says less than before about states and moves that still exist."""
    after = {(place, part) for place, _, part in _parts(definition)}
    left = {state.name for state in definition.states} | set(definition.triggers)
    for place, about, part in dict.fromkeys(_parts(follows)):
        if left.issuperset(about) and (place, part) not in after:
            yield Finding(deny("promise_dropped", place=place))


def _parts(definition: Definition) -> list[_Part]:
    return [*_promised(definition.promises), *_known(definition.known)]


def _promised(promises: Promises) -> Iterator[_Part]:
    for promise in promises.never_alone:
        yield "promises, never_alone", (promise.origin, promise.target), promise
    for need, state in ((each, state) for each in promises.needs for state in each.states):
        yield "promises, needs", (state,), (state, "guard", need.guard)
        yield "promises, needs", (state,), (state, "signed_by", need.signed_by)


def _known(known: Known) -> Iterator[_Part]:
    yield from (("known, opposites", (), pair) for pair in known.opposites)
    yield from (
        ("known, only_after", (t,), (rule.guard, t)) for rule in known.only_after for t in rule.triggers
    )
    for related in known.related:
        yield from (("known, related", (), (related.relation, role)) for role in related.roles)
        yield from (("known, related", (t,), (related.relation, "through", t)) for t in related.triggers)
    for apart in known.apart:
        yield from (("known, apart", (), (r, other)) for r in apart.roles for other in apart.others)
