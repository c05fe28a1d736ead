"""Rounds of pressing, and what must hold of the answers and of what stands in the database afterwards."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from engine.commands import Command, Propose
from engine.reasons import Reason
from storage.database import Database
from trials.court import moves
from trials.court.people import Court, settle
from trials.court.places import Places
from trials.court.sabotage import drop_index, drop_unique
from trials.court.tasks import RULES, Assignment, assign
from trials.crash.halves import halves
from trials.crash.traces import look
from trials.outcome import Outcome, Tooth
from trials.race.pressing import HANDS, Answer, Hands, Press, processes, threads
from trials.race.unlocked import UnlockedStore
from web.wording import Wording
from workflows.catalogue import LANGUAGES
from workflows.rectification.vocabulary import Role

DEFAULT = 100
"""Rounds in a full run; in each of them three buttons are pressed by eight people."""

_PATIENCE = 50
_FAULT = "proposals without the task's lock and without the unique keys behind it"
_BUTTONS = 3


@dataclass(slots=True)
class _Scene:
    url: str
    court: Court
    tasks: Sequence[Assignment]
    counts: Counter[str] = field(default_factory=Counter)

    def round(self, hands: Hands, on: Assignment) -> list[str]:
        """Press the three buttons of a task's beginning: acknowledge it, propose its start, sign that."""
        handlers, heads = self.court.people[Role.HANDLER], self.court.people[Role.DEPARTMENT_HEAD]
        faults, _ = self._button(hands, on, {who: _proposal("acknowledge", on, 1) for who in handlers})
        proposals = {who: _proposal("start", on, 2) for who in handlers}
        more, first = self._button(hands, on, proposals)
        faults += more
        if first is not None and first.receipt is not None:
            number, digest = first.receipt.proposal or 0, proposals[first.who].bundle.digest
            signatures = {who: moves.signature(number, 1, digest) for who in heads}
            faults += self._button(hands, on, signatures)[0]
        return [f"task {on.task}: {fault}" for fault in faults] + self._left(on)

    def _button(
        self, hands: Hands, on: Assignment, commands: Mapping[int, Command]
    ) -> tuple[list[str], Answer | None]:
        """Let everybody press, and say what is wrong with the answers; give who was first."""
        answers = hands.press([Press(who, on.task, command) for who, command in commands.items()])
        done = [answer for answer in answers if answer.receipt is not None]
        self.counts.update(pressed=len(answers), done=len(done), twice=len(done) > 1)
        broken = [f"{answer.who} had no answer: {answer.fault}" for answer in answers if answer.fault]
        if broken:
            return broken, done[0] if done else None
        if len(done) != 1:
            return [f"{len(done)} of {len(answers)} were told that it is done"], done[0] if done else None
        refused = [answer for answer in answers if answer.receipt is None]
        self.counts.update(answer.reasons[0].code for answer in refused)
        return [fault for answer in refused for fault in self._told(answer.reasons, done[0])], done[0]

    def _told(self, reasons: Sequence[Reason], first: Answer) -> list[str]:
        """Whoever was not first learns who was and when, in each language."""
        faults = []
        values = reasons[0].values()
        if (values.get("person"), values.get("at")) != (first.who, first.at):
            faults.append(f"{reasons[0]} does not name {first.who} at {first.at}")
        for language in LANGUAGES:
            wording = Wording(language, RULES.timetable.zone, self.court.names)
            words = wording.reason(reasons[0])
            if self.court.names[first.who] not in words or wording.moment(first.at) not in words:
                faults.append(f"“{words}” does not say who was first and when")
        return faults

    def _left(self, on: Assignment) -> list[str]:
        """One step, one proposal and one signature stand in the database, and every refusal in the record."""
        database = Database(self.url)
        try:
            with database.read() as connection:
                found = look(connection, on.task)
        finally:
            database.close()
        stands = (len(found.steps), len(found.proposals), len(found.signatures), found.actions()["refuse"])
        expected = (1, 1, 1, (HANDS - 1) * _BUTTONS)
        wrong = [] if stands == expected else [f"task {on.task}: {stands} stands where {expected} should"]
        return wrong + halves(found)


def run(place: Places, n: int, dice: random.Random) -> Outcome:
    """Press in ``n`` rounds, as threads and as processes; then without what prevents two proposals."""
    del dice
    scene, broken = _settle(place, n), _settle(place, _PATIENCE)
    _break(broken.url)
    faults: list[str] = []
    with (
        processes(broken.url, broken.court, UnlockedStore) as faulty,
        processes(scene.url, scene.court) as separate,
        threads(scene.url, scene.court) as together,
    ):
        for number, on in enumerate(scene.tasks):
            faults += scene.round((together, separate)[number % 2], on)
        tooth = _planted(broken, faulty)
    return Outcome(n, {"rounds": n, **scene.counts}, faults, tooth)


def _planted(broken: _Scene, hands: Hands) -> Tooth:
    for tries, on in enumerate(broken.tasks, 1):
        broken.round(hands, on)
        if broken.counts["twice"]:
            return Tooth(_FAULT, caught=True, after=tries)
    return Tooth(_FAULT, caught=False, after=len(broken.tasks))


def _break(url: str) -> None:
    database = Database(url)
    try:
        drop_index(database, "uq_proposal_task_id_open")
        # The clock of an owed signature has a key of its own and would give the second proposal away.
        drop_unique(database, "deadline", "uq_deadline_task_id_kind_visit")
    finally:
        database.close()


def _settle(place: Places, rounds: int) -> _Scene:
    url = place.new()
    database = Database(url)
    try:
        now = datetime.now(UTC)
        court = settle(database, now, {Role.HANDLER: HANDS, Role.DEPARTMENT_HEAD: HANDS})
        tasks = assign(database, court, rounds, now)
    finally:
        database.close()
    return _Scene(url, court, tasks)


def _proposal(trigger: str, on: Assignment, version: int) -> Propose:
    today = RULES.timetable.local_day(datetime.now(UTC))
    return moves.proposal(moves.bundle(trigger, on, today), version)
