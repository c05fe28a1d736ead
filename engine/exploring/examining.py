"""Looks for every way to break a definition, with four people who are willing to do whatever they may.

For each assignment of the roles to four people it walks through every situation they can bring a subject
into, each move proposed and signed as the engine itself decides. A move is one step of that walk: a proposal
can always be sent back by whose turn it is, so what is left open locks nobody in. Guards say yes to willing
people, but for what the definition says is known of them. Whoever publishes a definition asks here; loading
one does not, because a running server has no time for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from engine.definition import Definition
from engine.exploring.company import Company
from engine.exploring.dead import dead_moves
from engine.exploring.dropping import dropped
from engine.exploring.findings import Finding
from engine.exploring.ground import Ground
from engine.exploring.judging import done_alone, gone_without, hopeful, left_unsigned, locked_in
from engine.exploring.people import Holders, assignments, roles_of
from engine.exploring.walking import Walker
from engine.reasons import deny


@dataclass(frozen=True, slots=True)
class Report:
    """What an exploration found.

    Attributes:
        findings: What is wrong; nothing means that the definition may be published.
        assignments: How many assignments of the roles were tried.
        hopeless: In how many of them the people could bring no subject to an end from the start, because too
            few of them are left to sign what the others propose. That is refused openly and locks nobody in.
        situations: How many situations were met; of assignments that are alike those of the first.
    """

    findings: tuple[Finding, ...]
    assignments: int
    hopeless: int
    situations: int


@dataclass(slots=True)
class _Notes:
    """What was seen so far; of several findings that say the same the first is kept."""

    findings: dict[object, Finding] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    manned: set[int] = field(default_factory=set)
    situations: int = 0

    def add(self, findings: Iterable[Finding], people: tuple[tuple[str, ...], ...] = ()) -> None:
        for finding in findings:
            self.findings.setdefault(finding.reason, replace(finding, people=people))


def examine(definition: Definition, follows: Definition | None = None) -> Report:
    """Explore a definition.

    Args:
        definition: A definition that loads.
        follows: The definition it takes the place of, whose promises it has to keep; None for a first one.
    """
    notes, ground, company = _Notes(), Ground(definition), Company(definition)
    notes.add(dropped(definition, follows or definition))
    hope: dict[object, bool] = {}
    tried = hopeless = 0
    for holders in assignments(definition, company.roles):
        walker = Walker(ground, company, holders)
        outline = walker.outline()
        if outline not in hope:
            hope[outline] = _look(ground, company, holders, walker, notes)
        tried += 1
        hopeless += not hope[outline]
    if hopeless == tried:
        notes.add([Finding(deny("end_never_reached", place="definition"))])
    notes.add(dead_moves(definition, notes.taken, notes.manned))
    return Report(tuple(notes.findings.values()), tried, hopeless, notes.situations)


def _look(ground: Ground, company: Company, holders: Holders, walker: Walker, notes: _Notes) -> bool:
    """Walk with the people of one assignment, and say whether there is hope for what they begin."""
    walked = walker.walk([ground.start])
    notes.situations += len(walked.arrivals)
    notes.taken |= walked.taken
    notes.manned |= {n for n, kind in company.kind_of.items() if company.outline(kind, holders).ways}
    hope, people = hopeful(ground, walked), roles_of(company.roles, holders)
    if hope:
        notes.add(locked_in(ground, walked), people)
    notes.add(gone_without(ground, walked), people)
    notes.add(done_alone(ground, walker, walked), people)
    notes.add(left_unsigned(ground.definition, company, holders), people)
    return hope
