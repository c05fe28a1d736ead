"""委托签批: who was allowed to may sign in another's place, as the person they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.actor import Actor
from engine.commands import Method, Proof, Reseat, Revise, Sign
from engine.decision import SignatureGiven, Telling
from engine.delegating import delegates_now, unless_waiting_for
from engine.facts import Facts
from engine.options import ProposalOption, proposal_options
from engine.reasons import Reason, Refusal, deny
from tests.engine.petitions import ANNA, BORIS, CLARA, ask, asked, petition
from tests.engine.rig import Rig
from tests.engine.zoo import (
    CHIEF,
    CLERK,
    DEPUTY,
    HEAD,
    NOW,
    OTHER_HEAD,
    REGISTRAR,
    STRANGER,
    YESTERDAY,
    actor,
    bundle,
    facts,
    propose,
    send_back,
    sign,
    withdraw,
    workflow,
)

Allowed = Mapping[int, frozenset[int]]


def _letter(allowed: Allowed, **changed: object) -> Rig:
    """A letter that waits for its head; ``allowed`` says who may sign for whom."""
    given = replace(facts(**changed), delegations=allowed)  # type: ignore[arg-type]  # Fields of the record.
    rig = Rig(workflow(), given, {"send_by": "running"})
    rig.do(propose(), actor(CLERK), YESTERDAY)
    return rig


def _petition(allowed: Allowed, given: Facts | None = None) -> Rig:
    return asked(replace(given or petition(), delegations=allowed))


def _for(rig: Rig, principal: int) -> Sign:
    return replace(sign(rig.open), on_behalf_of=principal)


def _reasons(rig: Rig, person: int | None, principal: int) -> tuple[Reason, ...]:
    answer = rig.try_to(_for(rig, principal), actor(person), NOW)
    assert isinstance(answer, Refusal)
    assert person is None or not _may(rig, person, principal), "what is offered is not refused"
    return answer.reasons


def _may(rig: Rig, person: int, principal: int) -> bool:
    return (principal, person) in delegates_now(rig.workflow.definition, rig.facts)


def _option(rig: Rig, person: int, action: str = "sign") -> ProposalOption:
    found = proposal_options(rig.workflow, rig.facts, actor(person))
    return next(option for option in found if option.action == action)


def test_a_delegate_gives_the_principals_signature_as_the_person_they_are() -> None:
    rig = _letter({HEAD: frozenset({DEPUTY})})
    assert _option(rig, DEPUTY) == ProposalOption("sign", (), (), (HEAD,))
    given = rig.do(_for(rig, HEAD), actor(DEPUTY), NOW)
    effect = next(effect for effect in given.effects if isinstance(effect, SignatureGiven))
    assert (given.role, effect.signer, effect.on_behalf_of) == ("head", DEPUTY, HEAD)
    seat = rig.open.seats[0]
    assert (seat.signed_by, seat.signed_for, seat.given_by) == (DEPUTY, HEAD, (DEPUTY, HEAD))
    assert rig.clocks["send_by"] == "held"


def test_without_a_delegation_nobody_signs_for_anybody() -> None:
    rig = _letter({CHIEF: frozenset({DEPUTY})})
    ended = (deny("delegation_ended", person=HEAD),)
    assert _reasons(rig, DEPUTY, HEAD) == ended
    assert _reasons(rig, HEAD, HEAD) == ended
    assert _option(rig, STRANGER).principals == ()


def test_a_withdrawn_delegation_acts_at_the_next_signature() -> None:
    rig = _letter({HEAD: frozenset({DEPUTY})})
    rig.facts = replace(rig.facts, delegations={})
    assert _reasons(rig, DEPUTY, HEAD) == (deny("delegation_ended", person=HEAD),)


def test_nobody_signs_for_a_delegate_in_turn() -> None:
    rig = _letter({HEAD: frozenset({DEPUTY}), DEPUTY: frozenset({STRANGER})})
    assert _reasons(rig, STRANGER, HEAD) == (deny("delegation_ended", person=HEAD),)
    assert _reasons(rig, STRANGER, DEPUTY) == (deny("not_a_signer", waiting=(HEAD,)),)


def test_who_proposed_it_signs_in_nobodys_place() -> None:
    rig = _letter({HEAD: frozenset({CLERK})})
    assert _reasons(rig, CLERK, HEAD) == (deny("own_proposal"),)


def test_who_signs_in_a_seat_of_their_own_signs_in_nobodys_place() -> None:
    rig = _letter({HEAD: frozenset({CHIEF})})
    assert _reasons(rig, CHIEF, HEAD) == (deny("delegate_stands_himself", role="chief"),)


def test_who_signed_once_signs_no_second_time_for_another() -> None:
    rig = _letter({HEAD: frozenset({DEPUTY}), CHIEF: frozenset({DEPUTY, HEAD})})
    rig.do(_for(rig, HEAD), actor(DEPUTY), NOW)
    signed = (deny("already_signed", at=NOW),)
    assert _reasons(rig, DEPUTY, CHIEF) == signed
    # Nor does the one in whose place it was signed.
    assert _reasons(rig, HEAD, CHIEF) == signed


def test_of_principal_and_delegate_the_second_learns_who_was_first() -> None:
    rig = _letter({HEAD: frozenset({DEPUTY, STRANGER})})
    rig.do(_for(rig, HEAD), actor(DEPUTY), NOW)
    first = (deny("seat_signed", person=DEPUTY, at=NOW),)
    assert unless_waiting_for(rig.facts, HEAD) == first
    assert rig.refuse(sign(rig.open), actor(HEAD), NOW) == ("seat_signed",)
    assert _reasons(rig, STRANGER, HEAD) == first


def test_what_the_principal_signed_no_delegate_signs() -> None:
    rig = _letter({HEAD: frozenset({DEPUTY})})
    rig.do(sign(rig.open), actor(HEAD), NOW)
    assert _reasons(rig, DEPUTY, HEAD) == (deny("seat_signed", person=HEAD, at=NOW),)


def test_a_delegate_waits_for_the_principals_turn() -> None:
    rig = _letter({CHIEF: frozenset({DEPUTY})})
    assert _reasons(rig, DEPUTY, CHIEF) == (deny("not_your_turn", waiting=(HEAD,)),)


def test_a_principal_who_lost_the_role_has_no_delegate() -> None:
    rig = _letter({HEAD: frozenset({DEPUTY})}, holders={"head": ((HEAD, OTHER_HEAD),)})
    rig.facts = replace(rig.facts, holders={**rig.facts.holders, "head": ((OTHER_HEAD,),)})
    lost = deny("principal_may_not_sign", person=HEAD, role="head")
    assert _reasons(rig, DEPUTY, HEAD) == (lost,)


def test_somebody_who_is_nobody_signs_for_nobody() -> None:
    rig = _letter({HEAD: frozenset({DEPUTY})})
    assert _reasons(rig, None, HEAD) == (deny("not_a_signer", waiting=(HEAD,)),)
    assert unless_waiting_for(rig.facts, None) == (deny("not_a_signer", waiting=(HEAD,)),)


def test_whom_the_move_excludes_signs_in_nobodys_place() -> None:
    given = petition(relations={"author": frozenset({DEPUTY}), "cousin": frozenset({STRANGER})})
    rig = Rig(workflow("petition"), replace(given, delegations={CHIEF: frozenset({DEPUTY, STRANGER})}))
    rig.do(ask("judge"), actor(REGISTRAR), YESTERDAY)
    assert _reasons(rig, DEPUTY, CHIEF) == (deny("not_independent", relation="author"),)
    assert delegates_now(rig.workflow.definition, rig.facts) == ((CHIEF, STRANGER),)
    rig.do(_for(rig, CHIEF), actor(STRANGER), NOW)
    assert rig.steps


def test_whom_the_stage_or_the_role_excludes_signs_in_nobodys_place() -> None:
    given = petition(relations={"author": frozenset({DEPUTY}), "cousin": frozenset({STRANGER})})
    rig = _petition(
        {CHIEF: frozenset({DEPUTY, STRANGER, REGISTRAR})}, replace(given, apart={"chief": ("cousin",)})
    )
    for person in (HEAD, ANNA, BORIS):
        rig.do(sign(rig.open), actor(person), NOW)
    assert _reasons(rig, DEPUTY, CHIEF) == (deny("not_independent", relation="author"),)
    assert _reasons(rig, STRANGER, CHIEF) == (deny("not_independent", relation="cousin"),)
    rig.do(_for(rig, CHIEF), actor(REGISTRAR), NOW)
    assert rig.steps


def test_of_several_over_the_same_people_principal_and_delegate_fill_one_seat() -> None:
    rig = _petition({ANNA: frozenset({DEPUTY}), BORIS: frozenset({DEPUTY})})
    rig.do(sign(rig.open), actor(HEAD), NOW)
    rig.do(_for(rig, ANNA), actor(DEPUTY), NOW)
    assert rig.refuse(sign(rig.open), actor(ANNA), NOW) == ("seat_signed",)
    assert _reasons(rig, DEPUTY, BORIS) == (deny("already_signed", at=NOW),)
    assert rig.open.waiting() == (BORIS, CLARA)
    rig.do(sign(rig.open), actor(CLARA), NOW)
    assert rig.open.waiting() == (CHIEF,)


def test_a_delegate_sends_back_in_the_principals_place() -> None:
    rig = _letter({HEAD: frozenset({DEPUTY})})
    assert _option(rig, DEPUTY, "send_back").principals == (HEAD,)
    command = replace(send_back(rig.open), on_behalf_of=HEAD)
    assert rig.refuse(send_back(rig.open), actor(DEPUTY), NOW) == ("not_a_signer",)
    assert rig.do(command, actor(DEPUTY), NOW).role == "head"
    assert rig.facts.proposal is None


def test_a_delegate_sends_back_to_a_stage_and_its_signatures_are_void_with_their_principals() -> None:
    rig = _letter({HEAD: frozenset({DEPUTY}), CHIEF: frozenset({STRANGER})})
    rig.do(_for(rig, HEAD), actor(DEPUTY), NOW)
    assert _option(rig, STRANGER, "send_back").stages == (0,)
    command = replace(send_back(rig.open), on_behalf_of=CHIEF, to_stage=0)
    rig.do(command, actor(STRANGER), NOW)
    seat = rig.open.seats[0]
    assert (seat.signed_by, seat.signed_for, seat.signed_at) == (None, None, None)
    voided, owed = rig.told[-2:]
    assert (voided.telling, voided.people) == (Telling.VOIDED, (DEPUTY, HEAD))
    assert (owed.people, owed.delegates) == ((HEAD,), ((HEAD, DEPUTY),))


def test_on_paper_the_delegate_signs_and_somebody_else_confirms() -> None:
    rig = _letter({HEAD: frozenset({DEPUTY})})
    digest = rig.open.bundle.digest
    proof = Proof(Method.PAPER, (digest,), "e" * 64, registered_by=REGISTRAR)
    command = Sign(rig.open.identifier, 1, digest, proof, signer=DEPUTY, on_behalf_of=HEAD)
    rig.do(command, actor(CHIEF), NOW)
    assert rig.open.seats[0].given_by == (DEPUTY, HEAD)


def test_whoever_may_sign_for_somebody_is_told_with_them() -> None:
    rig = _letter({HEAD: frozenset({DEPUTY, CLERK, CHIEF}), CHIEF: frozenset({STRANGER, DEPUTY})})
    told = rig.told[-1]
    assert (told.telling, told.people, told.delegates) == (Telling.SIGNATURE_OWED, (HEAD,), ((HEAD, DEPUTY),))
    rig.do(_for(rig, HEAD), actor(DEPUTY), NOW)
    told = rig.told[-1]
    assert (told.people, told.delegates) == ((CHIEF,), ((CHIEF, STRANGER),))


def test_after_a_revision_the_delegates_are_told_anew_and_nobody_else_is_given_one() -> None:
    rig = _letter({HEAD: frozenset({DEPUTY})})
    rig.do(_for(rig, HEAD), actor(DEPUTY), NOW)
    rig.do(Revise(1, 1, bundle(text="Dear both")), actor(CLERK), NOW)
    revised, owed = rig.told[-2:]
    assert (revised.telling, revised.people, revised.delegates) == (Telling.REVISED, (DEPUTY, HEAD), ())
    assert owed.delegates == ((HEAD, DEPUTY),)


def test_whoever_signs_instead_is_told_with_their_delegates() -> None:
    rig = _letter({OTHER_HEAD: frozenset({DEPUTY})})
    rig.facts = replace(rig.facts, holders={**rig.facts.holders, "head": ((OTHER_HEAD,),)})
    rig.do(Reseat(1), Actor(None, 1), NOW)
    assert (rig.told[-1].people, rig.told[-1].delegates) == ((OTHER_HEAD,), ((OTHER_HEAD, DEPUTY),))


def test_a_withdrawn_proposal_waits_for_no_delegate() -> None:
    rig = _letter({HEAD: frozenset({DEPUTY})})
    rig.do(withdraw(rig.open), actor(CLERK), NOW)
    assert rig.told[-1].delegates == ()
    assert delegates_now(rig.workflow.definition, rig.facts) == ()
    at_once = replace(facts(), delegations={HEAD: frozenset({DEPUTY})})
    assert delegates_now(workflow().definition, at_once) == ()
