"""One form in front of one person: which move, about which task, with which beginning."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import url_for

from engine.facts import OpenProposal
from engine.options import options, proposal_options
from engine.reasons import Reason
from storage.queries.task.history import RevisionRow
from web.actor import actor
from web.context import config, today
from web.forms.content import Content
from web.forms.drafts import Slot
from web.forms.prefill import come_back, content_again, first_content
from web.forms.spec import Form
from web.reading.task import TaskReading, read_task

_KEY = re.compile(r"[0-9a-f]{32}")


def first_of(trigger: str, form: Form, reading: TaskReading) -> Content:
    """Give what a form begins with: what came back, else what the system knows."""
    row = come_back(trigger, reading)
    if row is not None:
        return content_again(row, form, reading)
    return first_content(form, reading, today(), config().rules.timetable.calendar)


@dataclass(frozen=True, slots=True)
class Asked:
    """A form that somebody opened or handed in.

    Attributes:
        trigger: The move.
        form: What the form asks.
        reading: The task as it stands.
        slot: Where the draft is kept.
        first: What the form begins with.
        revised: The open proposal that is to be revised; None where a new one is made.
    """

    trigger: str
    form: Form
    reading: TaskReading
    slot: Slot
    first: Content
    revised: OpenProposal | None = None

    @property
    def task(self) -> int:
        """The task's identifier."""
        return self.reading.head.task

    @property
    def task_page(self) -> str:
        """Where the task is shown."""
        return url_for("tasks.page", task=self.task)

    @property
    def obstacles(self) -> tuple[Reason, ...]:
        """Why the form cannot be opened now."""
        facts, workflow = self.reading.facts, self.reading.workflow
        if self.revised is not None:
            found = proposal_options(workflow, facts, actor())
            return next(option.reasons for option in found if option.action == "revise")
        return next(o.reasons for o in options(workflow, facts, actor()) if o.trigger == self.trigger)

    @property
    def came_back(self) -> RevisionRow | None:
        """The proposal of this move that was sent back or withdrawn last; the form begins with it."""
        return None if self.revised else come_back(self.trigger, self.reading)

    @property
    def superseded(self) -> OpenProposal | None:
        """The open proposal that this move would close."""
        found = options(self.reading.workflow, self.reading.facts, actor())
        transition = next(o.transition for o in found if o.trigger == self.trigger)
        closes = transition is not None and transition.supersedes and self.revised is None
        return self.reading.facts.proposal if closes else None

    def afresh(self) -> Asked:
        """Read the task again: somebody may have been faster."""
        fresh = read_task(config().database, actor(), self.task, today())
        return replace(self, reading=fresh.of_extension() if self.reading.on_extension else fresh)

    def key_of(self, typed: Mapping[str, str]) -> str:
        """Give the key the form was shown with; a new one where a request names none."""
        key = typed.get("key", "")
        return key if _KEY.fullmatch(key) else secrets.token_hex(16)
