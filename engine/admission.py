"""Whether a move may be proposed or go through: roles, state, independence, guards, in this order."""

from __future__ import annotations

from engine.actor import Actor
from engine.bundle import Bundle
from engine.definition import Moment, Transition
from engine.facts import Facts, OpenProposal
from engine.guards import Question
from engine.machine import Workflow
from engine.reasons import Reason, deny


def admit_proposal(
    workflow: Workflow, facts: Facts, trigger: str, actor: Actor, bundle: Bundle | None
) -> tuple[Transition | None, tuple[Reason, ...]]:
    """Say whether the actor may propose a move now.

    Args:
        workflow: The compiled definition.
        facts: The subject.
        trigger: The move.
        actor: Who would propose.
        bundle: What is proposed; None while somebody only looks at what could be done.

    Returns:
        The transition, where one applies, and the reasons against it; none means that it may be proposed.
    """
    named = workflow.definition.with_trigger(trigger)
    if not named:
        return None, (deny("trigger_unknown", trigger=trigger),)
    if not any(proposing_role(transition, facts, actor.person) for transition in named):
        return None, (deny("not_proposer", trigger=trigger),)
    transition, reasons = _run(workflow, facts, trigger, Question(facts, bundle, actor), Moment.PROPOSE)
    if transition is None:
        return None, reasons
    if proposing_role(transition, facts, actor.person) is None:
        return transition, (deny("not_proposer", trigger=trigger),)
    return transition, _related(transition, facts, actor.person) + reasons


def proposing_role(transition: Transition, facts: Facts, person: int | None) -> str | None:
    """Give the role in which a person may propose a move; None where they hold none of those that may."""
    return next((role for role in transition.proposed_by if facts.holds(role, person)), None)


def admit_signature(
    workflow: Workflow, facts: Facts, bundle: Bundle, proposer: int, actor: Actor
) -> tuple[Transition | None, tuple[Reason, ...]]:
    """Say whether a proposed move may still go through.

    Returns:
        The transition, where one still applies, and the reasons against it.
    """
    question = Question(facts, bundle, actor)
    transition, reasons = _run(workflow, facts, bundle.trigger, question, Moment.SIGN)
    if transition is None:
        return None, reasons
    return transition, _related(transition, facts, proposer) + reasons


def blocked_by_proposal(transition: Transition, facts: Facts) -> tuple[Reason, ...]:
    """Say why the open proposal, if there is one, stands in the way; learnt with who was first and when."""
    proposal = facts.proposal
    if proposal is None or transition.beside or supersedes(transition, proposal):
        return ()
    return (
        deny(
            "proposal_open",
            person=proposal.proposer,
            at=proposal.proposed_at,
            trigger=proposal.bundle.trigger,
        ),
    )


def supersedes(transition: Transition, proposal: OpenProposal) -> bool:
    """Say whether proposing a move closes an open proposal.

    One of the same trigger stays: whoever presses the same button later learns who was first.
    """
    return transition.supersedes and proposal.bundle.trigger != transition.trigger


def _run(
    workflow: Workflow, facts: Facts, trigger: str, question: Question, moment: Moment
) -> tuple[Transition | None, tuple[Reason, ...]]:
    if not workflow.definition.leaving(trigger, facts.state):
        return None, (deny("wrong_state", trigger=trigger, state=facts.state),)
    return workflow.attempt(trigger, question, moment)


def _related(transition: Transition, facts: Facts, person: int | None) -> tuple[Reason, ...]:
    return tuple(
        deny("not_independent", relation=relation)
        for relation in facts.related(transition.independent_of, person)
    )
