"""The ladders that come with the product, and the ones that must not load."""

from __future__ import annotations

from pathlib import Path

import pytest

import workflows.deadlines.loading
from engine.errors import DefinitionError, ZhenggaiError
from workflows.deadlines.loading import load_ladders, standard_ladders
from workflows.deadlines.records import Addressee, ToDo
from workflows.rectification.vocabulary import DeadlineKind, Role

TEXT = Path(workflows.deadlines.loading.__file__).with_name("ladder.toml").read_text(encoding="utf-8")
STANDARD = [
    ("before_30", -30, {"handler", "department_head"}),
    ("before_7", -7, {"handler", "department_head"}),
    ("before_1", -1, {"handler", "department_head"}),
    ("on_day", 0, {"handler", "department_head", "responsible_leader"}),
    ("after_1", 1, {"responsible_leader", "performance_office"}),
    ("after_5", 5, {"performance_office"}),
]


@pytest.mark.parametrize(
    "kind",
    ["acknowledge", "work_plan", "mid_term_report", "year_end_report", "completion", "suspension"],
)
def test_the_standard_ladder_climbs_from_the_handler_to_the_performance_office(kind: str) -> None:
    rungs = standard_ladders().rungs(DeadlineKind(kind))

    assert [(rung.id, rung.offset, set(rung.recipients)) for rung in rungs] == STANDARD
    assert rungs[-1].to_do is ToDo.ASK_INSPECTOR


def test_a_waiting_signature_concerns_its_signers_and_afterwards_the_performance_office_alone() -> None:
    rungs = standard_ladders().rungs(DeadlineKind.SIGNATURE_PENDING)

    told = {rung.id: set(rung.recipients) for rung in rungs}
    assert told["before_1"] == told["on_day"] == {"signers"}
    assert told["after_1"] == {"signers", "performance_office"}
    assert told["after_5"] == {"performance_office"}
    assert not any(rung.switched for rung in rungs)


def test_verification_and_publicity_remind_those_who_do_them() -> None:
    ladders = standard_ladders()

    verification = {rung.id: set(rung.recipients) for rung in ladders.rungs(DeadlineKind.VERIFICATION)}
    assert verification["before_7"] == {"performance_office", "verification_group"}
    assert verification["after_1"] == {"performance_office_head"}
    publicity = {rung.id: set(rung.recipients) for rung in ladders.rungs(DeadlineKind.PUBLICITY)}
    assert publicity["before_1"] == {"publicity_office"}
    assert publicity["after_1"] == {"responsible_leader", "performance_office"}


def test_the_inspector_is_told_by_itself_only_where_the_setting_says_so() -> None:
    off = standard_ladders().with_switches(())
    on = standard_ladders().with_switches({"inspector_by_itself"})

    assert all(
        Addressee.INSPECTOR not in rung.recipients for kind in DeadlineKind for rung in off.rungs(kind)
    )
    assert on.rungs(DeadlineKind.COMPLETION)[-1].recipients == ("performance_office", "inspector")
    assert Addressee.INSPECTOR not in on.rungs(DeadlineKind.SIGNATURE_PENDING)[-1].recipients


def test_a_rung_that_only_a_switched_off_setting_would_fill_is_left_out() -> None:
    text = TEXT.replace(
        'recipients = ["performance_office"], to_do = "ask_inspector"',
        'recipients = [], to_do = "ask_inspector"',
    )
    ladders = load_ladders(text)

    assert [r.id for r in ladders.with_switches(()).rungs(DeadlineKind.COMPLETION)][-1] == "after_1"
    assert ladders.with_switches({"inspector_by_itself"}).rungs(DeadlineKind.COMPLETION)[-1].recipients == (
        "inspector",
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('["signers"]', '["signer"]', "ladder_word_unknown"),
        ("[[ladders]]", "[[ladders", "ladder_unreadable"),
        ('id = "before_7"', 'id = "before_30"', "ladder_rung_twice"),
        ("offset = -7", "offset = -31", "ladder_out_of_order"),
        ("offset = -7", "offset = -30", "ladder_out_of_order"),
        ("offset = -7", "offset = true", "ladder_value_wrong"),
        ("offset = -7", 'offset = "-7"', "ladder_value_wrong"),
        ("offset = -7, ", "", "ladder_key_missing"),
        ('id = "before_7", ', "", "ladder_key_missing"),
        ("urgent = true", 'urgent = "yes"', "ladder_value_wrong"),
        ("urgent = true", "hurry = true", "ladder_key_unknown"),
        ('name = "publicity"', 'title = "publicity"', "ladder_key_unknown"),
        ("rest_while_suspended", "resting", "ladder_key_unknown"),
        ('rest_while_suspended = ["acknowledge"', 'rest_while_suspended = ["lunch"', "ladder_word_unknown"),
        ('kinds = ["publicity"]', 'kinds = ["completion"]', "ladder_kind_twice"),
        ('kinds = ["publicity"]', "kinds = []", "ladder_kind_missing"),
        ('kinds = ["publicity"]', 'kinds = ["tea"]', "ladder_word_unknown"),
        ('light = "blue"', 'light = "pink"', "ladder_word_unknown"),
        ('to_do = "ask_inspector"', 'to_do = "dance"', "ladder_word_unknown"),
        ('"inspector_by_itself"', '"whenever"', "ladder_word_unknown"),
        ("switched = { inspector", "switched = { detective", "ladder_word_unknown"),
        ("offset = -1, recipients", 'unit = "moons", offset = -1, recipients', "ladder_word_unknown"),
        ('recipients = ["signers"]', "recipients = []", "ladder_tells_nobody"),
        ('recipients = ["signers"]', 'recipients = "signers"', "ladder_value_wrong"),
        ('recipients = ["signers"]', "recipients = [7]", "ladder_word_unknown"),
    ],
)  # fmt: skip
def test_a_wrong_ladder_does_not_load_and_says_where(old: str, new: str, code: str) -> None:
    assert old in TEXT

    with pytest.raises(DefinitionError) as caught:
        load_ladders(TEXT.replace(old, new, 1))

    assert isinstance(caught.value, ZhenggaiError)
    assert caught.value.code == code
    assert caught.value.params["place"]


def test_rungs_that_are_no_tables_do_not_load() -> None:
    text = 'rest_while_suspended = []\n[[ladders]]\nname = "a"\nkinds = ["completion"]\nrungs = ["soon"]\n'

    with pytest.raises(DefinitionError, match="ladder_value_wrong"):
        load_ladders(text)


def test_whoever_is_told_is_a_role_or_owes_a_signature() -> None:
    assert set(Addressee) - set(Role) == {"signers"}
