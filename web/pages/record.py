"""The record of operations: every entry of the organisation, found by subject, person, action and day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for

from engine.errors import NotFoundError
from storage.queries.lines import task_names
from storage.queries.people import names
from storage.queries.plan_directory import directory_of
from storage.queries.record import Entry, RecordFilter, actions, entries, entry
from web.actor import actor
from web.context import config, today, wording
from web.language import gettext as _
from web.numbers import day_in, number_in
from web.permissions import Permission, permitted
from web.reading.task import read_task
from workflows.rectification.gist import shortened
from workflows.rectification.vocabulary import Role

blueprint = Blueprint("record", __name__, url_prefix="/record")

PAGE = 50
"""Entries of one page."""

_STREAM = re.compile(r"[a-z_]{1,30}:\d{1,15}")


@dataclass(frozen=True, slots=True)
class Typed:
    """The filters as they stand in the address."""

    stream: str = ""
    person: int | None = None
    action: str = ""
    since: str = ""
    until: str = ""

    def address(self) -> dict[str, Any]:
        """Give the filters for an address; what narrows nothing is left out."""
        values = {
            "stream": self.stream,
            "person": self.person,
            "action": self.action,
            "since": self.since,
            "until": self.until,
        }
        return {name: value for name, value in values.items() if value}


@blueprint.get("/")
@permitted(Permission.RECORD_READ)
def index() -> str:
    """Show one page of the record, the newest entries first."""
    typed = _typed(request.args)
    narrowed = RecordFilter(
        stream=typed.stream,
        person=typed.person,
        action=typed.action,
        since=_morning(typed.since, 0),
        until=_morning(typed.until, 1),
    )
    with config().database.read() as connection:
        found = entries(connection, actor(), narrowed, number_in(request.args.get("before")), PAGE + 1)
        people = directory_of(connection, actor(), today()).people
        known = actions(connection, actor())
        tasks = {number for kind, number in (item.subject for item in found) if kind == "task"}
        about = task_names(connection, actor(), tasks)
    rows = found[:PAGE]
    called = {person.person: person.name for person in people}
    return render_template(
        "record/index.html",
        rows=[(row, said_of(row.action, row.trigger), subject_of(row, about, called)) for row in rows],
        typed=typed,
        names=called,
        people=[(person.person, person.name) for person in people],
        actions=[(action, said_of(action)) for action in known],
        following=url_for("record.index", **typed.address(), before=rows[-1].entry)
        if len(found) > PAGE
        else None,
        first=url_for("record.index", **typed.address()) if request.args.get("before") else None,
    )


@blueprint.get("/tasks/<int:task>")
@permitted(Permission.TASK_READ)
def of_task(task: int) -> str:
    """Show a task's own part of the record to whoever watches over it, such as the inspector's substitute."""
    reading = read_task(config().database, actor(), task, today())
    if not reading.facts.holds(Role.INSPECTOR, actor().person):
        raise NotFoundError("task_not_found", task=task)
    narrowed = RecordFilter(stream=f"task:{task}")
    with config().database.read() as connection:
        found = entries(connection, actor(), narrowed, number_in(request.args.get("before")), PAGE + 1)
        called = names(connection, actor(), _people(found))
    return render_template(
        "record/task.html",
        reading=reading,
        rows=[(row, said_of(row.action, row.trigger)) for row in found[:PAGE]],
        names=called,
        following=url_for("record.of_task", task=task, before=found[PAGE - 1].entry)
        if len(found) > PAGE
        else None,
        first=url_for("record.of_task", task=task) if request.args.get("before") else None,
    )


@blueprint.get("/<int:number>")
@permitted(Permission.RECORD_READ)
def page(number: int) -> str:
    """Show one entry exactly as it was hashed, with the words beside it."""
    with config().database.read() as connection:
        found, words = entry(connection, actor(), number)
        called = names(connection, actor(), _people([found]))
    return render_template(
        "record/entry.html",
        entry=found,
        action=said_of(found.action, found.trigger),
        words=words,
        names=called,
        subject=subject_page(found),
    )


def _people(found: Iterable[Entry]) -> set[int]:
    return {person for row in found for person in (row.person, row.on_behalf_of) if person is not None}


def subject_page(found: Entry) -> str | None:
    """Give the page of what an entry is about, where it has one."""
    kind, _, number = found.stream.partition(":")
    if kind == "task":
        return url_for("tasks.page", task=int(number))
    return url_for("ledger.index", plan=int(number)) if kind == "plan" else None


def said_of(action: str, trigger: str = "") -> str:
    """Say what was done, and to which move; a code of a later version has no word here and stays as it is."""
    words = wording()
    said = words.word("action", action) if words.known("action", action) else action
    if not trigger:
        return said
    return f"{said} · {words.word('trigger', trigger) if words.known('trigger', trigger) else trigger}"


def subject_of(found: Entry, tasks: Mapping[int, tuple[int, str]], people: Mapping[int, str]) -> str:
    """Name what an entry is about; what has no name of its own is called by its chain."""
    kind, number = found.subject
    if kind == "task" and number in tasks:
        place, objective = tasks[number]
        return f"{_('任务%(number)s') % {'number': place}}　{shortened(objective)}"
    return people[number] if kind == "person" and number in people else found.stream


def _typed(given: Mapping[str, str]) -> Typed:
    stream = given.get("stream", "").strip()
    # Whoever types a bare number means a task.
    stream = f"task:{stream}" if stream.isdecimal() else stream
    return Typed(
        stream=stream if _STREAM.fullmatch(stream) else "",
        person=number_in(given.get("person")),
        action=given.get("action", "")[:60],
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
    )


def _day(text: str) -> str:
    found = day_in(text)
    return found.isoformat() if found else ""


def _morning(text: str, later: int) -> datetime | None:
    """Give the moment at which a local day begins, or the one behind it."""
    if not text:
        return None
    day = date.fromisoformat(text) + timedelta(days=later)
    return datetime.combine(day, time(), config().zone).astimezone(UTC)
