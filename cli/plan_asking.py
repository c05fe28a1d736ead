"""Asks a person at the terminal what must be decided about a plan, and keeps each answer at once.

An empty answer leaves a question open; whatever was answered is kept, so that one may go on later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli import output, plan_showing
from cli.language import pick

if TYPE_CHECKING:
    from cli.installation import Installation
    from storage.plan_store import SqlPlanStore
    from workflows.plans.confirming import Confirmation
    from workflows.plans.questions import Question

_MOST_OFFERED = 20
_FROM_MEASURES = "="
_AS_READ = "."


def line(question: Question) -> str:
    """One question as a line: the task it is about, and its sentence."""
    sentence = plan_showing.say(question.code, question.params)
    if question.task is None:
        return sentence
    return f"{pick('任务', 'Task ')}{question.task}  {sentence}"


def ask(store: SqlPlanStore, draft: int, installation: Installation) -> None:
    """Asks every open question once; an answer may open another one, which is asked too.

    Args:
        store: Where the import is kept.
        draft: The import.
        installation: The installation, with who asks and when.
    """
    from workflows.plans import confirming

    asked: set[tuple[str, str]] = set()
    while True:
        found = confirming.look(store, draft, installation.actor, installation.today)
        fresh = [q for q in found.understanding.questions if (q.code, q.field) not in asked]
        if not fresh:
            return
        question = fresh[0]
        asked.add((question.code, question.field))
        answer = _answer(question, found)
        if answer:
            confirming.correct(
                store, draft, found.record.version, answer, installation.actor, installation.now
            )


def _answer(question: Question, found: Confirmation) -> dict[str, str]:
    """What a person says to one question, as fields; nothing where they leave it open."""
    offered = _offered(question, found)
    output.note("")
    output.note(line(question))
    text = str(question.params.get("text", ""))
    if text:
        output.note(pick(f"  原文：{text}", f"  The text says: {text}"))
    for number, (_, words) in enumerate(offered, start=1):
        output.note(f"  {number}. {words}")
    if question.field.endswith(".criteria"):
        output.note(
            pick(f"  输入 {_FROM_MEASURES} 以措施作为核验标准", f"  {_FROM_MEASURES} takes the measures over")
        )
    settles = _settles(question, found)
    if settles:
        output.note(pick(f"  输入 {_AS_READ} 按现在读到的办", f"  {_AS_READ} leaves it as it was read"))
    typed = click.prompt(
        pick("回答（直接回车留待以后）", "Answer (empty to leave it)"),
        default="",
        show_default=False,
        err=True,
    ).strip()
    if typed == _AS_READ and settles:
        return {settles: "1"}
    if typed and offered:
        chosen = int(typed) - 1 if typed.isdecimal() else -1
        return {question.field: offered[chosen][0]} if 0 <= chosen < len(offered) else {}
    return _typed(question, typed, found) if typed else {}


def _settles(question: Question, found: Confirmation) -> str:
    """The field that leaves one of the reader's own doubts as it was read; empty for other questions."""
    from workflows.plans.fields import doubts

    for doubt in doubts(found.kept.reading):
        if (doubt.question.code, doubt.question.field) == (question.code, question.field):
            return f"settled.{doubt.number}"
    return ""


def _typed(question: Question, typed: str, found: Confirmation) -> dict[str, str]:
    from workflows.plans.sheet import TaskSheet

    if typed == _FROM_MEASURES and question.task is not None:
        task = TaskSheet(question.task, found.sheet.fields)
        numbers = range(1, len(task.lines("measures")) + 1)
        return {task.key("adopted"): ",".join(map(str, numbers))}
    # Several items of a list are typed in one line at a terminal.
    return {question.field: typed.replace("；", "\n").replace(";", "\n")}


def _offered(question: Question, found: Confirmation) -> list[tuple[str, str]]:
    """What may be chosen for a question about a name or a kind."""
    from workflows.plans.matching import offered_departments, offered_leaders
    from workflows.plans.naming import GROUP
    from workflows.plans.records import MilestoneKind
    from workflows.rectification.vocabulary import TaskKind

    kind, colon, name = question.field.partition(":")
    if colon and kind == "leader":
        people = offered_leaders(name, found.directory)[:_MOST_OFFERED]
        departments = {d.department: d.name for d in found.directory.departments}
        return [
            (str(p.person), " ".join([p.name, *(departments.get(post.department, "") for post in p.posts)]))
            for p in people
        ]
    if colon:
        entries = offered_departments(name, found.directory)[:_MOST_OFFERED]
        as_written = (GROUP, plan_showing.say("plan_keep_as_written", {}))
        return [as_written, *((str(entry.department), entry.name) for entry in entries)]
    if question.field.startswith("milestone.") and question.field.endswith(".kind"):
        return [(kind, plan_showing.say(f"milestone.{kind}", {})) for kind in MilestoneKind]
    if question.field.endswith(".kind"):
        return [(kind, plan_showing.say(f"task_kind.{kind}", {})) for kind in TaskKind]
    return []
