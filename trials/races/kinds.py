"""Every race. One more is one more entry of :data:`RACES`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from engine.commands import Revise, Withdraw
from trials.court import moves
from trials.court.tasks import RULES
from trials.crash.traces import Traces
from trials.races.ground import Ground, Press, Race, Said, as_told
from trials.races.handover import handed_over
from workflows.rectification.vocabulary import Role

_HEAD, _LEADER, _HANDLER = Role.DEPARTMENT_HEAD, Role.RESPONSIBLE_LEADER, Role.HANDLER


def _signing(ground: Ground, role: Role, number: int, digest: str) -> Press:
    return ground.press(ground.who(role), moves.signature(number, 1, digest))


def _withdraw(ground: Ground) -> tuple[Press, Press]:
    number, content = ground.proposed()
    withdrawal = ground.press(ground.who(_HANDLER), Withdraw(number, 1))
    return _signing(ground, _HEAD, number, content.digest), withdrawal


def _revise(ground: Ground) -> tuple[Press, Press]:
    number, content = ground.proposed()
    revision = Revise(number, 1, replace(content, text="第二稿"))
    return _signing(ground, _HEAD, number, content.digest), ground.press(ground.who(_HANDLER), revision)


def _void_or_refused(said: Sequence[Said], found: Traces) -> tuple[bool, bool]:
    """A signature that came first was given and is void, and who gave it was told. The revision stands."""
    void = [row for row in found.signatures if row.void_reason == "revised"]
    told = [
        row
        for row in found.notices
        if row.kind == "revised" and row.person_id == found.signatures[0].person_id
    ]
    first = said[0].done and len(void) == 1 and len(told) == 1
    return first, not said[0].done and said[1].done and not found.signatures


def _stages(ground: Ground) -> tuple[Press, Press]:
    number, content = ground.proposed()
    return tuple(_signing(ground, role, number, content.digest) for role in (_HEAD, _LEADER))  # type: ignore[return-value]  # Two.


def _in_order(said: Sequence[Said], found: Traces) -> tuple[bool, bool]:
    """Both may sign only in their order; the higher stage wins where its signature came second."""
    moved = said[1].done and [row.trigger for row in found.steps][-1] == "start"
    return said[0].done and not said[1].done and len(found.signatures) == 1, said[0].done and moved


def _supersede(ground: Ground) -> tuple[Press, Press]:
    number, content = ground.proposed(_HEAD)
    today = RULES.timetable.local_day(datetime.now(UTC))
    weightier = moves.proposal(moves.bundle("suspend", ground.on, today), 2)
    return _signing(ground, _LEADER, number, content.digest), ground.press(ground.who(_HANDLER), weightier)


def _hand_over(ground: Ground) -> tuple[Press, Press]:
    number, content = ground.proposed()
    return _signing(ground, _HEAD, number, content.digest), handed_over(ground, number)


RACES = (
    Race(
        "sign against withdraw",
        ("sign", "withdraw"),
        _withdraw,
        as_told,
        (("proposal_closed",), ("signed_by_somebody",)),
    ),
    Race(
        "sign against role removal",
        ("sign", "removal"),
        _hand_over,
        as_told,
        (("role_lost", "not_a_signer"), ()),
    ),
    Race(
        "sign against revision",
        ("sign", "revision"),
        _revise,
        _void_or_refused,
        (("revision_changed", "digest_changed"), ()),
    ),
    Race(
        "two stages at once",
        ("lower", "higher"),
        _stages,
        _in_order,
        ((), ("not_your_turn",)),
        later_wins=True,
    ),
    Race(
        "supersede against sign",
        ("sign", "supersede"),
        _supersede,
        as_told,
        (("proposal_closed",), ("stale",)),
    ),
)
