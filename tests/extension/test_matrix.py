"""Every state × trigger × role is allowed or refused with the exact code that was written down by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from engine.facts import Facts
from engine.options import options
from engine.reasons import Refusal
from tests.engine.rig import Rig
from tests.extension.world import DUE, bundle, facts
from tests.rectification.world import NOW, actor, propose, sign
from workflows.extension.definition import built_in
from workflows.extension.vocabulary import State, Trigger
from workflows.rectification.vocabulary import Role

COLUMNS = ("new", "asked", "granted", "refused", "given_up")
ALLOWED = {"GR": "granted", "RE": "refused", "GU": "given_up"}
REFUSED = {
    "r": "not_proposer",
    "s": "wrong_state",
    "n": "extension_not_asked",
    "l": "extension_asked_late",
    "e": "extension_not_late",
}
SIGNERS: dict[str, tuple[Role, ...]] = {
    "grant": (Role.DEPARTMENT_HEAD, Role.PERFORMANCE_OFFICE_HEAD, Role.RESPONSIBLE_LEADER),
    "refuse": (Role.PERFORMANCE_OFFICE_HEAD,),
    "give_up": (),
}
"""Who signs what, in which order; written by hand."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What the matrix says about one role, trigger and state."""

    trigger: str
    late: bool
    role: Role
    column: str
    says: str

    def facts(self) -> Facts:
        state = "asked" if self.column == "new" else self.column
        today = DUE + timedelta(days=1) if self.late else DUE
        return facts(state, stored=self.column != "new", today=today)


def _matrix() -> Iterator[Cell]:
    trigger = late = ""
    for line in (Path(__file__).parent / "matrix.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith(" "):
            trigger, _, late = line.strip().partition(" ")
            continue
        role, *cells = line.split()
        for column, says in zip(COLUMNS, cells, strict=True):
            yield Cell(trigger, bool(late), Role(role), column, says)


MATRIX = tuple(_matrix())


@pytest.mark.parametrize("cell", MATRIX, ids=lambda c: f"{c.trigger}-{c.late}-{c.role}-{c.column}")
def test_the_engine_says_what_the_matrix_says(cell: Cell) -> None:
    rig = Rig(built_in(), cell.facts())
    asked = propose(bundle(cell.trigger), 1)
    option = next(o for o in options(built_in(), cell.facts(), actor(cell.role)) if o.trigger == cell.trigger)
    wanted = () if cell.says in ALLOWED else (REFUSED[cell.says],)
    assert tuple(reason.code for reason in option.reasons) == wanted
    answer = rig.try_to(asked, actor(cell.role), NOW)
    assert (tuple(r.code for r in answer.reasons) if isinstance(answer, Refusal) else ()) == wanted
    if wanted:
        return
    rig.do(asked, actor(cell.role), NOW)
    for role in SIGNERS[cell.trigger]:
        assert rig.steps == []
        rig.do(sign(rig.open), actor(role), NOW)
    assert rig.facts.state == ALLOWED[cell.says]


def test_the_matrix_is_whole() -> None:
    definition = built_in().definition
    assert {cell.trigger for cell in MATRIX} == set(SIGNERS) == set(definition.triggers) == set(Trigger)
    assert set(COLUMNS) - {"new"} == set(State) == {state.name for state in definition.states}
    parts = {(cell.trigger, cell.late) for cell in MATRIX}
    assert len(MATRIX) == len(parts) * len(Role) * len(COLUMNS)


@pytest.mark.parametrize(
    ("days", "granted", "four"), [(30, 0, False), (31, 0, True), (1, 1, True), (200, 0, True)]
)
def test_longer_than_the_setting_and_the_second_one_go_up_to_the_leader_of_performance(
    days: int, granted: int, *, four: bool
) -> None:
    rig = Rig(built_in(), facts(granted=granted, latest_on=None))
    dates = (("due_on", DUE), ("new_due_on", DUE + timedelta(days=days)))
    rig.do(propose(bundle("grant", dates=dates), 1), actor(Role.HANDLER), NOW)
    above = (Role.PERFORMANCE_LEADER,) if four else ()
    assert tuple(seat.role for seat in rig.open.seats) == (*SIGNERS["grant"], *above)
    assert [seat.role for seat in rig.open.seats if seat.reports] == [Role.DEPARTMENT_HEAD]
