"""Proposals in a store of each kind: repeated, revised, sent back, withdrawn, superseded, resolved again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.commands import Reseat, Revise, SendBack, Withdraw
from engine.errors import NotFoundError
from engine.reasons import RefusedError, deny
from tests.contract.conftest import Stand
from tests.contract.court import MEASURES, OTHER_ORGANISATION, PEOPLE, SUBSTITUTE, TASK, actor
from tests.contract.deciding import decided
from tests.contract.moves import SAID, claim
from workflows.rectification.records import Receipt
from workflows.rectification.vocabulary import Role

_HEAD, _LEADER, _HANDLER = (
    PEOPLE[Role.DEPARTMENT_HEAD],
    PEOPLE[Role.RESPONSIBLE_LEADER],
    PEOPLE[Role.HANDLER],
)


@pytest.fixture
def started(stand: Stand) -> Stand:
    """A task whose start waits for the department head."""
    stand.course.pass_through("acknowledge")
    stand.course.propose("start")
    return stand


def test_the_same_request_again_has_the_same_answer_and_no_other_effect(stand: Stand) -> None:
    course = stand.course
    course.pass_through("acknowledge")
    command = course.command("start")
    first = course.submit(command, Role.HANDLER)
    again = course.submit(command, Role.HANDLER)
    assert again == replace(first, repeated=True)
    assert len(stand.rows().proposals) == 1


def test_the_same_move_at_once_again_has_the_same_answer(stand: Stand) -> None:
    command = stand.course.command("acknowledge")
    first = stand.course.submit(command, Role.HANDLER)
    assert stand.course.submit(command, Role.HANDLER) == replace(first, repeated=True)
    assert len(stand.rows().steps) == 1


def test_a_key_means_one_bundle_for_ever(stand: Stand) -> None:
    command = stand.course.command("acknowledge")
    stand.course.submit(command, Role.HANDLER)
    other = replace(command, bundle=replace(command.bundle, text="Something else"))
    with pytest.raises(RefusedError, match="key_reused"):
        stand.course.submit(other, Role.HANDLER)


def test_a_request_is_known_again_after_a_revision(started: Stand) -> None:
    course = started.course
    proposal = course.case().proposal
    assert proposal is not None
    course.submit(Revise(1, 1, replace(proposal.bundle, text="Better words")), Role.HANDLER)
    command = replace(course.command("start"), key="key 2", bundle=proposal.bundle)
    assert course.submit(command, Role.HANDLER) == Receipt(TASK, 1, "planned", 2, moved=False, repeated=True)


def test_whose_turn_it_is_follows_the_stages(started: Stand) -> None:
    assert {person for person, _ in started.rows().waiting} == {_HEAD}
    started.course.sign(Role.DEPARTMENT_HEAD)
    assert {person for person, _ in started.rows().waiting} == {_LEADER}
    started.course.sign(Role.RESPONSIBLE_LEADER, opinion="同意")
    rows = started.rows()
    assert rows.waiting == {}
    assert [(row.person, row.opinion, row.void) for row in rows.signatures] == [
        (_HEAD, "", None),
        (_LEADER, "同意", None),
    ]
    assert rows.texts == (("opinion", "同意"),)
    assert rows.proposals[1].state == "moved"


def test_a_revision_voids_what_was_signed_and_hands_in_only_what_is_new(started: Stand) -> None:
    course = started.course
    course.sign(Role.DEPARTMENT_HEAD)
    proposal = course.case().proposal
    assert proposal is not None
    more = (*proposal.bundle.evidence, claim("other", f"measure:{MEASURES[0]}", title="A list"))
    course.submit(Revise(1, 1, replace(proposal.bundle, evidence=more)), Role.HANDLER)
    rows = started.rows()
    assert [(row.person, row.void) for row in rows.signatures] == [(_HEAD, "revised")]
    assert [(row.kind, row.parts) for row in rows.evidence] == [
        ("work_plan", ()),
        ("other", (f"measure:{MEASURES[0]}",)),
    ]
    assert rows.proposals[1].revision == 2
    assert {person for person, _ in rows.waiting} == {_HEAD}
    after = course.case().proposal
    assert after is not None
    assert after.revision == 2
    assert [seat.signed_by for seat in after.seats] == [None, None]
    assert after.bundle.evidence == more
    for role in (Role.DEPARTMENT_HEAD, Role.RESPONSIBLE_LEADER):
        receipt = course.sign(role)
    assert receipt.moved


def test_what_was_sent_back_is_kept_with_its_reason(started: Stand) -> None:
    course = started.course
    course.sign(Role.DEPARTMENT_HEAD)
    course.submit(SendBack(1, 1, "Name the days."), Role.RESPONSIBLE_LEADER)
    rows = started.rows()
    assert (rows.proposals[1].state, rows.proposals[1].reason) == ("sent_back", "Name the days.")
    assert [row.void for row in rows.signatures] == [None]
    assert rows.waiting == {}
    assert ("reason", "Name the days.") in rows.texts
    # The handler is told at once by mail; the department head is told, but has no address.
    assert rows.mails == (_HANDLER,)
    assert {row.person for row in rows.notices.values() if row.kind == "sent_back"} == {_HANDLER, _HEAD}


def test_a_proposal_is_withdrawn_before_anybody_signed(started: Stand) -> None:
    started.course.submit(Withdraw(1, 1), Role.HANDLER)
    assert started.rows().proposals[1].state == "withdrawn"
    assert started.course.case().proposal is None
    assert started.rows().waiting == {}


def test_a_weightier_move_closes_the_open_proposal_and_keeps_its_signatures(started: Stand) -> None:
    started.course.sign(Role.DEPARTMENT_HEAD)
    started.course.propose("suspend")
    rows = started.rows()
    assert {number: row.state for number, row in rows.proposals.items()} == {1: "superseded", 2: "open"}
    assert [row.void for row in rows.signatures] == [None]
    assert {person for person, _ in rows.waiting} == {_HEAD}


def test_a_seat_whose_holder_is_gone_is_resolved_again(stand: Stand) -> None:
    course = stand.course
    course.pass_through("acknowledge")
    course.propose("suspend")
    course.sign(Role.DEPARTMENT_HEAD)
    with pytest.raises(RefusedError, match="seats_stand"):
        course.submit(Reseat(1), Role.HANDLER)
    assert {person for person, _ in stand.rows().waiting} == {PEOPLE[Role.PERFORMANCE_OFFICE_HEAD]}
    stand.end_positions(PEOPLE[Role.PERFORMANCE_OFFICE_HEAD])
    course.submit(Reseat(1), Role.HANDLER)
    proposal = course.case().proposal
    assert proposal is not None
    assert proposal.seats[1].substitute
    assert {person for person, _ in stand.rows().waiting} == {SUBSTITUTE}


def test_a_refusal_is_recorded_and_changes_nothing_else(stand: Stand) -> None:
    before = stand.rows()
    with pytest.raises(RefusedError, match="not_acknowledged"):
        stand.course.propose("start")
    after = stand.rows()
    (entry,) = after.chains[f"task:{TASK}"]
    assert '"action":"refuse"' in entry.body
    assert replace(after, chains={}) == replace(before, chains={})


def test_another_organisations_task_is_not_there(stand: Stand) -> None:
    stranger = replace(actor(Role.HANDLER), organisation=OTHER_ORGANISATION)
    for task, person in ((TASK, stranger), (99, actor(Role.HANDLER))):
        with (
            pytest.raises(NotFoundError, match="task_not_found"),
            stand.store.work(task, person, stand.course.now),
        ):
            pass


def test_a_unit_of_work_that_fails_after_writing_leaves_nothing(stand: Stand) -> None:
    before = stand.rows()
    with pytest.raises(ZeroDivisionError):
        _apply_and_fail(stand)
    assert stand.rows() == before


def _apply_and_fail(stand: Stand) -> None:
    course = stand.course
    command = course.command("acknowledge")
    with stand.store.work(TASK, actor(Role.HANDLER), course.now) as work:
        work.apply(decided(work.case, command, actor(Role.HANDLER), course.now))
        raise ZeroDivisionError


def test_words_about_another_tasks_measure_are_refused(stand: Stand) -> None:
    course = stand.course
    course.pass_through("acknowledge")
    stranger = replace(SAID["start"].entries[0], about="measure:77")
    with pytest.raises(RefusedError) as refused:
        course.propose("start", entries=(*SAID["start"].entries, stranger))
    assert refused.value.refusal.reasons == (deny("part_unknown", part="measure:77"),)
    assert stand.rows().proposals == {}


def test_evidence_is_referred_to_once_it_was_handed_in(started: Stand) -> None:
    course = started.course
    course.sign(Role.DEPARTMENT_HEAD)
    course.sign(Role.RESPONSIBLE_LEADER)
    report, again = claim("mid_term_report"), replace(claim("work_plan"), evidence=1)
    course.propose("report_mid_term", evidence=(report, again))
    assert course.case().evidence == {1, 2}, "what was handed in before is not handed in twice"
    course.submit(Withdraw(2, 1), Role.HANDLER)
    with pytest.raises(RefusedError) as refused:
        course.propose("report_mid_term", evidence=(report, replace(report, evidence=3)))
    assert refused.value.refusal.reasons == (deny("evidence_unknown", evidence=3),)
