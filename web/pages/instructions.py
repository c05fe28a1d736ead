"""协调与批示: raising a matter, recording an instruction or a meeting, answering a conclusion."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.reasons import Reason, Refusal, RefusedError, deny
from storage.instruction_store import SqlInstructionStore
from storage.queries.task.instructions import task_of_conclusion, to_choose_from
from web.actor import actor
from web.context import config, now, today, wording
from web.errors import explain, reasons_of, status_of_refusal
from web.forms.instructing import Row, Sheet, attached, begun, key_in, taken
from web.language import gettext as _
from web.lengths import unless_short
from web.numbers import number_in
from web.permissions import Permission, permitted
from web.reading.instructions import ConclusionView, Guidance, InstructionView, read_guidance
from web.reading.task import TaskReading, read_task
from workflows.instructions.records import AnswerConclusion, Command, InstructionKind, RaiseMatter
from workflows.instructions.service import carry_out
from workflows.instructions.who import kinds_for
from workflows.rectification.vocabulary import Level, Role

blueprint = Blueprint("instructions", __name__)

_SEE_OTHER = 303
_FEW_DAYS = 5
"""Working days within which a meeting that a leader wants is to be arranged."""
Answer = Response | tuple[str, int]


@blueprint.get("/tasks/<int:task>/matters")
@permitted(Permission.MATTER_RAISE)
def matter(task: int) -> Answer:
    """Ask what needs coordination."""
    reading, guidance = _open(task)
    if not guidance.may_raise:
        raise RefusedError(Refusal((deny("matter_not_yours"),)))
    return _matter_page(reading, "", key_in(request.form), ())


@blueprint.post("/tasks/<int:task>/matters")
@permitted(Permission.MATTER_RAISE)
def raise_matter(task: int) -> Answer:
    """Raise a matter to a leader of the task."""
    reading, _guidance = _open(task)
    text, key = request.form.get("text", "").replace("\r\n", "\n"), key_in(request.form)
    long = unless_short(text)
    command = RaiseMatter(number_in(request.form.get("leader")), text, key)
    reasons = (long,) if long is not None else _refused(task, command)
    if reasons:
        return _matter_page(reading, text, key, reasons)
    return _done(task, _("已提出，领导会收到通知。"))


@blueprint.get("/tasks/<int:task>/instructions")
@permitted(Permission.INSTRUCTION_RECORD)
def instruction(task: int) -> Answer:
    """Ask for an instruction or a meeting; an address may name the matter, and that a meeting is wanted."""
    reading, guidance = _open(task)
    _require_recorder(guidance)
    chosen = number_in(request.args.get("matter"))
    waiting = [row.matter for row in guidance.waiting]
    matters = [chosen] if chosen in waiting else waiting[: 1 if len(waiting) == 1 else 0]
    me, leaders = actor().person, reading.case.leaders
    sheet = begun(me if me in leaders else leaders[0] if leaders else None, matters, today())
    if request.args.get("meeting"):
        sheet = _wanting_a_meeting(sheet, reading)
    return _instruction_page(reading, guidance, sheet, ())


@blueprint.post("/tasks/<int:task>/instructions")
@permitted(Permission.INSTRUCTION_RECORD)
def record(task: int) -> Answer:
    """Record an instruction or a meeting."""
    reading, guidance = _open(task)
    _require_recorder(guidance)
    sheet = taken(request.form)
    if request.form.get("action") == "more":
        return _instruction_page(reading, guidance, sheet.more(), ())
    reasons = sheet.too_long()
    if not reasons:
        upload = request.files.get("file")
        file, reasons = attached(upload, sheet.level, config().blobs, config().file_limit)
        reasons = reasons or _refused(task, sheet.command(file))
    if reasons:
        return _instruction_page(reading, guidance, sheet, reasons)
    return _done(task, _("已登记，有关人员会收到通知。"))


@blueprint.get("/conclusions/<int:conclusion>")
@permitted(Permission.INSTRUCTION_ANSWER)
def conclusion(conclusion: int) -> Answer:
    """Show a conclusion and ask for the answer."""
    return _conclusion_page(conclusion, "", Level.INTERNAL, ())


@blueprint.post("/conclusions/<int:conclusion>")
@permitted(Permission.INSTRUCTION_ANSWER)
def answer(conclusion: int) -> Answer:
    """Answer a conclusion."""
    with config().database.read() as connection:
        task = task_of_conclusion(connection, actor(), conclusion)
    reading, guidance = _open(task)
    text, level = (
        request.form.get("text", "").replace("\r\n", "\n"),
        request.form.get("level", Level.INTERNAL),
    )
    long = unless_short(text)
    reasons: tuple[Reason, ...] = (long,) if long is not None else ()
    # Nobody fills the store with files for what is not theirs to answer.
    if not reasons and _find(guidance, conclusion)[1].answerable:
        upload = request.files.get("file")
        file, reasons = attached(upload, level, config().blobs, config().file_limit)
        reasons = reasons or _refused(task, AnswerConclusion(conclusion, text, file))
    elif not reasons:
        reasons = _refused(task, AnswerConclusion(conclusion, text, None))
    if reasons:
        return _conclusion_page(conclusion, text, level, reasons)
    return _done(reading.head.task, _("已反馈。"))


def _open(task: int) -> tuple[TaskReading, Guidance]:
    reading = read_task(config().database, actor(), task, today())
    return reading, read_guidance(config().database, actor(), task, reading.facts, today())


def _require_recorder(guidance: Guidance) -> None:
    if not guidance.may_record:
        raise RefusedError(Refusal((deny("instruction_not_yours"),)))


def _refused(task: int, command: Command) -> tuple[Reason, ...]:
    """Carry out a command; give the reasons where it may not happen."""
    store = SqlInstructionStore(config().database, config().zone)
    try:
        carry_out(store, config().rules.timetable, task, command, actor(), now())
    except RefusedError as error:
        return reasons_of(error)
    return ()


def _wanting_a_meeting(sheet: Sheet, reading: TaskReading) -> Sheet:
    """Begin with an instruction to arrange a meeting: the office has a few working days for it."""
    office = reading.facts.people(Role.PERFORMANCE_OFFICE)
    day = config().rules.timetable.calendar.add_working_days(today(), _FEW_DAYS)
    row = Row(_("安排协调会，会后登记会议纪要和落实事项。"), office[0] if office else None, day.isoformat())
    return replace(sheet, text=_("请安排会议研究。"), rows=(row,))


def _find(guidance: Guidance, number: int) -> tuple[InstructionView, ConclusionView]:
    return next(
        (instruction, view)
        for instruction in guidance.instructions
        for view in instruction.conclusions
        if view.row.conclusion == number
    )


def _done(task: int, sentence: str) -> Response:
    flash(sentence, "success")
    return redirect(url_for("tasks.page", task=task, _anchor="guidance"), _SEE_OTHER)


def _status(reasons: tuple[Reason, ...]) -> int:
    return int(status_of_refusal(reasons[0].code) if reasons else HTTPStatus.OK)


def _leaders(reading: TaskReading) -> list[tuple[int, str]]:
    words = wording(reading.names)
    return [(leader, words.person(leader)) for leader in reading.case.leaders]


def _matter_page(reading: TaskReading, text: str, key: str, reasons: tuple[Reason, ...]) -> tuple[str, int]:
    page = render_template(
        "instructions/matter.html",
        reading=reading,
        leaders=_leaders(reading),
        leader=request.form.get("leader", ""),
        text=text,
        key=key,
        sentences=explain(reasons),
    )
    return page, _status(reasons)


def _instruction_page(
    reading: TaskReading, guidance: Guidance, sheet: Sheet, reasons: tuple[Reason, ...]
) -> tuple[str, int]:
    me = actor().person
    kinds = {
        kind
        for one in reading.case.leaders
        for kind in kinds_for(reading.facts, one, me, guidance.secretaries)
    }
    first = tuple(dict.fromkeys(p for role in _WORKING for p in reading.facts.people(role)))
    with config().database.read() as connection:
        people = to_choose_from(connection, actor(), first, today())
    words = wording({**reading.names, **guidance.names})
    page = render_template(
        "instructions/instruction.html",
        reading=reading,
        waiting=guidance.waiting,
        words=words,
        leaders=_leaders(reading),
        kinds=[(kind, words.word("instruction", kind)) for kind in InstructionKind if kind in kinds],
        people=people,
        levels=_levels(),
        sheet=sheet,
        sentences=explain(reasons),
        today=today(),
    )
    return page, _status(reasons)


_WORKING = (Role.HANDLER, Role.DEPARTMENT_HEAD, Role.PERFORMANCE_OFFICE, Role.PERFORMANCE_OFFICE_HEAD)


def _conclusion_page(number: int, text: str, level: str, reasons: tuple[Reason, ...]) -> tuple[str, int]:
    with config().database.read() as connection:
        task = task_of_conclusion(connection, actor(), number)
    reading, guidance = _open(task)
    instruction, view = _find(guidance, number)
    page = render_template(
        "instructions/conclusion.html",
        reading=reading,
        instruction=instruction,
        view=view,
        words=wording({**reading.names, **guidance.names}),
        text=text,
        levels=_levels(),
        level=level,
        sentences=explain(reasons),
    )
    return page, _status(reasons)


def _levels() -> list[tuple[str, str]]:
    return [(level, wording().word("level", level)) for level in Level]
