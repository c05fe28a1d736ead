"""A revision replaces the bundle, voids what was signed and says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.commands import Revise
from engine.decision import (
    DeadlineResumed,
    DeadlineStarted,
    DeadlineStopped,
    Telling,
    Told,
)
from engine.facts import Facts
from tests.engine.rig import Rig
from tests.engine.zoo import (
    CLERK,
    HEAD,
    NOW,
    OTHER_CHIEF,
    OTHER_CLERK,
    YESTERDAY,
    actor,
    bundle,
    facts,
    propose,
    sign,
    workflow,
)


def _rig(given: Facts | None = None) -> Rig:
    return Rig(workflow(), given or facts(), {"send_by": "running", "stamp_by": "running"})


def test_a_revision_voids_the_signatures_and_whoever_gave_them_is_told() -> None:
    rig = _rig()
    rig.do(propose(), actor(CLERK), YESTERDAY)
    rig.do(sign(rig.open), actor(HEAD), YESTERDAY)
    assert rig.clocks["send_by"] == "held"
    decision = rig.do(Revise(1, 1, bundle(text="Dear everybody")), actor(CLERK), NOW)
    assert (decision.action, decision.role) == ("revise", "clerk")
    assert decision.effects[1:] == (
        DeadlineStopped("sign_by"),
        DeadlineResumed("send_by"),
        Told(Telling.REVISED, (HEAD,), (("trigger", "send"),)),
        DeadlineStarted("sign_by"),
        Told(Telling.SIGNATURE_OWED, (HEAD,), (("trigger", "send"),)),
    )
    assert (rig.open.revision, rig.open.first_signature()) == (2, None)
    assert rig.open.bundle.text == "Dear everybody"
    assert rig.clocks["send_by"] == "running"
    assert rig.clocks["sign_by"] == "running"
    assert [(told.telling, told.people) for told in rig.told[-2:]] == [
        (Telling.REVISED, (HEAD,)),
        (Telling.SIGNATURE_OWED, (HEAD,)),
    ]


def test_a_revision_before_any_signature_tells_the_signers_alone() -> None:
    rig = _rig()
    rig.do(propose(), actor(CLERK), YESTERDAY)
    rig.do(Revise(1, 1, bundle(text="Dear you")), actor(CLERK), NOW)
    assert [told.telling for told in rig.told] == [Telling.SIGNATURE_OWED, Telling.SIGNATURE_OWED]


@pytest.mark.parametrize(
    ("command", "person", "code"),
    [
        (Revise(1, 1, bundle(text="x")), OTHER_CLERK, "not_your_proposal"),
        (Revise(1, 1, bundle("stamp")), CLERK, "trigger_changed"),
        (Revise(1, 1, bundle(text="")), CLERK, "unsealed"),
        (Revise(1, 1, replace(bundle(), round=1)), CLERK, "bundle_foreign"),
        (Revise(1, 2, bundle(text="x")), CLERK, "revision_changed"),
        (Revise(2, 1, bundle(text="x")), CLERK, "proposal_closed"),
    ],
)
def test_a_revision_is_the_proposers_own_and_of_the_same_move(
    command: Revise, person: int, code: str
) -> None:
    rig = _rig()
    rig.do(propose(), actor(CLERK), NOW)
    assert rig.refuse(command, actor(person), NOW) == (code,)


def test_a_revision_is_refused_where_a_seat_is_vacant_by_now() -> None:
    rig = _rig()
    rig.do(propose(), actor(CLERK), NOW)
    rig.facts = replace(rig.facts, holders={**rig.facts.holders, "chief": ()})
    assert rig.refuse(Revise(1, 1, bundle(text="x")), actor(CLERK), NOW) == ("seat_vacant",)


def test_a_revision_resolves_the_seats_anew() -> None:
    rig = _rig()
    rig.do(propose(), actor(CLERK), NOW)
    rig.facts = replace(rig.facts, holders={**rig.facts.holders, "chief": ((OTHER_CHIEF,),)})
    rig.do(Revise(1, 1, bundle(text="x")), actor(CLERK), NOW)
    assert [seat.candidates for seat in rig.open.seats] == [(HEAD,), (OTHER_CHIEF,)]
