"""What the people of the court do to a task: complete bundles, and commands as a page would send them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.bundle import Bundle, Claim, Entry
from engine.canonical import sha256
from engine.commands import Command, Method, Proof, Propose, SendBack, Sign
from trials.court.people import Court
from trials.court.tasks import RULES, Assignment
from workflows.rectification.definition import built_in
from workflows.rectification.ports import TaskStore
from workflows.rectification.records import Receipt
from workflows.rectification.service import submit
from workflows.rectification.vocabulary import Role

SIGNERS = {
    "start": (Role.DEPARTMENT_HEAD, Role.RESPONSIBLE_LEADER),
    "complete": (Role.DEPARTMENT_HEAD, Role.RESPONSIBLE_LEADER),
    "rework": (Role.PERFORMANCE_OFFICE_HEAD, Role.PERFORMANCE_LEADER),
    "suspend": (Role.DEPARTMENT_HEAD, Role.PERFORMANCE_OFFICE_HEAD, Role.RESPONSIBLE_LEADER),
    "resume": (Role.DEPARTMENT_HEAD, Role.RESPONSIBLE_LEADER),
}
"""Who signs a move, in their order; none for a move that happens at once."""

_PROPOSERS = {"rework": Role.PERFORMANCE_OFFICE}


def proposer(trigger: str) -> Role:
    """Give the role that proposes a move here."""
    return _PROPOSERS.get(trigger, Role.HANDLER)


def bundle(trigger: str, on: Assignment, today: date, round_: int = 1, text: str = "") -> Bundle:
    """Give a bundle with nothing missing.

    Args:
        trigger: The move.
        on: The task.
        today: The local day, from which the days in it are counted.
        round_: The task's round.
        text: The proposer's words.
    """
    later = today + timedelta(days=30)
    evidence, entries = _content(trigger, on, today)
    return Bundle(
        subject=f"task:{on.task}",
        round=round_,
        definition=built_in().definition.reference,
        trigger=trigger,
        text=text or "见所附材料。",
        evidence=evidence,
        entries=entries,
        dates={"rework": (("new_due_on", later),), "suspend": (("ends_on", later),)}.get(trigger, ()),
    )


def _content(trigger: str, on: Assignment, today: date) -> tuple[tuple[Claim, ...], tuple[Entry, ...]]:
    last = today + timedelta(days=20)
    dated = (("first_on", today.isoformat()), ("last_on", last.isoformat()))
    everything = tuple(f"criterion:{number}" for number in on.criteria)
    judged = tuple(Entry(part, (("verdict", "met"),)) for part in everything)
    match trigger:
        case "start":
            return (_file("work_plan"),), tuple(Entry(f"measure:{m}", dated) for m in on.measures)
        case "complete":
            return (_file("completion_report"), _file("proof", *everything)), judged
        case "rework":
            unmet = Entry(everything[0], (("verdict", "partly"), ("note", "差一期。")))
            return (_file("written_opinion"),), (unmet, *judged[1:])
        case "suspend":
            return (_file("basis"), _file("other", *everything)), ()
        case _:
            return (), ()


def _file(kind: str, *proves: str) -> Claim:
    digest = sha256(secrets.token_hex(16))
    return Claim(kind, f"材料 {digest[:8]}", proves, sha256=digest, size=20_480, file_name="材料.pdf")


def proposal(content: Bundle, version: int) -> Propose:
    """Give a proposal as a page sends it, with a key of its own."""
    return Propose(content, version, secrets.token_hex(16))


def signature(number: int, revision: int, digest: str) -> Sign:
    """Give a signature over what was shown."""
    proof = Proof(Method.PASSWORD, (digest,), sha256(digest))
    return Sign(number, revision, digest, proof, opinion="同意")


def sent_back(number: int, revision: int = 1) -> SendBack:
    """Send a proposal back with a reason."""
    return SendBack(number, revision, "请补充材料。")


@dataclass(frozen=True, slots=True)
class Desk:
    """Hands commands to the product."""

    store: TaskStore
    court: Court

    def submit(self, task: int, who: int, command: Command, now: datetime) -> Receipt:
        """Carry out a command; see ``workflows.rectification.service.submit``."""
        return submit(self.store, RULES, task, command, self.court.as_actor(who), now)

    def move(self, trigger: str, on: Assignment, version: int, now: datetime) -> Receipt:
        """Let the first of each role propose and sign a move until it has happened."""
        content = bundle(trigger, on, RULES.timetable.local_day(now))
        receipt = self.submit(on.task, self._first(proposer(trigger)), proposal(content, version), now)
        for role in SIGNERS.get(trigger, ()):
            signed = signature(receipt.proposal or 0, 1, content.digest)
            receipt = self.submit(on.task, self._first(role), signed, now)
        return receipt

    def _first(self, role: Role) -> int:
        return self.court.people[role][0]
