"""What an actor may do with a subject now, and why not the rest: the buttons of a page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.actor import Actor
from engine.admission import admit_proposal, admit_signature, blocked_by_proposal, exceptions
from engine.definition import Transition
from engine.delegating import principals_of, unless_waiting_for
from engine.facts import Facts
from engine.machine import Workflow
from engine.reasons import Reason, deny
from engine.returning import stages_below
from engine.seats import resolve_seats
from engine.signing import unless_withdrawable


@dataclass(frozen=True, slots=True)
class Option:
    """One trigger as it stands for an actor.

    Attributes:
        trigger: The move.
        transition: The transition that would be taken, where one applies.
        reasons: Why it could not be proposed now; none means that the form can be opened. What depends on
            the form's content is asked only when it is handed in.
        exceptions: Relations that the bundle has to name as excused (回避), because the actor has them and
            nobody without them could propose the move.
    """

    trigger: str
    transition: Transition | None
    reasons: tuple[Reason, ...]
    exceptions: tuple[str, ...] = ()

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


@dataclass(frozen=True, slots=True)
class ProposalOption:
    """What could be done with the open proposal: ``sign``, ``send_back``, ``revise`` or ``withdraw``.

    Attributes:
        action: What could be done.
        reasons: Why not; none means that it can be done now.
        stages: The earlier stages that it could be sent back to.
        principals: In whose place the actor could do it (委托签批); none where it is their own turn.
    """

    action: str
    reasons: tuple[Reason, ...]
    stages: tuple[int, ...] = ()
    principals: tuple[int, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether the actor may do it now."""
        return not self.reasons


def proposal_options(workflow: Workflow, facts: Facts, actor: Actor) -> tuple[ProposalOption, ...]:
    """Give one option per action on the open proposal; none where nothing is open."""
    proposal = facts.proposal
    if proposal is None:
        return ()
    person, bundle = actor.person, proposal.bundle
    own = unless_waiting_for(facts, person)
    principals = principals_of(workflow.definition, facts, person)
    turn = () if principals else own
    _, held_up = admit_signature(workflow, facts, bundle, proposal.proposer, actor)
    _, unrevisable = admit_proposal(workflow, facts, bundle.trigger, actor, None)
    foreign = () if person == proposal.proposer else (deny("not_your_proposal", person=proposal.proposer),)
    return (
        ProposalOption("sign", turn or held_up, (), principals),
        ProposalOption("send_back", turn, () if turn else stages_below(proposal), principals),
        ProposalOption("revise", foreign or unrevisable),
        ProposalOption("withdraw", unless_withdrawable(proposal, person)),
    )


def _option(workflow: Workflow, facts: Facts, trigger: str, actor: Actor) -> Option:
    transition, reasons = admit_proposal(workflow, facts, trigger, actor, None)
    option = Option(trigger, transition, reasons)
    if transition is None or actor.person is None or not option.concerns:
        return option
    _, vacant = resolve_seats(transition, facts, actor.person)
    return replace(
        option,
        reasons=(*reasons, *blocked_by_proposal(transition, facts), *vacant),
        exceptions=exceptions(transition, facts, actor.person),
    )
