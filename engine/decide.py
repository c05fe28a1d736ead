"""The one entrance to the engine: definition + facts + command + actor + now → a decision or a refusal."""

from __future__ import annotations

from datetime import datetime

from engine.actor import Actor
from engine.commands import Command, Propose, Revise, SendBack, Sign, Withdraw
from engine.decision import Decision
from engine.facts import Facts
from engine.machine import Workflow
from engine.proposing import propose, revise
from engine.reasons import Refusal
from engine.renewing import reseat
from engine.signing import send_back, sign, withdraw
from engine.telling import with_delegates


def decide(
    workflow: Workflow, facts: Facts, command: Command, actor: Actor, now: datetime
) -> Decision | Refusal:
    """Decide a command. Pure: the same arguments give the same answer, and nothing else is touched.

    Args:
        workflow: The compiled definition the subject runs on.
        facts: The subject as gathered in this unit of work.
        command: What is asked.
        actor: Who asks.
        now: The moment of asking, aware.

    Returns:
        The decision with all its effects, or the refusal with its reasons.
    """
    decided = _decide(workflow, facts, command, actor, now)
    if isinstance(decided, Refusal):
        return decided
    return with_delegates(workflow.definition, facts, decided, actor, now)


def _decide(
    workflow: Workflow, facts: Facts, command: Command, actor: Actor, now: datetime
) -> Decision | Refusal:
    match command:
        case Propose():
            return propose(workflow, facts, command, actor)
        case Revise():
            return revise(workflow, facts, command, actor)
        case Sign():
            return sign(workflow, facts, command, actor, now)
        case SendBack():
            return send_back(workflow, facts, command, actor)
        case Withdraw():
            return withdraw(workflow, facts, command, actor)
    return reseat(workflow, facts, command)
