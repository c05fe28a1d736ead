"""The confirmation page's values: the document beside the form, questions first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from web.context import wording
from web.importing.marking import Segment, anchors, segments
from web.wording import Wording
from workflows.plans.confirming import Confirmation
from workflows.plans.fields import doubts, marks
from workflows.plans.matching import offered_departments, offered_leaders
from workflows.plans.naming import GROUP
from workflows.plans.questions import Question
from workflows.plans.records import Directory, MilestoneKind, PersonEntry
from workflows.plans.sheet import Sheet
from workflows.rectification.vocabulary import TaskKind

Option = tuple[str, str]
"""A value and its words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in the reader's words, with the ways to answer it.

    Attributes:
        question: The question.
        sentence: Its words.
        options: What to choose from, where the answer is a name's meaning.
        value: What is chosen now.
        settles: The field that says "I looked at it", where the reader itself was in doubt.
    """

    question: Question
    sentence: str
    options: tuple[Option, ...] = ()
    value: str = ""
    settles: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """Everything the page shows.

    Attributes:
        lines: The document's lines as segments.
        anchors: For each field where its words stand in the document.
        sheet: The fields.
        asked: The questions, the plan's first.
        by_field: The sentences of questions by field.
        remarks: The sentences of remarks by field.
        names: The names a person said something about, with what may be said.
        busy: Numbers of the tasks with questions.
        milestone_kinds: Kinds of dates to choose from.
        task_kinds: Kinds of deadlines to choose from.
    """

    lines: list[list[Segment]]
    anchors: Mapping[str, str]
    sheet: Sheet
    asked: tuple[Asked, ...]
    by_field: Mapping[str, list[str]]
    remarks: Mapping[str, list[str]]
    names: tuple[Asked, ...]
    busy: frozenset[int]
    milestone_kinds: tuple[Option, ...]
    task_kinds: tuple[Option, ...]

    def asks(self, field: str) -> list[str]:
        """Give the sentences of the questions about a field."""
        return self.by_field.get(field, [])

    def remarked(self, field: str) -> list[str]:
        """Give the sentences of the remarks about a field."""
        return self.remarks.get(field, [])


def view_of(confirmation: Confirmation) -> View:
    """Give what the page shows of an import."""
    words, found = wording(), confirmation.understanding
    reading = confirmation.kept.reading
    places = marks(reading)
    own = {doubt.question.field: f"settled.{doubt.number}" for doubt in doubts(reading)}
    asked = tuple(_asked(question, confirmation, words, own) for question in found.questions)
    return View(
        lines=segments(reading.lines, places),
        anchors=anchors(places),
        sheet=confirmation.sheet,
        asked=asked,
        by_field=_by_field(found.questions, words),
        remarks=_by_field(found.remarks, words),
        names=_answered(confirmation, {item.question.field for item in asked}, words),
        busy=frozenset(question.task for question in found.questions if question.task),
        milestone_kinds=tuple((kind, words.word("milestone", kind)) for kind in MilestoneKind),
        task_kinds=tuple((kind, words.word("task_kind", kind)) for kind in TaskKind),
    )


def _by_field(questions: Sequence[Question], words: Wording) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for question in questions:
        found[question.field].append(words.say(question.code, question.params))
    return dict(found)


def _asked(question: Question, confirmation: Confirmation, words: Wording, own: Mapping[str, str]) -> Asked:
    kind, colon, name = question.field.partition(":")
    return Asked(
        question=question,
        sentence=words.say(question.code, question.params),
        options=_options(kind, name, confirmation.directory, words) if colon else (),
        value=confirmation.sheet.get(question.field) if colon else "",
        settles=own.get(question.field, "") if question.code.startswith("plan_") else "",
    )


def _answered(confirmation: Confirmation, open_ones: set[str], words: Wording) -> tuple[Asked, ...]:
    """Give the names whose meaning a person said already, so that it can be changed."""
    return tuple(
        Asked(
            Question("", field),
            words.say("plan_name_means", {"name": name}),
            _options(kind, name, confirmation.directory, words),
            confirmation.sheet.get(field),
        )
        for field in sorted(confirmation.record.corrections)
        for kind, colon, name in [field.partition(":")]
        if colon and field not in open_ones and confirmation.sheet.get(field)
    )


def _options(kind: str, name: str, directory: Directory, words: Wording) -> tuple[Option, ...]:
    if kind == "leader":
        departments = {entry.department: entry.name for entry in directory.departments}
        return tuple(
            (str(entry.person), _described(entry, departments, words))
            for entry in offered_leaders(name, directory)
        )
    return (
        (GROUP, words.say("plan_keep_as_written", {})),
        *((str(entry.department), entry.name) for entry in offered_departments(name, directory)),
    )


def _described(entry: PersonEntry, departments: Mapping[int, str], words: Wording) -> str:
    """Tell namesakes apart by what they do, never by a number."""
    posts = [f"{departments.get(p.department, '')} {words.word('role', p.role)}" for p in entry.posts]
    return f"{entry.name}（{words.listed(posts)}）" if posts else entry.name
