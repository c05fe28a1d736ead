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
    related = _related(transition, facts, actor.person) or _excused(transition, facts, actor.person, bundle)
    return transition, related + reasons


def exceptions(transition: Transition, facts: Facts, person: int | None) -> tuple[str, ...]:
    """Give the relations that would exclude a proposer and are excused while nobody without them is there.

    A bundle names them, so that whoever signs it signs the exception too.
    """
    return facts.related(transition.independent_unless_alone, person)


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
    related = _related(transition, facts, proposer)
    unsaid = [name for name in exceptions(transition, facts, proposer) if name not in bundle.exceptions]
    related += tuple(deny("exception_unsaid", relation=relation) for relation in unsaid)
    return transition, related + reasons


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


def _excused(
    transition: Transition, facts: Facts, person: int | None, bundle: Bundle | None
) -> tuple[Reason, ...]:
    """Say why an exception may not be made, or is not what the bundle says."""
    needed = exceptions(transition, facts, person)
    excluding = (*transition.independent_of, *transition.independent_unless_alone)
    candidates = (p for role in transition.proposed_by for p in facts.people(role))
    others = tuple(dict.fromkeys(p for p in candidates if not facts.related(excluding, p)))
    if needed and others:
        return tuple(deny("others_are_independent", relation=name, candidates=others) for name in needed)
    said = needed if bundle is None else bundle.exceptions
    return (
        *(deny("exception_unsaid", relation=name) for name in needed if name not in said),
        *(deny("exception_unfounded", relation=name) for name in said if name not in needed),
    )
