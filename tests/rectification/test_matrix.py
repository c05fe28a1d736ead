"""Every state × trigger × role is allowed or refused with the exact code that was written down by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from engine.admission import admit_proposal
from engine.bundle import Bundle
from engine.facts import Facts
from engine.options import options
from engine.reasons import Refusal
from tests.engine.rig import Rig
from tests.rectification.world import NOW, PEOPLE, about_report, actor, bundle, facts, propose, report, sign
from workflows.rectification.definition import built_in
from workflows.rectification.vocabulary import ReportKind, Role, State, TaskKind

HERE = Path(__file__).parent
STATES = (
    "planned",
    "in_progress",
    "mid_term_reported",
    "completed",
    "verified",
    "publicized",
    "suspended",
    "withheld",
    "cancelled",
)
ALLOWED = dict(zip(("PL", "IN", "MT", "CO", "VE", "PU", "SU", "WI", "CA"), STATES, strict=True))
REFUSED = {"r": "not_proposer", "s": "wrong_state", "i": "not_immediate"}
VARIANTS: dict[str, dict[str, object]] = {
    "": {},
    "dated": {"kind": TaskKind.DATED},
    "ongoing": {"kind": TaskKind.ONGOING, "due_on": None},
    "immediate": {"kind": TaskKind.IMMEDIATE, "due_on": None},
    "from_planned": {"suspended_from": State.PLANNED},
    "from_in_progress": {"suspended_from": State.IN_PROGRESS},
    "from_mid_term_reported": {
        "suspended_from": State.MID_TERM_REPORTED,
        "reports": (report(ReportKind.MID_TERM, received=True),),
    },
    "mid_term": {"reports": (report(ReportKind.MID_TERM),)},
    "year_end": {"reports": (report(ReportKind.YEAR_END),)},
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What the matrix says about one role, trigger and state."""

    trigger: str
    variant: str
    role: Role
    state: str
    says: str

    @property
    def round(self) -> int:
        """Only a finding begins a second round, and only a finding is answered."""
        return 2 if self.trigger == "answer_finding" else 1

    def facts(self) -> Facts:
        changed = dict(VARIANTS[self.variant])
        if self.trigger == "acknowledge":
            changed["acknowledged"] = False
        if self.trigger == "receive_report":
            changed["reports"] = (report(ReportKind.MID_TERM),)
        return facts(self.state, self.round, **changed)

    def bundle(self) -> Bundle:
        said = bundle(self.trigger, self.round)
        if self.variant == "year_end":
            return replace(said, references=about_report(ReportKind.YEAR_END))
        return said


