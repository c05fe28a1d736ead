"""What the racers stand on: a court, a desk, and what somebody is told who presses a button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from engine.bundle import Bundle
from engine.commands import Command
from engine.reasons import Reason, RefusedError
from storage.database import Database
from trials.court import moves
from trials.court.moves import Desk
from trials.court.tasks import RULES, Assignment
from trials.crash.traces import Traces
from workflows.rectification.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody was told: it is done, or why not."""

    done: bool
    reasons: tuple[Reason, ...] = ()

    def refused(self, *codes: str) -> bool:
        """Say whether one of these is the reason that comes first."""
        return not self.done and bool(self.reasons) and self.reasons[0].code in codes


Press = Callable[[], Said]
"""A button under somebody's finger."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A court in a database, and one task in it.

    Attributes:
        database: The database.
        desk: Hands commands to the product, or to a product with a fault.
        on: The task.
    """

    database: Database
    desk: Desk
    on: Assignment

    def who(self, role: Role) -> int:
        """Give the first who holds a role."""
        return self.desk.court.people[role][0]

    def press(self, who: int, command: Command) -> Press:
        """Put a button under somebody's finger."""

        def press() -> Said:
            try:
                self.desk.submit(self.on.task, who, command, datetime.now(UTC))
            except RefusedError as error:
                return Said(done=False, reasons=error.refusal.reasons)
            return Said(done=True)

        return press

    def proposed(self, *signers: Role) -> tuple[int, Bundle]:
        """Let the start of the task be proposed, and signed by some; give the proposal and what it says."""
        now = datetime.now(UTC)
        version = self.desk.move("acknowledge", self.on, 1, now).version
        content = moves.bundle("start", self.on, RULES.timetable.local_day(now))
        handler = self.who(Role.HANDLER)
        number = self.desk.submit(self.on.task, handler, moves.proposal(content, version), now).proposal or 0
        for role in signers:
            self.desk.submit(self.on.task, self.who(role), moves.signature(number, 1, content.digest), now)
        return number, content


@dataclass(frozen=True, slots=True)
class Race:
    """Two presses that exclude each other.

    Attributes:
        name: What races against what.
        sides: What each side is called.
        begin: Brings a task to where it starts, and gives the presses.
        won: Says of each side whether it won, from what both were told and what stands in the database.
        losers: For each side the codes it may be refused with; none where it is told in another way.
        later_wins: Whether the second side wins by coming second.
    """

    name: str
    sides: tuple[str, str]
    begin: Callable[[Ground], tuple[Press, Press]]
    won: Callable[[Sequence[Said], Traces], tuple[bool, bool]]
    losers: tuple[tuple[str, ...], tuple[str, ...]]
    later_wins: bool = False


def as_told(said: Sequence[Said], found: Traces) -> tuple[bool, bool]:
    """Whoever was told that it is done has won."""
    del found
    return said[0].done, said[1].done
