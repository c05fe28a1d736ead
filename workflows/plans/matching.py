"""Finds the departments and people of the directory behind the names of a plan.

Pure code. Never guesses: a name that nobody or more than one bears has no match, only candidates for a person
to choose from; it never makes a new entry of the directory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from workflows.plans.pieces import fold
from workflows.plans.records import DepartmentEntry, Directory, PersonEntry

LEADING_ROLES = frozenset({"responsible_leader", "performance_leader", "president"})
"""Roles whose holders are offered where a plan's leader is not in the directory."""

_GROUP = re.compile(
    r"(?:(?:本院|全院|机关|其他|其它|院内)?各|有关|相关|全院|全体|所有|其他|其它|各级).*"
    r"|.*(?:各|有关|相关)(?:业务|审判|责任|职能|单位|部门|处室|庭室|科室)+"
)
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Match:
    """What a name refers to; where ``found`` is None, the directory's identifiers to choose from.

    Attributes:
        found: The one department or person that bears the name.
        candidates: Those that bear it where several do.
        inactive: Whether the only one bearing it has a disabled account.
    """

    found: int | None = None
    candidates: tuple[int, ...] = ()
    inactive: bool = False


def plain(name: str) -> str:
    """Give a name as it is compared: without blanks, with half-width signs."""
    return _BLANKS.sub("", fold(name))


def is_group(name: str) -> bool:
    """Say whether a name stands for several departments without naming them, such as 各审判业务部门."""
    return _GROUP.fullmatch(plain(name)) is not None


def match_department(name: str, directory: Directory) -> Match:
    """Find the department of this name; a full name outranks another department's short one."""
    wanted = plain(name)
    for key in (_full, _short):
        found = [d.department for d in directory.departments if wanted and key(d) == wanted]
        if len(found) == 1:
            return Match(found[0])
        if found:
            return Match(candidates=tuple(found))
    return Match()


def match_person(name: str, directory: Directory) -> Match:
    """Find the person of this name who may log in; two of one name are both candidates."""
    same = [p for p in directory.people if plain(p.name) == plain(name)]
    active = [p.person for p in same if p.active]
    if len(active) == 1:
        return Match(active[0])
    return Match(candidates=tuple(active), inactive=bool(same) and not active)


def offered_departments(name: str, directory: Directory) -> tuple[DepartmentEntry, ...]:
    """Give every department, the ones with the most similar name first, for a person to choose from."""
    return tuple(sorted(directory.departments, key=lambda entry: _similarity(name, entry.name), reverse=True))


def offered_leaders(name: str, directory: Directory) -> tuple[PersonEntry, ...]:
    """Give the people who may be meant by a leader's name: namesakes first, then whoever leads today."""
    candidates = set(match_person(name, directory).candidates)
    offered = [p for p in directory.people if p.active and (p.person in candidates or _leads(p))]
    return tuple(
        sorted(
            offered,
            key=lambda entry: (entry.person in candidates, _similarity(name, entry.name)),
            reverse=True,
        )
    )


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Give names once each, in their order."""
    return tuple(dict.fromkeys(name for name in names if name))


def _full(entry: DepartmentEntry) -> str:
    return plain(entry.name)


def _short(entry: DepartmentEntry) -> str:
    return plain(entry.short_name)


def _leads(entry: PersonEntry) -> bool:
    return any(post.role in LEADING_ROLES for post in entry.posts)


def _similarity(one: str, other: str) -> float:
    return SequenceMatcher(None, plain(one), plain(other)).ratio()
