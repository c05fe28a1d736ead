"""The same request again, in a store of each kind: one effect and the first answer, whatever came since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.commands import Command, Method, Proof, Propose, Revise, SendBack, Sign, Withdraw
from engine.reasons import RefusedError
from tests.contract.conftest import Stand
from tests.contract.moves import Course
from workflows.rectification.vocabulary import Role

_HEAD, _LEADER, _HANDLER = Role.DEPARTMENT_HEAD, Role.RESPONSIBLE_LEADER, Role.HANDLER


@pytest.fixture
def started(stand: Stand) -> Stand:
    """A task whose start waits for the department head."""
    stand.course.pass_through("acknowledge")
    stand.course.propose("start")
    return stand


def _signature(course: Course, opinion: str = "同意") -> Sign:
    proposal = course.case().proposal
    assert proposal is not None
    digest = proposal.bundle.digest
    proof = Proof(Method.PASSWORD, (digest,), "f" * 64)
    return Sign(proposal.identifier, proposal.revision, digest, proof, opinion, returned=proposal.returned)


def _revision(course: Course, text: str = "Better words") -> Revise:
    proposal = course.case().proposal
    assert proposal is not None
    return Revise(proposal.identifier, proposal.revision, replace(proposal.bundle, text=text))


_ASKED: dict[str, tuple[Role, Callable[[Course], Command]]] = {
    "sign": (_HEAD, _signature),
    "revise": (_HANDLER, _revision),
    "send back": (_HEAD, lambda _: SendBack(1, 1, "Name the days.")),
    "withdraw": (_HANDLER, lambda _: Withdraw(1, 1)),
}


@pytest.mark.parametrize("what", _ASKED)
def test_the_same_request_again_has_the_first_answer_and_leaves_no_trace(started: Stand, what: str) -> None:
    role, asked = _ASKED[what]
    command = asked(started.course)
    first = started.course.submit(command, role)
    before = started.rows()
    assert started.course.submit(command, role) == replace(first, repeated=True)
    assert started.rows() == before


@pytest.mark.parametrize("what", ["sign", "revise"])
def test_the_first_answer_is_given_whatever_happened_since(started: Stand, what: str) -> None:
    role, asked = _ASKED[what]
    command = asked(started.course)
    first = started.course.submit(command, role)
    if what == "revise":
        started.course.sign(_HEAD)
    started.course.sign(_LEADER)
    started.course.propose("suspend")
    before = started.rows()
    assert started.course.submit(command, role) == replace(first, repeated=True)
    assert started.rows() == before


def test_a_proposal_is_answered_as_the_first_time_after_it_moved_the_task(stand: Stand) -> None:
    stand.course.pass_through("acknowledge")
    command = stand.course.command("start")
    first = stand.course.submit(command, _HANDLER)
    for role in (_HEAD, _LEADER):
        stand.course.sign(role)
    assert stand.course.submit(command, _HANDLER) == replace(first, repeated=True)


def test_the_key_of_somebody_else_is_refused(started: Stand) -> None:
    proposal = started.course.case().proposal
    assert proposal is not None
    command = Propose(proposal.bundle, 2, "key 2")
    assert started.course.submit(command, _HANDLER).repeated
    with pytest.raises(RefusedError, match="key_reused"):
        started.course.submit(command, _HEAD)


def test_the_signature_that_moved_the_task_says_so_again(started: Stand) -> None:
    course = started.course
    course.sign(_HEAD)
    command = _signature(course)
    first = course.submit(command, _LEADER)
    course.propose("suspend")
    assert first.moved
    assert course.submit(command, _LEADER) == replace(first, repeated=True)


@pytest.mark.parametrize("what", ["sign", "send back"])
def test_a_request_that_says_something_else_is_no_repetition(started: Stand, what: str) -> None:
    role, asked = _ASKED[what]
    command = asked(started.course)
    started.course.submit(command, role)
    other: Command = (
        replace(command, opinion="已阅") if isinstance(command, Sign) else SendBack(1, 1, "Name the places.")
    )
    with pytest.raises(RefusedError):
        started.course.submit(other, role)


def test_another_revision_under_the_same_number_is_refused(started: Stand) -> None:
    course = started.course
    first, other = _revision(course), _revision(course, "Other words")
    course.submit(first, _HANDLER)
    with pytest.raises(RefusedError, match="revision_changed"):
        course.submit(other, _HANDLER)


def test_nobody_gets_the_answer_of_somebody_else(started: Stand) -> None:
    course = started.course
    command = _signature(course)
    course.submit(command, _HEAD)
    with pytest.raises(RefusedError, match="not_a_signer"):
        course.submit(command, Role.PERFORMANCE_OFFICE)


def test_a_page_from_before_a_stage_went_back_signs_nothing_anew(started: Stand) -> None:
    course = started.course
    from_before = _signature(course)
    first = course.submit(from_before, _HEAD)
    back = SendBack(1, 1, "Sign anew.", to_stage=0, returned=0)
    returned = course.submit(back, _LEADER)
    assert course.submit(from_before, _HEAD) == replace(first, repeated=True)
    assert [row.void for row in started.rows().signatures] == ["sent_back"]
    with pytest.raises(RefusedError, match="proposal_returned"):
        course.submit(replace(from_before, opinion="已阅"), _HEAD)
    course.submit(_signature(course, "已阅"), _HEAD)
    with pytest.raises(RefusedError, match="proposal_returned"):
        course.submit(replace(from_before, opinion="已阅"), _HEAD)
    assert course.submit(back, _LEADER) == replace(returned, repeated=True)
    assert [row.void for row in started.rows().signatures] == ["sent_back", None]
    with pytest.raises(RefusedError, match="proposal_returned"):
        course.submit(replace(back, reason="Sign anew, please."), _LEADER)
