"""Who is told what of a decision."""

from __future__ import annotations

from engine.decide import decide
from engine.decision import Decision
from engine.facts import Facts
from tests.engine.rig import Rig
from tests.rectification.test_gathering import LEADER, OFFICE_HEAD, VERIFIER, _actor, _facts
from tests.rectification.world import NOW, bundle, propose, sign
from workflows.rectification.definition import built_in
from workflows.rectification.telling import notices
from workflows.rectification.vocabulary import Role


def _last_signature(rig: Rig, signer: int) -> tuple[Decision, Facts]:
    decision = decide(built_in(), rig.facts, sign(rig.open), _actor(signer), NOW)
    assert isinstance(decision, Decision)
    return decision, rig.facts


def test_a_finding_is_put_to_the_responsible_leader_and_others_are_told_of_the_step() -> None:
    rig = Rig(built_in(), _facts())
    rig.do(propose(bundle("rework")), _actor(VERIFIER), NOW)
    rig.do(sign(rig.open), _actor(OFFICE_HEAD), NOW)
    signer = rig.open.waiting()[0]
    decision, facts = _last_signature(rig, signer)
    told = {draft.person: (draft.kind, draft.urgent) for draft in notices(decision, facts, signer)}
    assert told[LEADER] == ("finding", True)
    assert {kind for person, (kind, _) in told.items() if person != LEADER} == {"moved"}
    assert set(told) >= set(facts.people(Role.HANDLER))


def test_nobody_is_told_what_they_did_themselves() -> None:
    rig = Rig(built_in(), _facts())
    rig.do(propose(bundle("verify")), _actor(VERIFIER), NOW)
    decision = decide(built_in(), rig.facts, sign(rig.open), _actor(OFFICE_HEAD), NOW)
    assert isinstance(decision, Decision)
    people = [draft.person for draft in notices(decision, rig.facts, OFFICE_HEAD)]
    assert OFFICE_HEAD not in people
    assert people == [LEADER]
