"""From a task's case to the facts of its extension: the open one, else the one that may be asked for next."""

from __future__ import annotations

from datetime import date, timedelta

from engine.facts import Facts
from workflows.extension.facts import ExtensionFacts
from workflows.extension.vocabulary import State
from workflows.rectification.gathering import APART, holders, relations, substitutes
from workflows.rectification.records import Case, DeadlineKind, ExtensionRecord

SHORT_DAYS = "extension.short_days"
"""The setting that says how many calendar days are still a short extension."""

SHORT_BY_DEFAULT = 30

LIMIT_DAYS = "extension.limit_days"
"""The setting that says how many calendar days after the plan year's last day nobody may go; no limit where
it is not set."""

_SUBJECT = "extension:"


def is_extension(subject: str) -> bool:
    """Say whether a subject is an extension."""
    return subject.startswith(_SUBJECT)


def open_extension(case: Case) -> ExtensionRecord | None:
    """Give the task's extension that is asked for and not decided; there is at most one."""
    return next((record for record in case.extensions if record.state == State.ASKED), None)


def gather_extension(case: Case, today: date) -> Facts:
    """Give the facts of the task's open extension; of the one that would be asked for where none is open.

    It is named by its task and its number among the task's extensions, so that a bundle can name it before
    its row exists, and two who ask at once ask for the same one.

    Args:
        case: The task as storage hands it over.
        today: The calendar day in the organisation's time zone.
    """
    record = open_extension(case)
    number = record.number if record else len(case.extensions) + 1
    return Facts(
        subject=f"{_SUBJECT}{case.task.task}.{number}",
        organisation=case.task.organisation,
        state=record.state if record else State.ASKED,
        version=record.version if record else 1,
        round=1,
        holders=holders(case),
        substitutes=substitutes(case.settings),
        relations=relations(case),
        apart=APART,
        delegations=case.delegations,
        evidence=case.evidence,
        proposal=case.extension_proposal,
        latest=case.task.latest,
        details=_details(case, number, today, stored=record is not None),
    )


def _details(case: Case, number: int, today: date, *, stored: bool) -> ExtensionFacts:
    clock = next((c for c in case.clocks if c.kind is DeadlineKind.COMPLETION and c.open), None)
    limit = case.settings.get(LIMIT_DAYS, "")
    short = case.settings.get(SHORT_DAYS, "")
    return ExtensionFacts(
        task=case.task.task,
        number=number,
        stored=stored,
        task_state=case.task.state,
        due_on=clock.due_on if clock else None,
        latest_on=case.task.review_on + timedelta(days=int(limit)) if limit.isdecimal() else None,
        today=today,
        short_days=int(short) if short.isdecimal() else SHORT_BY_DEFAULT,
        granted=case.task.extensions,
    )
