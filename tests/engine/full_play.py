"""Plays a definition in full: every command of four people, proposals left open, part signed, sent back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from engine.bundle import Bundle
from engine.commands import Command, Method, Proof, Propose, SendBack, Sign, Withdraw
from engine.decision import Decision
from engine.definition import Definition
from engine.exploring.company import Company
from engine.exploring.ground import Ground
from engine.exploring.judging import hopeful
from engine.exploring.people import PEOPLE, assignments
from engine.exploring.walking import Walker
from engine.facts import Facts
from engine.guards import GuardRegistry
from engine.machine import Workflow
from tests.engine.rig import Rig
from tests.engine.zoo import NOW, actor


def plain(definition: Definition) -> Definition:
    """A definition whose guards say yes and whose evidence is there, as willing people see to.

    Of several moves of one name that leave from one state the first is kept; an exploration takes each.
    """
    first = {(t.trigger, origin): t for t in reversed(definition.transitions) for origin in t.origins}
    kept = (t for t in definition.transitions if t in first.values())
    moves = (replace(t, guards=(), when=None, evidence=(), new_round=False) for t in kept)
    return replace(definition, transitions=tuple(moves))


def check_that_both_agree(definition: Definition, every: int = 1) -> None:
    """Compare the exploration with the play in full: what is reached, and what locks a subject in.

    Args:
        definition: A plain definition.
        every: Of so many assignments one is played.
    """
    workflow, ground, company = Workflow(definition, GuardRegistry()), Ground(definition), Company(definition)
    for holders in islice(assignments(definition, company.roles), 0, None, every):
        people = {role: (group,) for role, group in zip(company.roles, holders, strict=True)}
        stands = Stands(workflow, Facts("letter:7", 1, definition.initial, 1, 1, people))
        walked = Walker(ground, company, holders).walk([ground.start])
        assert {facts.state for facts in stands.found.values()} == {at.state for at in walked.arrivals}
        leading = walked.leading_to({at for at in walked.arrivals if at.state in ground.ends})
        locked = {at.state for at in walked.arrivals if at not in leading}
        assert stands.without_an_end(ground.ends) == locked
        assert hopeful(ground, walked) == (definition.initial not in locked)


def _commands(workflow: Workflow, facts: Facts) -> Iterator[Command]:
    for trigger in workflow.definition.triggers:
        yield Propose(Bundle("letter:7", 1, workflow.definition.reference, trigger, text="x"), 1, "k")
    if facts.proposal is not None:
        digest = facts.proposal.bundle.digest
        yield Sign(1, 1, digest, Proof(Method.PASSWORD, (digest,), ""))
        yield SendBack(1, 1, "Spelling")
        yield Withdraw(1, 1)


class Stands:
    """Every stand of a subject that commands can bring about, by its text, with those that follow from it."""

    def __init__(self, workflow: Workflow, start: Facts) -> None:
        self.found = {repr(start): start}
        self.following: dict[str, set[str]] = {}
        frontier = [start]
        for at in frontier:
            after = self.following[repr(at)] = set()
            for came in _after(workflow, at):
                after.add(repr(came))
                if repr(came) not in self.found:
                    self.found[repr(came)] = came
                    frontier.append(came)

    def without_an_end(self, ends: frozenset[str]) -> set[str]:
        """Give the states in which, or beside an open proposal, no end can be reached any more."""
        leading = {key for key, facts in self.found.items() if facts.state in ends}
        grown = True
        while grown:
            before = len(leading)
            leading |= {key for key, after in self.following.items() if not leading.isdisjoint(after)}
            grown = len(leading) > before
        return {facts.state for key, facts in self.found.items() if key not in leading}


def _after(workflow: Workflow, at: Facts) -> Iterator[Facts]:
    for command in _commands(workflow, at):
        for person in PEOPLE:
            rig = Rig(workflow, at)
            if isinstance(rig.try_to(command, actor(person), NOW), Decision):
                rig.do(command, actor(person), NOW)
                yield replace(rig.facts, version=1, round=1, latest=None)
