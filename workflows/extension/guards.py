"""The guards of the extension workflow: each a pure question with its reasons.

Asked without a bundle, a guard says what can be said from the facts; the rest is asked when the form is
handed in.
"""

from __future__ import annotations

from engine.guards import GuardRegistry, Question
from engine.reasons import Reason, deny
from workflows.extension.facts import extension_facts
from workflows.extension.vocabulary import Category
from workflows.rectification.vocabulary import Role
from workflows.rectification.vocabulary import State as TaskState

GUARDS = GuardRegistry()
"""Every guard the definition may name."""

CATEGORY = "category"
"""The reference under which a bundle names the kind of reason."""

PRESENT_DAY, NEW_DAY = "due_on", "new_due_on"
"""The days a bundle names: as it stands, and as it is asked for."""

Reasons = tuple[Reason, ...]

_UNDER_WAY = frozenset(
    {TaskState.PLANNED, TaskState.IN_PROGRESS, TaskState.MID_TERM_REPORTED, TaskState.SUSPENDED}
)


@GUARDS.register
def short_and_first(question: Question) -> Reasons:
    """The extension is short and the task's first; picks who signs and has no reason of its own."""
    facts, days = extension_facts(question.facts), days_asked(question)
    short = not facts.granted and (days is None or days <= facts.short_days)
    return () if short else (deny("extension_long"),)


def days_asked(question: Question) -> int | None:
    """Give by how many calendar days a bundle would move the day; None where it does not say so."""
    due_on = extension_facts(question.facts).due_on
    new_day = question.bundle.day(NEW_DAY) if question.bundle else None
    return (new_day - due_on).days if due_on and new_day else None


@GUARDS.register
def task_under_way(question: Question) -> Reasons:
    """The task is neither reported complete nor ended, and a clock for its completion is open."""
    facts = extension_facts(question.facts)
    if facts.task_state not in _UNDER_WAY:
        return (deny("extension_too_late_for_state", state=facts.task_state),)
    return () if facts.due_on else (deny("extension_without_day"),)


@GUARDS.register
def asked_in_time(question: Question) -> Reasons:
    """Until the day itself the handler asks; afterwards nobody but the performance office may."""
    facts = extension_facts(question.facts)
    if facts.due_on is None:
        return ()
    late = facts.today > facts.due_on
    wanted = Role.PERFORMANCE_OFFICE if late else Role.HANDLER
    if question.facts.holds(wanted, question.actor.person):
        return ()
    return (deny("extension_asked_late" if late else "extension_not_late", due_on=facts.due_on),)


@GUARDS.register
def category_given(question: Question) -> Reasons:
    """The kind of reason is one of the list."""
    if question.bundle is None or question.bundle.reference(CATEGORY) in set(Category):
        return ()
    return (deny("extension_category_missing"),)


@GUARDS.register
def text_given(question: Question) -> Reasons:
    """The reason is given in words."""
    if question.bundle is None or question.bundle.text.strip():
        return ()
    return (deny("text_missing"),)


@GUARDS.register
def day_as_shown(question: Question) -> Reasons:
    """The day that is to move is still the one that people read."""
    due_on = extension_facts(question.facts).due_on
    if question.bundle is None or due_on is None or question.bundle.day(PRESENT_DAY) == due_on:
        return ()
    return (deny("extension_day_moved", due_on=due_on),)


@GUARDS.register
def new_day_later(question: Question) -> Reasons:
    """The new day is given and lies after the present one."""
    if question.bundle is None:
        return ()
    days, due_on = days_asked(question), extension_facts(question.facts).due_on
    if question.bundle.day(NEW_DAY) is None:
        return (deny("day_missing", day=NEW_DAY),)
    return (deny("extension_not_later", due_on=due_on),) if days is not None and days < 1 else ()


@GUARDS.register
def new_day_ahead(question: Question) -> Reasons:
    """The new day has not passed when it is asked for; how long signing takes harms nobody."""
    day = question.bundle.day(NEW_DAY) if question.bundle else None
    passed = day is not None and day < extension_facts(question.facts).today
    return (deny("day_passed", day=day),) if passed else ()


@GUARDS.register
def within_limit(question: Question) -> Reasons:
    """The new day is not beyond the outer limit, where one is set."""
    day = question.bundle.day(NEW_DAY) if question.bundle else None
    latest = extension_facts(question.facts).latest_on
    beyond = day is not None and latest is not None and day > latest
    return (deny("extension_beyond_limit", latest_on=latest),) if beyond else ()


@GUARDS.register
def asked_for(question: Question) -> Reasons:
    """There is an extension that was asked for and is not decided."""
    return () if extension_facts(question.facts).stored else (deny("extension_not_asked"),)
