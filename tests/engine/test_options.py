"""What somebody may do now, and why not the rest."""

from __future__ import annotations

from dataclasses import replace

from engine.delegating import unless_waiting_for
from engine.facts import Facts
from engine.options import Option, options, proposal_options
from tests.engine.rig import Rig
from tests.engine.zoo import (
    CHIEF,
    CLERK,
    HEAD,
    NOW,
    OTHER_CLERK,
    REGISTRAR,
    STRANGER,
    Letter,
    actor,
    facts,
    propose,
    sign,
    workflow,
)


def _codes(given: Facts, person: int) -> dict[str, tuple[str, ...]]:
    found = options(workflow(), given, actor(person))
    return {option.trigger: tuple(reason.code for reason in option.reasons) for option in found}


def test_every_trigger_is_an_option_in_the_order_of_the_text() -> None:
    found = options(workflow(), facts(), actor(CLERK))
    assert tuple(option.trigger for option in found) == workflow().definition.triggers


def test_a_clerk_sees_what_is_possible_and_why_the_rest_is_not() -> None:
    assert _codes(facts(), CLERK) == {
        "stamp": (),
        "send": (),
        "answer": ("not_proposer",),
        "file": ("not_proposer",),
        "review": ("not_proposer",),
        "recall": ("not_proposer",),
        "shred": ("not_proposer",),
    }
    assert _codes(facts("sent", Letter(stamped=True)), CLERK)["stamp"] == ("stamped",)
    assert _codes(facts("sent"), CLERK)["send"] == ("wrong_state",)


def test_what_depends_on_the_form_is_not_asked_before_it_is_handed_in() -> None:
    assert _codes(facts(), CLERK)["send"] == ()
    assert _codes(facts(details=Letter(in_time=False)), CLERK)["send"] == ("too_late",)


def test_an_open_proposal_stands_in_the_way_of_all_but_what_is_beside_or_above_it() -> None:
    rig = Rig(workflow(), facts())
    rig.do(propose(), actor(CLERK), NOW)
    assert _codes(rig.facts, OTHER_CLERK)["send"] == ("proposal_open",)
    assert _codes(rig.facts, OTHER_CLERK)["stamp"] == ()
    assert _codes(rig.facts, REGISTRAR)["review"] == ("proposal_open",)
    assert _codes(rig.facts, REGISTRAR)["recall"] == ()


def test_a_vacant_seat_is_said_before_the_form_is_opened() -> None:
    assert _codes(facts(holders={"chief": ()}), CLERK)["send"] == ("seat_vacant",)


def test_an_option_says_whether_it_concerns_the_person_at_all() -> None:
    found = {option.trigger: option for option in options(workflow(), facts("sent"), actor(CLERK))}
    assert (found["send"].possible, found["send"].concerns) == (False, True)
    assert (found["recall"].possible, found["recall"].concerns) == (False, False)
    assert Option("send", None, ()).possible


def _on_proposal(given: Facts, person: int) -> dict[str, str | None]:
    found = proposal_options(workflow(), given, actor(person))
    return {option.action: None if option.possible else option.reasons[0].code for option in found}


def test_where_nothing_is_open_nothing_can_be_done_about_it() -> None:
    assert proposal_options(workflow(), facts(), actor(CLERK)) == ()
    assert [reason.code for reason in unless_waiting_for(facts(), HEAD)] == ["proposal_unknown"]


def test_on_an_open_proposal_each_sees_their_own_turn() -> None:
    rig = Rig(workflow(), facts())
    rig.do(propose(), actor(CLERK), NOW)
    assert _on_proposal(rig.facts, CLERK) == {
        "sign": "own_proposal",
        "send_back": "own_proposal",
        "revise": None,
        "withdraw": None,
    }
    assert _on_proposal(rig.facts, HEAD) == {
        "sign": None,
        "send_back": None,
        "revise": "not_your_proposal",
        "withdraw": "not_your_proposal",
    }
    assert _on_proposal(rig.facts, CHIEF)["sign"] == "not_your_turn"
    assert _on_proposal(rig.facts, STRANGER)["sign"] == "not_a_signer"
    rig.do(sign(rig.open), actor(HEAD), NOW)
    assert _on_proposal(rig.facts, CLERK)["withdraw"] == "signed_by_somebody"
    assert _on_proposal(rig.facts, CHIEF)["sign"] is None


def test_what_holds_the_move_up_stops_the_signature_and_not_the_sending_back() -> None:
    rig = Rig(workflow(), facts())
    rig.do(propose(), actor(CLERK), NOW)
    rig.facts = replace(rig.facts, details=Letter(wanted=False))
    assert _on_proposal(rig.facts, HEAD) == {
        "sign": "unwanted",
        "send_back": None,
        "revise": "not_your_proposal",
        "withdraw": "not_your_proposal",
    }
    rig.facts = replace(rig.facts, state="answered")
    assert _on_proposal(rig.facts, CLERK)["revise"] == "wrong_state"