def _matrix() -> Iterator[Cell]:
    trigger = variant = ""
    for line in (HERE / "matrix.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith(" "):
            trigger, _, variant = line.strip().partition(" ")
            continue
        role, *cells = line.split()
        for state, says in zip(STATES, cells, strict=True):
            yield Cell(trigger, variant, Role(role), state, says)


def _signers() -> dict[str, list[str]]:
    lines = (HERE / "signers.txt").read_text(encoding="utf-8").splitlines()
    found = [line.split() for line in lines if line and not line.startswith("#")]
    return {trigger: [] if roles == ["nobody"] else roles for trigger, *roles in found}


MATRIX = tuple(_matrix())
SIGNERS = _signers()


@pytest.mark.parametrize("trigger", sorted({f"{cell.trigger} {cell.variant}".strip() for cell in MATRIX}))
def test_the_engine_says_what_the_matrix_says(trigger: str) -> None:
    wrong = []
    for cell in MATRIX:
        if f"{cell.trigger} {cell.variant}".strip() != trigger:
            continue
        _, reasons = admit_proposal(built_in(), cell.facts(), cell.trigger, actor(cell.role), cell.bundle())
        answer = Rig(built_in(), cell.facts()).try_to(propose(cell.bundle()), actor(cell.role), NOW)
        decided = tuple(reason.code for reason in answer.reasons) if isinstance(answer, Refusal) else ()
        wanted = () if cell.says in ALLOWED else (REFUSED[cell.says],)
        if wanted != decided or wanted != tuple(reason.code for reason in reasons):
            wrong.append((cell, decided))
    assert wrong == []


@pytest.mark.parametrize(
    "cell",
    [cell for cell in MATRIX if cell.says in ALLOWED],
    ids=lambda cell: f"{cell.trigger}-{cell.variant}-{cell.role}-{cell.state}",
)
def test_what_is_allowed_leads_to_the_state_the_matrix_names_once_all_have_signed(cell: Cell) -> None:
    rig = Rig(built_in(), cell.facts())
    rig.do(propose(cell.bundle()), actor(cell.role), NOW)
    for role in SIGNERS[cell.trigger]:
        assert rig.steps == []
        rig.do(sign(rig.open), actor(Role(role.rstrip("*"))), NOW)
    assert rig.facts.state == ALLOWED[cell.says]
    assert [step.trigger for step in rig.steps] == [cell.trigger]
    assert rig.facts.round == (2 if cell.trigger in {"rework", "reopen"} else cell.round)


def test_the_matrix_is_whole() -> None:
    triggers = {cell.trigger for cell in MATRIX}
    assert triggers == set(SIGNERS) == set(built_in().definition.triggers)
    assert set(STATES) == set(State) == {state.name for state in built_in().definition.states}
    parts = {(cell.trigger, cell.variant) for cell in MATRIX}
    assert len(MATRIX) == len(parts) * len(Role) * len(STATES)
    assert len({(cell.trigger, cell.variant, cell.role, cell.state) for cell in MATRIX}) == len(MATRIX)
    assert {cell.says for cell in MATRIX} <= ALLOWED.keys() | REFUSED.keys()


def _first_allowed(trigger: str) -> Cell:
    return next(cell for cell in MATRIX if cell.trigger == trigger and cell.says in ALLOWED)


@pytest.mark.parametrize("trigger", [trigger for trigger, roles in SIGNERS.items() if roles])
def test_at_every_stage_each_role_signs_or_learns_exactly_why_not(trigger: str) -> None:
    cell = _first_allowed(trigger)
    roles = [Role(role.rstrip("*")) for role in SIGNERS[trigger]]
    rig = Rig(built_in(), cell.facts())
    rig.do(propose(cell.bundle()), actor(cell.role), NOW)
    assert [seat.role for seat in rig.open.seats] == roles
    assert [seat.role for seat in rig.open.seats if seat.reports] == [
        role.rstrip("*") for role in SIGNERS[trigger] if role.endswith("*")
    ]
    for turn, signer in enumerate(roles):
        for role in Role:
            if role is signer:
                continue
            wanted = "not_a_signer"
            if role is cell.role:
                wanted = "own_proposal"
            elif role in roles:
                wanted = "already_signed" if roles.index(role) < turn else "not_your_turn"
            assert rig.refuse(sign(rig.open), actor(role), NOW) == (wanted,), role
        rig.do(sign(rig.open), actor(signer), NOW)
    assert rig.facts.state == ALLOWED[cell.says]


@pytest.mark.parametrize("role", Role)
def test_the_buttons_of_a_page_agree_with_the_matrix(role: Role) -> None:
    for cell in MATRIX:
        if cell.role is not role:
            continue
        found = {option.trigger: option for option in options(built_in(), cell.facts(), actor(role))}
        option = found[cell.trigger]
        wanted = () if cell.says in ALLOWED else (REFUSED[cell.says],)
        assert tuple(reason.code for reason in option.reasons) == wanted, cell


def test_a_person_without_any_role_may_do_nothing() -> None:
    stranger = replace(actor(Role.HANDLER), person=max(PEOPLE.values()) + 1)
    for state in STATES:
        found = options(built_in(), facts(state), stranger)
        assert {reason.code for option in found for reason in option.reasons} == {"not_proposer"}
