"""Which settings an organisation may choose, what each is by itself, and what may be chosen.

Must not know where settings are kept or how they are asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final

from engine.reasons import Reason, deny
from workflows.deadlines.clocks import LONGEST_LIMIT, DayLimits
from workflows.deadlines.ladder import SWITCHES
from workflows.extension.gathering import LIMIT_DAYS, SHORT_BY_DEFAULT, SHORT_DAYS
from workflows.plans.records import Directory
from workflows.rectification.clocks import LIMIT
from workflows.rectification.gathering import OFFICES, SINGLE_SEATS, SUBSTITUTE
from workflows.rectification.vocabulary import Role

TAKES_NO_PART: Final = frozenset({Role.ADMINISTRATOR, Role.INSPECTOR})
"""Roles whose holders propose and sign nothing: somebody with none but these can stand in for nobody."""

_LONGEST_NUMBER: Final = 9


class SettingKind(StrEnum):
    """What the value of a setting is."""

    DAYS = "days"
    """A number of working days."""
    CALENDAR_DAYS = "calendar_days"
    """A number of days as they come; empty for the default, or for no limit where there is none."""
    PERSON = "person"
    """Somebody of the directory; empty for nobody."""
    SWITCH = "switch"
    """``1`` for on; empty for off."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting.

    Attributes:
        name: What it is called where it is kept, for example ``limit.acknowledge``.
        kind: What its value is.
        subject: What it is about, without what its kind is called by: a clock, a role, a switch.
        default: What it is where nothing was chosen; empty for nobody and for off.
    """

    name: str
    kind: SettingKind
    subject: str
    default: str = ""


SETTINGS: Final = (
    *(
        Setting(f"{LIMIT}{limit.name}", SettingKind.DAYS, limit.name, str(limit.default))
        for limit in fields(DayLimits)
    ),
    Setting(SHORT_DAYS, SettingKind.CALENDAR_DAYS, SHORT_DAYS, str(SHORT_BY_DEFAULT)),
    Setting(LIMIT_DAYS, SettingKind.CALENDAR_DAYS, LIMIT_DAYS),
    *(Setting(f"{SUBSTITUTE}{role}", SettingKind.PERSON, role) for role in (*OFFICES, *SINGLE_SEATS)),
    *(Setting(name, SettingKind.SWITCH, name) for name in sorted(SWITCHES)),
)
"""Every setting, in the order in which they are shown."""


def candidates(directory: Directory) -> dict[int, frozenset[str]]:
    """Give everybody who can stand in for somebody, with the roles they hold: who takes part in tasks."""
    return {
        entry.person: frozenset(post.role for post in entry.posts)
        for entry in directory.people
        if entry.active and any(post.role not in TAKES_NO_PART for post in entry.posts)
    }


def check(chosen: Mapping[str, str], people: Mapping[int, Collection[str]]) -> tuple[Reason, ...]:
    """Say what of a choice cannot be.

    Args:
        chosen: Values by the settings' names; an empty one gives a setting back to its default.
        people: Who can stand in, with the roles they hold.

    Returns:
        One reason per setting that cannot be so: ``setting_unknown``, ``day_limit_malformed``,
        ``day_limit_out_of_range``, ``substitute_unknown``, ``substitute_holds_role``, ``switch_malformed``.
    """
    known = {setting.name: setting for setting in SETTINGS}
    found = (
        _check(known[name], value, people) if name in known else deny("setting_unknown", name=name)
        for name, value in chosen.items()
    )
    return tuple(reason for reason in found if reason is not None)


def _check(setting: Setting, value: str, people: Mapping[int, Collection[str]]) -> Reason | None:
    if not value:
        return None
    match setting.kind:
        case SettingKind.DAYS | SettingKind.CALENDAR_DAYS:
            return _check_days(setting, value)
        case SettingKind.PERSON:
            return _check_person(setting, value, people)
        case SettingKind.SWITCH:
            return None if value == "1" else deny("switch_malformed", setting=setting.subject)


def _check_days(setting: Setting, value: str) -> Reason | None:
    number = _number(value)
    if number is None:
        return deny("day_limit_malformed", setting=setting.subject)
    if 1 <= number <= LONGEST_LIMIT:
        return None
    return deny("day_limit_out_of_range", setting=setting.subject, days=number, longest=LONGEST_LIMIT)


def _check_person(setting: Setting, value: str, people: Mapping[int, Collection[str]]) -> Reason | None:
    person = _number(value)
    if person is None or person not in people:
        return deny("substitute_unknown", role=setting.subject)
    # Who holds the role is passed over together with it, wherever it is passed over.
    if setting.subject in people[person]:
        return deny("substitute_holds_role", role=setting.subject, person=person)
    return None


def _number(value: str) -> int | None:
    plain = value.isascii() and value.isdecimal() and len(value) <= _LONGEST_NUMBER
    return int(value) if plain else None
