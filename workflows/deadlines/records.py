"""The words and records of deadlines: rungs, moments, pauses and what a sweep records.

Frozen data alone; who computes it stands beside it. Must not know storage, people or mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workflows.rectification.vocabulary import DeadlineKind


class Addressee(StrEnum):
    """Whom a rung tells: a role towards the task, or whoever owes a signature; found when it fires."""

    HANDLER = "handler"
    """The handlers of the lead department."""
    DEPARTMENT_HEAD = "department_head"
    """The head of the lead department."""
    RESPONSIBLE_LEADER = "responsible_leader"
    """Every responsible leader of the task."""
    PERFORMANCE_OFFICE = "performance_office"
    """The officers of the performance office."""
    PERFORMANCE_OFFICE_HEAD = "performance_office_head"
    """The head of the performance office."""
    VERIFICATION_GROUP = "verification_group"
    """The members of the verification group."""
    PUBLICITY_OFFICE = "publicity_office"
    """The officers of the publicity office."""
    INSPECTOR = "inspector"
    """The inspector's office; told by itself only where the setting says so."""
    SIGNERS = "signers"
    """The people who may give the signature that is owed now."""


class ToDo(StrEnum):
    """What a rung leaves for the performance office to decide."""

    ASK_INSPECTOR = "ask_inspector"
    """Whether to bring the overdue task to the inspector's notice (提请督察室关注?)."""
    CHASE_SIGNATURE = "chase_signature"
    """Whether to speak to the person who has owed a signature for days."""


class DayUnit(StrEnum):
    """What an offset counts."""

    WORKING = "working"
    """Working days of the official calendar."""
    CALENDAR = "calendar"
    """Days as they come."""


class Light(StrEnum):
    """How urgent an open deadline looks; computed, never stored, and always shown with its word."""

    GREEN = "green"
    """绿: time enough."""
    BLUE = "blue"
    """蓝: the first reminder's day has come."""
    YELLOW = "yellow"
    """黄: due soon, or due today."""
    RED = "red"
    """红: overdue."""
    NONE = "none"
    """灰: the deadline no longer runs."""


class Outcome(StrEnum):
    """What became of a rung whose moment has passed."""

    FIRED = "fired"
    """Its people are told."""
    MERGED = "merged"
    """It fell on the same moment as a higher rung that tells all of its people; nobody is told twice."""
    LATE = "late"
    """A higher rung was due before anybody could be told of this one, as after an outage; skipped."""
    HELD = "held"
    """Its moment passed while the department's clock stood because its head had signed; skipped."""
    RESTED = "rested"
    """Its moment passed while the task was suspended; skipped."""


class PauseReason(StrEnum):
    """Why a deadline's rungs pause."""

    HELD = "held"
    """The department has signed and waits for others; every rung of the deadline pauses."""
    SUSPENDED = "suspended"
    """The task is suspended; the rungs of internal deadlines pause, reports stay due."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A span of time in which rungs do not fire; ``until`` is None while it lasts."""

    since: datetime
    until: datetime | None = None
    reason: PauseReason = PauseReason.HELD

    def covers(self, moment: datetime) -> bool:
        """Say whether ``moment`` lies in the span; the end is no longer part of it."""
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder.

    Attributes:
        id: Its name, unique in its ladder; recorded for ever.
        offset: Days after the due day, negative before it.
        unit: What the offset counts.
        recipients: Whom it tells.
        urgent: Whether its mail goes out at once; otherwise it waits for the day's digest.
        to_do: What it leaves for the performance office to decide.
        switched: People it tells besides where a setting says so, each with the setting's name.
        light: The light that a deadline shows from this rung's day on.
    """

    id: str
    offset: int
    recipients: tuple[Addressee, ...]
    unit: DayUnit = DayUnit.WORKING
    urgent: bool = False
    to_do: ToDo | None = None
    switched: tuple[tuple[Addressee, str], ...] = ()
    light: Light | None = None


@dataclass(frozen=True, slots=True)
class RungMoment:
    """When a rung fires for one deadline.

    Attributes:
        rung: The rung.
        planned_on: The day its offset names, perhaps a day off.
        fires_on: The working day it fires on, in the product's time zone.
        at: The moment it fires, in UTC.
    """

    rung: Rung
    planned_on: date
    fires_on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class OpenDeadline:
    """One running deadline as storage gathers it for the sweep.

    Attributes:
        kind: Its kind.
        due_on: The legal day; never moved by days off.
        started_at: When this version of the deadline began.
        recorded: The rungs already recorded for this version and this visit of the state.
        pauses: The spans in which it was or is paused.
    """

    kind: DeadlineKind
    due_on: date
    started_at: datetime
    recorded: frozenset[str] = frozenset()
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What is to be recorded of one rung; people are told only where the outcome is ``FIRED``.

    Attributes:
        moment: The rung and its moment.
        outcome: What became of it.
        working_days_late: Working days between its day and the day it is recorded on; 0 when in time.
    """

    moment: RungMoment
    outcome: Outcome
    working_days_late: int


@dataclass(frozen=True, slots=True)
class Sweep:
    """The decision about one due deadline: what to record, lowest rung first, and when to look again."""

    resolutions: tuple[Resolution, ...]
    next_at: datetime | None

    def fired(self) -> tuple[Resolution, ...]:
        """Give the resolutions that tell somebody."""
        return tuple(r for r in self.resolutions if r.outcome is Outcome.FIRED)
