"""Guards are looked up in a registry and nowhere else; facts answer for roles, seats and the record."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from engine.canonical import canonical
from engine.definition import Moment
from engine.facts import OpenProposal, Seat
from engine.guards import GuardRegistry, Question
from engine.reasons import Reason, deny
from tests.engine.rig import Rig
from tests.engine.zoo import (
    CHIEF,
    CLERK,
    GUARDS,
    HEAD,
    NOW,
    OTHER_CLERK,
    YESTERDAY,
    Letter,
    actor,
    bundle,
    facts,
    propose,
    sign,
    workflow,
)


def _never(_question: Question) -> tuple[Reason, ...]:
    return (deny("never"),)


def test_a_guard_is_found_by_its_functions_name() -> None:
    registry = GuardRegistry()
    assert registry.register(_never) is _never
    assert registry["_never"] is _never
    assert registry.names() == {"_never"}
    assert registry.takes("_never") == {}


def test_a_name_is_given_once() -> None:
    registry = GuardRegistry()
    registry.register(_never)
    with pytest.raises(ValueError, match="_never"):
        registry.register(_never)


def test_a_guard_says_what_it_must_be_given() -> None:
    assert GUARDS.takes("tone_is") == {"tone": frozenset({"kind", "angry"})}
    question = Question(facts(), None, actor(CLERK), (("tone", "kind"),))
    assert question.value("tone") == "kind"
    with pytest.raises(KeyError):
        question.value("colour")


def test_the_machine_is_shared_by_threads_and_keeps_nothing() -> None:
    shared = workflow()
    questions = [
        (Question(facts(details=Letter(in_time=number % 2 == 0)), bundle(), actor(CLERK)), number % 2 == 0)
        for number in range(400)
    ]

    def attempt(item: tuple[Question, bool]) -> bool:
        picked, reasons = shared.attempt("send", item[0], Moment.PROPOSE)
        return picked is not None and (not reasons) == item[1]

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(attempt, questions))


def test_a_guard_that_breaks_is_not_taken_for_a_refusal() -> None:
    with pytest.raises(AssertionError):
        Rig(workflow(), replace(facts(), details="no letter")).try_to(propose(), actor(CLERK), NOW)


def test_facts_answer_for_roles_and_relations() -> None:
    given = facts(
        holders={"clerk": ((CLERK, OTHER_CLERK), (CLERK, HEAD))}, relations={"author": frozenset({5})}
    )
    assert given.people("clerk") == (CLERK, OTHER_CLERK, HEAD)
    assert given.people("nobody") == ()
    assert given.holds("clerk", HEAD)
    assert not given.holds("clerk", None)
    assert given.related(("author", "cousin"), 5) == ("author",)
    assert given.related(("author",), CLERK) == ()


def test_the_record_of_the_facts_holds_what_the_guards_saw_and_no_free_text() -> None:
    rig = Rig(workflow(), facts(substitutes={"head": 20}, relations={"author": frozenset({9, 3})}))
    rig.do(propose(text="Confidential words"), actor(CLERK), YESTERDAY)
    rig.do(sign(rig.open, "My opinion"), actor(HEAD), NOW)
    text = canonical(rig.facts.record())
    assert "Confidential" not in text
    assert "opinion" not in text
    record = json.loads(text)
    assert record["relations"] == {"author": [3, 9]}
    seats = [(s["stage"], s["role"], s["candidates"], s["signed_by"]) for s in record["proposal"]["seats"]]
    assert seats == [(0, "head", [HEAD], HEAD), (1, "chief", [CHIEF], None)]
    assert record["details"] == {"stamped": False, "in_time": True, "wanted": True, "tone": "kind"}
    assert json.loads(canonical(facts().record()))["proposal"] is None


def test_a_proposal_without_a_reporting_stage_never_counts_as_reported() -> None:
    signed = Seat(0, "chief", (CHIEF,), signed_by=CHIEF, signed_at=NOW)
    proposal = OpenProposal(1, 1, bundle(), CLERK, (signed,), YESTERDAY)
    assert not proposal.reported
    assert (proposal.stage, proposal.waiting()) == (None, ())
    assert proposal.first_signature() == signed
