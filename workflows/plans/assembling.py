"""Makes a reading of a draft: every value with its place, every gap and doubt as a question.

How single values are read is left to ``items``, ``headings``, ``owners`` and ``when``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workflows.plans import headings, items, owners, titles, when
from workflows.plans.dates.years import Years
from workflows.plans.drafts import Draft
from workflows.plans.headings import Meaning
from workflows.plans.label_words import Field
from workflows.plans.pieces import CLOSING, Words, fold, join
from workflows.plans.reading import InterimReading, Place, Question, TaskReading
from workflows.plans.titles import TitleKind
from workflows.plans.when import When


class _Places:
    """Takes values as texts and remembers where they stand."""

    def __init__(self) -> None:
        self.places: list[Place] = []

    def one(self, name: str, words: Words | None) -> str | None:
        if words is None:
            return None
        self.places += [Place(name, 0, source) for source in words.sources]
        return words.text

    def many(self, name: str, values: Sequence[Words]) -> tuple[str, ...]:
        for index, words in enumerate(values):
            self.places += [Place(name, index, source) for source in words.sources]
        return tuple(words.text for words in values)


def assemble(number: int, draft: Draft, years: Years) -> tuple[TaskReading, tuple[Question, ...]]:
    """Give the reading of one task and what is to be asked about it.

    Args:
        number: The task's place in the plan, from 1.
        draft: What was found for it.
        years: What is known about missing years.
    """
    meaning = _with_labels(draft, headings.understand(draft))
    who = owners.read(draft)
    due = when.read(draft, years)
    deadline = due.deadline
    places = _Places()
    category = _one(draft, Field.CATEGORY)
    task = TaskReading(
        number,
        section=places.one("section", meaning.section or category),
        category=places.one("category", category) if meaning.section else None,
        problem=places.one("problem", meaning.problem),
        objective=places.one("objective", meaning.objective),
        measures=places.many("measures", [*_list(draft, Field.MEASURES), *meaning.measures]),
        criteria=places.many("criteria", _list(draft, Field.CRITERIA)),
        leaders=places.many("leaders", who.leaders),
        handlers=places.many("handlers", who.handlers),
        lead_department=places.one("lead_department", who.lead),
        departments=places.many("departments", who.departments),
        supervisor=places.one("supervisor", _one(draft, Field.SUPERVISOR)),
        acceptance_unit=places.one("acceptance_unit", _one(draft, Field.ACCEPTANCE_UNIT)),
        deadline_text=places.one("deadline_text", due.words),
        deadline=deadline.day if deadline else None,
        kind=deadline.kind if deadline else None,
        also_ongoing=deadline.also_ongoing if deadline else False,
        interim=tuple(InterimReading(stage.day, stage.what) for stage in deadline.interim)
        if deadline
        else (),
        remark=places.one("remark", _one(draft, Field.REMARK) or meaning.remark),
        status=places.one("status", _one(draft, Field.STATUS)),
        places=tuple(places.places),
    )
    return task, tuple(_questions(task, draft, due))


def _with_labels(draft: Draft, meaning: Meaning) -> Meaning:
    """Let labelled values outrank headings, and the objective outrank what may stand in for it."""
    opinion, title = _one(draft, Field.OPINION), _one(draft, Field.TASK)
    objective = _one(draft, Field.OBJECTIVE)
    meaning.problem = _one(draft, Field.PROBLEM) or meaning.problem
    if title is not None and titles.kind_of(fold(title.text)) is TitleKind.DEFICIENCY:
        # 整改任务一：部分河段水质未达标。
        meaning.problem, title = meaning.problem or title, None
    if objective is not None:
        meaning.problem = meaning.problem or opinion
        meaning.section = meaning.section or title
    elif title is not None and opinion is not None and titles.kind_of(fold(title.text)) is TitleKind.TOPIC:
        meaning.section = meaning.section or title
    elif title is not None:
        objective, meaning.problem = title, meaning.problem or opinion
    meaning.objective = objective or opinion or meaning.objective
    return meaning


def _one(draft: Draft, field: Field) -> Words | None:
    """Give a value that is one text; 无 and the like say that there is none."""
    words = join((piece for piece in draft.pieces(field)), CLOSING)
    return None if words is not None and words.text in {"无", "/", "-", "—", "——"} else words


def _list(draft: Draft, field: Field) -> list[Words]:
    return [words for entry in draft.entries if entry.field is field for words in items.items(entry.pieces)]


def _questions(task: TaskReading, draft: Draft, due: When) -> Iterator[Question]:
    missing = {
        "measures": task.measures,
        "criteria": task.criteria,
        "leaders": task.leaders,
        "lead_department": task.lead_department,
        "deadline": task.deadline_text,
    }
    for field, value in missing.items():
        if not value:
            yield Question(f"plan_{field}_missing", task.number, field)
    for doubt in due.deadline.doubts if due.deadline else ():
        source = due.words.sources[0] if due.words else None
        yield Question(doubt.code, task.number, "deadline", doubt.text, doubt.params, source)
    for entry in draft.entries:
        if entry.tolerated and entry.label is not None:
            label = entry.label.trimmed(":：")
            params = {"label": entry.tolerated}
            yield Question("plan_label_tolerated", task.number, entry.field, label.text, params, label.source)
    if draft.shifted is not None:
        yield Question("plan_row_shifted", task.number, "row", draft.shifted.text, {}, draft.shifted.source)
