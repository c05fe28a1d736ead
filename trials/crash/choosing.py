"""What somebody does next to a task: propose, sign, revise, send back or withdraw, as the dice fall.

A task is suspended and resumed for ever, so that there is always something to propose.
"""

from __future__ import annotations

import base64
import json
import pickle
import random
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from engine.bundle import Bundle
from engine.commands import Command, Propose, Revise, SendBack, Sign, Withdraw
from storage.tables import proposal, proposal_revision, seat, signature, task
from trials.court import moves
from trials.court.people import Court
from trials.court.tasks import Assignment

_NEXT = {"planned": "start", "in_progress": "suspend", "suspended": "resume"}


@dataclass(frozen=True, slots=True)
class Choice:
    """Who asks for what."""

    who: int
    command: Command

    def as_text(self) -> str:
        """Give this so that another process can ask for the same."""
        return base64.b64encode(pickle.dumps(self)).decode()

    @staticmethod
    def from_text(text: str) -> Choice:
        """Read what :meth:`as_text` wrote; it comes from a process of our own."""
        found: Choice = pickle.loads(base64.b64decode(text))  # noqa: S301  # As above.
        return found

    def acknowledgement(self) -> dict[str, object]:
        """Give what names this in the database once it is done; all of it is known before."""
        said: dict[str, object] = {"what": type(self.command).__name__, "who": self.who}
        match self.command:
            case Propose(bundle=bundle, key=key):
                said |= {"key": key, "digest": bundle.digest}
            case Revise(proposal=number, bundle=bundle):
                said |= {"proposal": number, "digest": bundle.digest}
            case Sign(proposal=number, revision=revision) | SendBack(proposal=number, revision=revision):
                said |= {"proposal": number, "revision": revision}
            case Withdraw(proposal=number):
                said |= {"proposal": number}
            case _:
                pass
        return said


def choose(connection: Connection, court: Court, on: Assignment, today: date, dice: random.Random) -> Choice:
    """Give what is done next to a task."""
    waiting = connection.execute(
        select(proposal).where(proposal.c.task_id == on.task, proposal.c.state == "open")
    ).one_or_none()
    if waiting is not None:
        return _about(connection, waiting.id, waiting.revision, waiting.proposer_id, dice)
    row = connection.execute(select(task).where(task.c.id == on.task)).one()
    trigger = _NEXT[row.state] if row.acknowledged_at else "acknowledge"
    content = moves.bundle(trigger, on, today, row.round, text=_words(dice))
    return Choice(court.people[moves.proposer(trigger)][0], moves.proposal(content, row.version))


def _about(connection: Connection, number: int, revision: int, proposer: int, dice: random.Random) -> Choice:
    """Mostly sign, sometimes anything else that may be done to an open proposal."""
    found = select(proposal_revision.c.bundle).where(
        proposal_revision.c.proposal_id == number, proposal_revision.c.revision == revision
    )
    content = Bundle.from_text(connection.execute(found).scalar_one())
    signer, signed = _turn(connection, number, revision)
    fallen = dice.random()
    if fallen < 0.10:
        return Choice(proposer, Revise(number, revision, replace(content, text=_words(dice))))
    if fallen < 0.15:
        return Choice(signer, moves.sent_back(number, revision))
    if fallen < 0.20 and not signed:
        return Choice(proposer, Withdraw(number, revision))
    return Choice(signer, moves.signature(number, revision, content.digest))


def _turn(connection: Connection, number: int, revision: int) -> tuple[int, bool]:
    """Give who may sign now, and whether somebody has signed."""
    rows = connection.execute(
        select(seat.c.candidates, signature.c.id.label("signature"))
        .join_from(seat, signature, signature.c.seat_id == seat.c.id, isouter=True)
        .where(seat.c.proposal_id == number, seat.c.revision == revision, seat.c.fell_away.is_(None))
        .order_by(seat.c.position)
    ).all()
    candidates = next(row.candidates for row in rows if row.signature is None)
    return int(json.loads(candidates)[0]), rows[0].signature is not None


def _words(dice: random.Random) -> str:
    return f"第{dice.randrange(10**9)}稿"
