"""What an actor may do with a subject now, and why not the rest: the buttons of a page."""

from __future__ import annotations

from dataclasses import dataclass

from engine.actor import Actor
from engine.admission import admit_proposal, blocked_by_proposal
from engine.definition import Transition
from engine.facts import Facts
from engine.machine import Workflow
from engine.reasons import Reason
from engine.seats import resolve_seats


@dataclass(frozen=True, slots=True)
class Option:
    """One trigger as it stands for an actor.

    Attributes:
        trigger: The move.
        transition: The transition that would be taken, where one applies.
        reasons: Why it could not be proposed now; none means that the form can be opened. What depends on
            the form's content is asked only when it is handed in.
    """

    trigger: str
    transition: Transition | None
    reasons: tuple[Reason, ...]

    @property
    def possible(self) -> bool:
        """Whether the move can be proposed now."""
        return not self.reasons

    @property
    def concerns(self) -> bool:
        """Whether the move is for this actor at all, by role."""
        return not any(reason.code == "not_proposer" for reason in self.reasons)


def options(workflow: Workflow, facts: Facts, actor: Actor) -> tuple[Option, ...]:
    """Give one option per trigger of the definition, in its order."""
    return tuple(_option(workflow, facts, trigger, actor) for trigger in workflow.definition.triggers)


def _option(workflow: Workflow, facts: Facts, trigger: str, actor: Actor) -> Option:
    transition, reasons = admit_proposal(workflow, facts, trigger, actor, None)
    if transition is not None and not reasons:
        reasons = blocked_by_proposal(transition, facts)
        if not reasons and actor.person is not None:
            _, reasons = resolve_seats(transition, facts, actor.person)
    return Option(trigger, transition, reasons)
