"""Who may raise a matter, record an instruction, and answer a conclusion. Pure code.

Must not know how pages ask for it; they and the decisions read the same rules here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from engine.facts import Facts
from workflows.instructions.records import MEETINGS, InstructionKind
from workflows.rectification.vocabulary import Role

_RAISING = (Role.HANDLER, Role.DEPARTMENT_HEAD)
_KEEPING_MINUTES = (Role.PERFORMANCE_OFFICE, Role.PERFORMANCE_OFFICE_HEAD)

Secretaries = Mapping[int, frozenset[int]]


def may_raise(facts: Facts, person: int | None) -> bool:
    """Say whether somebody may raise a matter: who works on the task, or heads a department that leads it."""
    return any(facts.holds(role, person) for role in _RAISING)


def kinds_for(facts: Facts, leader: int, person: int | None, secretaries: Secretaries) -> frozenset[str]:
    """Give the forms in which somebody may record what a leader said.

    The leader and the leader's secretary record everything; the performance office records the meetings
    of which it kept the minutes, and no instruction: a leader's own words are not for it to write.
    """
    if person == leader or person in secretaries.get(leader, frozenset()):
        return frozenset(InstructionKind)
    keeps_minutes = any(facts.holds(role, person) for role in _KEEPING_MINUTES)
    return frozenset(MEETINGS) if keeps_minutes else frozenset()


def may_record(facts: Facts, person: int | None, secretaries: Secretaries) -> bool:
    """Say whether somebody may record anything about the task at all."""
    leaders = facts.people(Role.RESPONSIBLE_LEADER)
    return any(kinds_for(facts, leader, person, secretaries) for leader in leaders)


def may_answer(charged: int, heads: Collection[int], person: int | None) -> bool:
    """Say whether somebody may answer a conclusion.

    It is the to-do of one person; who heads their department may answer for them, or nobody could where the
    person has left.
    """
    return person is not None and (person == charged or person in heads)
