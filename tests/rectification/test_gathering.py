"""From a case to facts: who holds which role, who is excluded, and who stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from engine.actor import Actor
from engine.facts import Facts, LatestChange
from engine.options import options
from tests.engine.rig import Rig
from tests.rectification.world import (
    CRITERIA,
    DUE,
    MEASURES,
    MID_TERM,
    NOW,
    TARGET,
    TODAY,
    YEAR_END,
    actor,
    bundle,
    propose,
    report,
    sign,
)
from workflows.rectification.definition import built_in, built_in_text
from workflows.rectification.facts import task_facts
from workflows.rectification.gathering import gather
from workflows.rectification.records import (
    Case,
    ClockRecord,
    Part,
    PositionRecord,
    ReportRecord,
    TaskRecord,
)
from workflows.rectification.vocabulary import DeadlineKind, ReportKind, Role, TaskKind

COURT, OFFICE_HOST, PRESS, ARCHIVE = 1, 2, 3, 4
HANDLER, HEAD, LEADER = 11, 12, 13
OFFICER, OFFICE_HEAD, VERIFIER = 21, 22, 23
PERFORMANCE_LEADER, PUBLICIST, REVIEWER, INSPECTOR = 31, 32, 33, 34
OTHER_OFFICER, OTHER_OFFICE_HEAD, OTHER_PERFORMANCE_LEADER, OTHER_INSPECTOR = 41, 42, 43, 44

POSITIONS = (
    PositionRecord(HANDLER, COURT, Role.HANDLER),
    PositionRecord(HEAD, COURT, Role.DEPARTMENT_HEAD),
    PositionRecord(OFFICER, OFFICE_HOST, Role.PERFORMANCE_OFFICE),
    PositionRecord(OFFICE_HEAD, OFFICE_HOST, Role.PERFORMANCE_OFFICE_HEAD),
    PositionRecord(VERIFIER, ARCHIVE, Role.VERIFICATION_GROUP),
    PositionRecord(PERFORMANCE_LEADER, ARCHIVE, Role.PERFORMANCE_LEADER),
    PositionRecord(PUBLICIST, PRESS, Role.PUBLICITY_OFFICE),
    PositionRecord(REVIEWER, PRESS, Role.CONFIDENTIALITY_REVIEWER),
    PositionRecord(INSPECTOR, ARCHIVE, Role.INSPECTOR),
)
SETTINGS = {
    "substitute.performance_office": str(OTHER_OFFICER),
    "substitute.performance_office_head": str(OTHER_OFFICE_HEAD),
    "substitute.performance_leader": str(OTHER_PERFORMANCE_LEADER),
    "substitute.inspector": str(OTHER_INSPECTOR),
    "substitute.publicity_office": "somebody",
    "limit.acknowledge": "5",
}
TASK = TaskRecord(
    task=12,
    organisation=1,
    plan=3,
    number=4,
    state="completed",
    version=4,
    round=1,
    kind=TaskKind.DATED,
    due_on=DUE,
    original_due_on=DUE,
    review_on=YEAR_END,
    acknowledged=True,
    suspended_from=None,
    latest=LatestChange(HANDLER, NOW, "propose"),
)
CASE = Case(
    task=TASK,
    definition_text=built_in_text(),
    measures=tuple(Part(measure, number) for number, measure in enumerate(MEASURES, 1)),
    criteria=(Part(CRITERIA[0], 1), Part(CRITERIA[1], 2, TARGET)),
    reports=(ReportRecord(51, ReportKind.MID_TERM, 1, received=True, returned=False),),
    clocks=(
        ClockRecord(1, DeadlineKind.VERIFICATION, 1, DUE, DUE, "running", None),
        ClockRecord(2, DeadlineKind.MID_TERM_REPORT, 1, MID_TERM, MID_TERM, "stopped", None),
        ClockRecord(3, DeadlineKind.COMPLETION, 1, DUE, DUE, "held", NOW),
    ),
    lead_departments=(COURT,),
    supporting_departments=(PRESS,),
    leaders=(LEADER,),
    positions=POSITIONS,
    submitters=frozenset({HANDLER}),
    settings=SETTINGS,
)


def _facts(**changed: object) -> Facts:
    return gather(replace(CASE, **changed), TODAY)  # type: ignore[arg-type]  # Callers name fields of the record.


def _people(facts: Facts) -> Mapping[str, tuple[tuple[int, ...], ...]]:
    return {role: groups for role, groups in facts.holders.items() if any(groups)}


def test_each_role_is_held_by_who_has_the_position() -> None:
    assert _people(_facts()) == {
        Role.HANDLER: ((HANDLER,),),
        Role.DEPARTMENT_HEAD: ((HEAD,),),
        Role.RESPONSIBLE_LEADER: ((LEADER,),),
        Role.PERFORMANCE_OFFICE: ((OFFICER,),),
        Role.PERFORMANCE_OFFICE_HEAD: ((OFFICE_HEAD,),),
        Role.VERIFICATION_GROUP: ((VERIFIER,),),
        Role.INSPECTOR: ((INSPECTOR,),),
        Role.PERFORMANCE_LEADER: ((PERFORMANCE_LEADER,),),
        Role.PUBLICITY_OFFICE: ((PUBLICIST,),),
        Role.CONFIDENTIALITY_REVIEWER: ((REVIEWER,),),
    }


def test_the_task_is_handed_on_as_it_stands() -> None:
    facts = _facts()
    assert (facts.subject, facts.organisation, facts.state) == ("task:12", 1, "completed")
    assert (facts.version, facts.round, facts.latest) == (4, 1, TASK.latest)
    task = task_facts(facts)
    assert task.reports == (report(ReportKind.MID_TERM, received=True),)
    assert [(clock.kind, clock.held) for clock in task.clocks] == [
        (DeadlineKind.VERIFICATION, False),
        (DeadlineKind.COMPLETION, True),
    ]
    assert [criterion.target for criterion in task.criteria] == [None, TARGET]


def test_who_is_related_to_the_task_is_known() -> None:
    assert _facts().relations == {
        "evidence_submitter": {HANDLER},
        "lead_department": {HANDLER, HEAD},
        "supporting_department": {PUBLICIST, REVIEWER},
        "same_leader": set(),
        "responsible_leader": {LEADER},
    }


def test_whoever_left_a_department_of_the_task_stays_too_near_to_judge_it() -> None:
    former = (
        PositionRecord(VERIFIER, COURT, Role.HANDLER),
        PositionRecord(OFFICER, PRESS, Role.HANDLER),
        PositionRecord(INSPECTOR, OFFICE_HOST, Role.HANDLER),
    )
    facts = _facts(former=former)
    assert facts.relations["lead_department"] == {HANDLER, HEAD, VERIFIER}
    assert facts.relations["supporting_department"] == {PUBLICIST, REVIEWER, OFFICER}
    assert facts.holders[Role.VERIFICATION_GROUP] == ()
    assert facts.holders[Role.PERFORMANCE_OFFICE] == ((OFFICER,),)
    rig = Rig(built_in(), facts)
    assert rig.refuse(propose(bundle("verify")), _actor(OFFICER), NOW) == ("not_independent",)


def test_a_department_that_led_the_task_before_stays_too_near() -> None:
    facts = _facts(former_lead_departments=(OFFICE_HOST,), former_supporting_departments=(ARCHIVE,))
    assert facts.holders[Role.PERFORMANCE_OFFICE_HEAD] == ((OTHER_OFFICE_HEAD,),)
    assert {OFFICER, OFFICE_HEAD} <= facts.relations["lead_department"]
    assert {VERIFIER, INSPECTOR} <= facts.relations["supporting_department"]


def test_a_substitute_who_belongs_to_the_lead_department_stands_in_for_nobody_who_watches_over_it() -> None:
    settings = {**SETTINGS, "substitute.performance_office_head": str(HEAD)}
    facts = _facts(lead_departments=(COURT, OFFICE_HOST), settings=settings)
    assert facts.holders[Role.PERFORMANCE_OFFICE_HEAD] == ()
    assert Role.PERFORMANCE_OFFICE_HEAD not in facts.substitutes


_IN_CHARGE = (PositionRecord(LEADER, OFFICE_HOST, Role.RESPONSIBLE_LEADER),)
_EXCEPTION = replace(bundle("verify"), exceptions=("same_leader",))


def test_an_officer_under_the_same_leader_verifies_only_where_nobody_else_could() -> None:
    facts = _facts(positions=(*POSITIONS, *_IN_CHARGE))
    assert facts.relations["same_leader"] == {LEADER, OFFICER, OFFICE_HEAD}
    rig = Rig(built_in(), facts)
    assert rig.refuse(propose(_EXCEPTION), _actor(OFFICER), NOW) == ("others_are_independent",)
    rig.do(propose(bundle("verify")), _actor(VERIFIER), NOW)


def test_where_nobody_else_could_the_exception_is_signed_with_the_verdicts() -> None:
    positions = tuple(position for position in POSITIONS if position.person != VERIFIER)
    rig = Rig(built_in(), _facts(positions=(*positions, *_IN_CHARGE)))
    assert rig.refuse(propose(bundle("verify")), _actor(OFFICER), NOW) == ("exception_unsaid",)
    rig.do(propose(_EXCEPTION), _actor(OFFICER), NOW)
    rig.do(sign(rig.open), _actor(OFFICE_HEAD), NOW)
    rig.do(sign(rig.open), _actor(LEADER), NOW)
    assert rig.steps[-1].bundle.exceptions == ("same_leader",)


def test_several_leaders_and_lead_departments_each_have_their_seat() -> None:
    second = PositionRecord(15, ARCHIVE, Role.DEPARTMENT_HEAD)
    facts = _facts(leaders=(LEADER, 14), lead_departments=(COURT, ARCHIVE), positions=(*POSITIONS, second))
    assert facts.holders[Role.RESPONSIBLE_LEADER] == ((LEADER,), (14,))
    assert facts.holders[Role.DEPARTMENT_HEAD] == ((HEAD,), (15,))


def test_a_second_lead_department_without_a_head_is_not_passed_over() -> None:
    facts = _facts(lead_departments=(COURT, ARCHIVE))
    assert facts.holders[Role.DEPARTMENT_HEAD] == ((HEAD,), ())
    rig = Rig(built_in(), replace(facts, state="in_progress"))
    assert rig.refuse(propose(bundle("complete")), _actor(HANDLER), NOW) == ("seat_vacant",)


def _actor(person: int) -> Actor:
    return replace(actor(Role.HANDLER), person=person)


def test_where_the_office_leads_its_substitutes_do_what_it_would() -> None:
    facts = _facts(lead_departments=(OFFICE_HOST,))
    assert facts.holders[Role.PERFORMANCE_OFFICE] == ((OTHER_OFFICER,),)
    assert facts.holders[Role.PERFORMANCE_OFFICE_HEAD] == ((OTHER_OFFICE_HEAD,),)
    rig = Rig(built_in(), facts)
    assert rig.refuse(propose(bundle("verify")), _actor(OFFICER), NOW) == ("not_proposer",)
    rig.do(propose(bundle("verify")), _actor(OTHER_OFFICER), NOW)
    assert [seat.substitute for seat in rig.open.seats] == [True, False], "who stands in is shown as such"
    assert rig.refuse(sign(rig.open), _actor(OFFICE_HEAD), NOW) == ("not_a_signer",)
    rig.do(sign(rig.open), _actor(OTHER_OFFICE_HEAD), NOW)
    rig.do(sign(rig.open), _actor(LEADER), NOW)
    assert rig.facts.state == "verified"


@pytest.mark.parametrize("trigger", ["receive_report", "reopen", "cancel", "verify", "rework"])
def test_an_office_decides_nothing_about_a_task_of_the_department_it_sits_in(trigger: str) -> None:
    facts = _facts(lead_departments=(OFFICE_HOST,))
    found = {option.trigger: option for option in options(built_in(), facts, _actor(OFFICER))}
    assert not found[trigger].concerns
    found = {option.trigger: option for option in options(built_in(), facts, _actor(OTHER_OFFICER))}
    assert found[trigger].concerns


def test_where_the_inspectors_office_leads_a_substitute_stands_in() -> None:
    facts = _facts(lead_departments=(ARCHIVE,))
    assert facts.holders[Role.INSPECTOR] == ((OTHER_INSPECTOR,),)
    assert facts.holders[Role.VERIFICATION_GROUP] == ()


def test_an_officer_of_the_lead_department_alone_is_left_out() -> None:
    colleague = PositionRecord(24, COURT, Role.PERFORMANCE_OFFICE)
    facts = _facts(positions=(*POSITIONS, colleague))
    assert facts.holders[Role.PERFORMANCE_OFFICE] == ((OFFICER,),)


def test_a_leader_signs_no_finding_against_his_own_task() -> None:
    facts = _facts(leaders=(PERFORMANCE_LEADER,))
    assert facts.holders[Role.PERFORMANCE_LEADER] == ((OTHER_PERFORMANCE_LEADER,),)
    rig = Rig(built_in(), facts)
    rig.do(propose(bundle("rework")), _actor(VERIFIER), NOW)
    assert [seat.candidates for seat in rig.open.seats] == [(OFFICE_HEAD,), (OTHER_PERFORMANCE_LEADER,)]


def test_without_a_substitute_the_seat_is_vacant_and_that_is_said() -> None:
    facts = _facts(leaders=(PERFORMANCE_LEADER,), settings={})
    rig = Rig(built_in(), facts)
    assert rig.refuse(propose(bundle("rework")), _actor(VERIFIER), NOW) == ("seat_vacant",)


def test_a_role_nobody_ever_held_is_vacant_until_a_substitute_signs() -> None:
    facts = _facts(positions=tuple(p for p in POSITIONS if p.role != Role.PERFORMANCE_OFFICE_HEAD))
    assert facts.holders[Role.PERFORMANCE_OFFICE_HEAD] == ()
    rig = Rig(built_in(), facts)
    rig.do(propose(bundle("rework")), _actor(VERIFIER), NOW)
    assert rig.open.seats[0].candidates == (OTHER_OFFICE_HEAD,)
    assert rig.open.seats[0].substitute


def test_settings_that_name_nobody_are_passed_over() -> None:
    assert _facts().substitutes == {
        "performance_office": OTHER_OFFICER,
        "performance_office_head": OTHER_OFFICE_HEAD,
        "performance_leader": OTHER_PERFORMANCE_LEADER,
        "inspector": OTHER_INSPECTOR,
    }
