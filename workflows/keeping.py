"""What an administrator may write into the directory and do to accounts: the rules, without any keeping.

Must not know where people and accounts are kept or how they are asked for.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from engine.actor import Actor
from engine.reasons import Reason, deny
from workflows.rectification.vocabulary import Role

LONGEST_NAME: Final = 100
"""Characters of a person's name at most."""
LONGEST_DEPARTMENT: Final = 200
"""Characters of a department's name at most."""
LONGEST_SHORT_NAME: Final = 60
"""Characters of a department's short name at most."""
LONGEST_ADDRESS: Final = 254
"""Characters of a mail address at most (RFC 5321 §4.5.3.1)."""

_ADDRESS: Final = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")


def check_person(name: str, email: str) -> tuple[Reason, ...]:
    """Say why somebody cannot be written so: ``person_name_malformed``, ``mail_address_malformed``."""
    reasons = []
    if not _is_name(name, LONGEST_NAME):
        reasons.append(deny("person_name_malformed", longest=LONGEST_NAME))
    if email and (len(email) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(email)):
        reasons.append(deny("mail_address_malformed", address=email[:LONGEST_ADDRESS]))
    return tuple(reasons)


def check_department(name: str, short_name: str) -> tuple[Reason, ...]:
    """Say why a department cannot be called so: ``department_name_malformed``."""
    well = _is_name(name, LONGEST_DEPARTMENT)
    if well and (not short_name or _is_name(short_name, LONGEST_SHORT_NAME)):
        return ()
    return (deny("department_name_malformed", longest=LONGEST_DEPARTMENT, shortest=LONGEST_SHORT_NAME),)


def check_position(role: str, from_on: date | None, until_on: date | None) -> tuple[Reason, ...]:
    """Say why a position cannot be given so.

    ``position_role_missing``, ``position_day_missing``, ``position_days_reversed``.
    """
    reasons = []
    if role not in set(Role):
        reasons.append(deny("position_role_missing"))
    if from_on is None:
        reasons.append(deny("position_day_missing"))
    elif until_on is not None and until_on < from_on:
        reasons.append(deny("position_days_reversed"))
    return tuple(reasons)


def check_account(actor: Actor, person: int) -> tuple[Reason, ...]:
    """Say why somebody may not close or reset an account: nobody locks themselves out, ``own_account``."""
    return (deny("own_account"),) if actor.person == person else ()


def check_ending(actor: Actor, person: int, role: str) -> tuple[Reason, ...]:
    """Say why somebody may not end a position.

    Whoever administers does not take it away from themselves, or nobody might be left who could give it back:
    ``own_administration``.
    """
    if actor.person == person and role == Role.ADMINISTRATOR:
        return (deny("own_administration"),)
    return ()


def _is_name(text: str, longest: int) -> bool:
    return bool(text) and len(text) <= longest and text.isprintable()
