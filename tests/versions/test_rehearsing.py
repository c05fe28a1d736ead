"""A change of the rules is rehearsed on everything that was recorded, and on every open task."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import update

from engine.bundle import Bundle
from engine.commands import Revise
from storage.tables import definition_version, proposal_revision
from tests.versions.changed import (
    changed,
    more_evidence,
    more_signers,
    only_leader,
    straight_to_report,
    without_leader,
)
from tests.versions.conftest import NOW, Office
from trials.court.moves import bundle, proposal, signature
from trials.court.tasks import RULES
from workflows.rectification.vocabulary import Role
from workflows.versions.rehearsing import Replayed
from workflows.versions.replaying import Verdict


def _said(found: list[Replayed]) -> list[tuple[str, str, list[Verdict]]]:
    return [
        (one.action, one.trigger, [d.verdict for d in one.differences]) for one in found if one.differences
    ]


def test_rules_that_decide_alike_change_nothing(office: Office) -> None:
    for task in office.tasks:
        office.start(task)
    found = office.rehearse(changed() + "# a remark\n")
    # Acknowledging, proposing, and two signatures, of three tasks.
    assert len(found) == 12
    assert all(one.concerns for one in found)
    assert _said(found) == []
    assert office.standing(changed()) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (more_signers, [("propose", [Verdict.OTHER_SIGNERS])]),
        (
            without_leader,
            [
                ("propose", [Verdict.OTHER_SIGNERS]),
                ("sign", [Verdict.MOVED_ALREADY]),
                ("sign", [Verdict.NOT_ASKED]),
            ],
        ),
        (only_leader, [("propose", [Verdict.OTHER_SIGNERS]), ("sign", [Verdict.NOT_ASKED])]),
        (straight_to_report, [("propose", [Verdict.OTHER_STATE]), ("sign", [Verdict.OTHER_STATE])]),
        (
            more_evidence,
            [("propose", [Verdict.REFUSED]), ("sign", [Verdict.REFUSED]), ("sign", [Verdict.REFUSED])],
        ),
    ],
    ids=["more signers", "no leader", "no head", "elsewhere", "more evidence"],
)
def test_what_would_have_gone_otherwise_is_told(
    office: Office, text: Callable[[], str], said: list[tuple[str, list[Verdict]]]
) -> None:
    office.start(office.tasks[0])
    assert _said(office.rehearse(text())) == [(action, "start", verdicts) for action, verdicts in said]


def test_a_refusal_comes_with_its_reasons_and_other_signers_with_theirs(office: Office) -> None:
    office.start(office.tasks[0])
    refused = office.rehearse(more_evidence())[1].differences[0]
    assert [(r.code, r.values()) for r in refused.reasons] == [("evidence_missing", {"kind": "basis"})]
    (others,) = office.rehearse(more_signers())[1].differences[0].reasons
    assert others.values() == {
        "trigger": "start",
        "before": ("department_head", "responsible_leader"),
        "after": ("department_head", "performance_office_head", "responsible_leader"),
    }


def test_a_signature_that_would_still_wait_for_somebody_higher_is_told(office: Office) -> None:
    office.start(office.tasks[0])
    last = 'signed_by = [{ role = "department_head", reports = true }, "responsible_leader"]'
    text = changed((last, last.replace('"responsible_leader"', '"responsible_leader", "performance_leader"')))
    assert _said(office.rehearse(text))[-1] == ("sign", "start", [Verdict.STILL_WAITING])


def test_a_revision_is_decided_once_more_too(office: Office) -> None:
    task = office.tasks[0]
    office.acknowledge(task)
    handler, today = office.court.people[Role.HANDLER][0], RULES.timetable.local_day(NOW)
    made = office.desk.submit(task.task, handler, proposal(bundle("start", task, today), 2), NOW)
    revised = bundle("start", task, today, text="补充说明。")
    office.desk.submit(task.task, handler, Revise(made.proposal or 0, 1, revised), NOW)
    head = office.court.people[Role.DEPARTMENT_HEAD][0]
    office.desk.submit(task.task, head, signature(made.proposal or 0, 2, revised.digest), NOW)
    actions = [(action, verdicts) for action, _, verdicts in _said(office.rehearse(more_evidence()))]
    assert actions == [
        ("propose", [Verdict.REFUSED]),
        ("revise", [Verdict.REFUSED]),
        ("sign", [Verdict.REFUSED]),
    ]


def test_what_the_record_does_not_suffice_for_is_said_to_be_unclear(office: Office) -> None:
    office.start(office.tasks[0])
    with office.database.write() as connection:
        foreign = Bundle("task:1", 1, "rectification@1", "start").canonical_text
        connection.execute(update(proposal_revision).values(bundle=foreign))
    verdicts = {v for _, _, found in _said(office.rehearse(more_evidence())) for v in found}
    assert verdicts == {Verdict.UNCLEAR}


def test_an_entry_of_a_version_that_is_not_there_is_unclear(office: Office) -> None:
    office.start(office.tasks[0])
    with office.database.write() as connection:
        connection.execute(update(definition_version).values(version=9))
    found = office.rehearse(more_evidence())
    assert {d.verdict for one in found for d in one.differences} == {Verdict.UNCLEAR}
    assert found[0].differences[0].reasons[0].code == "version_record_insufficient"


def test_open_tasks_that_would_stand_differently_are_told_with_what_differs(office: Office) -> None:
    office.acknowledge(office.tasks[0])
    office.start(office.tasks[1])
    (first,) = office.standing(more_signers())
    assert first.standing.number == 1
    assert [reason.code for reason in first.changes] == ["version_signers_changed"]


def test_the_record_is_read_in_pieces_without_losing_any(office: Office) -> None:
    for task in office.tasks:
        office.start(task)
    source, last, seen = office.record, 0, 0
    while piece := source.piece(office.system, last, 5):
        seen, last = seen + len(piece), piece[-1].entry
    assert seen == source.count(office.system) == 12
