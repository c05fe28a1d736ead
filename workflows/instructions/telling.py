"""Who is told of a matter, an instruction and an answer, and how each is recorded.

Must not know the words. People are given by identifier; who shows a notice puts the names in.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.actor import Actor
from engine.audit import AuditDraft, FreeText
from workflows.instructions.deciding import conclusion_of
from workflows.instructions.records import (
    Attachment,
    Change,
    ConclusionAnswered,
    Effect,
    InstructionRecorded,
    MatterRaised,
    Standing,
)
from workflows.notices.records import NoticeKind
from workflows.rectification.gathering import holders
from workflows.rectification.records import NoticeDraft
from workflows.rectification.vocabulary import Role

NEW = "{new}"
"""Stands in a notice's cause for the number of what is only now being written."""

_CONCERNED = (Role.HANDLER, Role.DEPARTMENT_HEAD)


def change_of(standing: Standing, effect: Effect, actor: Actor, salt: str) -> Change:
    """Give everything an effect brings with it; nobody is told of what they did themselves."""
    notices = {draft.person: draft for draft in _notices(standing, effect, actor) if draft.person}
    notices.pop(actor.person or 0, None)
    return Change(effect, tuple(notices.values()), _entry(standing, effect, salt))


def _notices(standing: Standing, effect: Effect, actor: Actor) -> Iterator[NoticeDraft]:
    """Who is named last is told that; so who is charged comes behind who is merely concerned."""
    by = str(actor.person)
    match effect:
        case MatterRaised():
            yield _told(effect.leader, NoticeKind.MATTER_RAISED, f"matter:{NEW}", by=by)
        case InstructionRecorded():
            yield from _told_of_instruction(standing, effect)
        case ConclusionAnswered():
            answered = conclusion_of(standing, effect.conclusion)
            for person in (answered.recorded_by, answered.leader, answered.person) if answered else ():
                yield _told(person, NoticeKind.ANSWERED, f"answer:{effect.conclusion}", by=by)


def _told_of_instruction(standing: Standing, effect: InstructionRecorded) -> Iterator[NoticeDraft]:
    by, held = str(effect.leader), holders(standing.case)
    concerned = [person for role in _CONCERNED for group in held.get(role, ()) for person in group]
    raised = [matter.raised_by for matter in standing.matters if matter.matter in effect.matters]
    cause = f"instruction:{NEW}"
    for person in (*concerned, effect.leader, *raised):
        yield _told(person, NoticeKind.INSTRUCTED, cause, by=by, instruction=effect.kind)
    # Of several conclusions the first day is named; the page has all of them.
    for charge in sorted(effect.charges, key=lambda one: one.due_on, reverse=True):
        day = charge.due_on.isoformat()
        yield _told(
            charge.person, NoticeKind.CHARGED, cause, urgent=True, by=by, instruction=effect.kind, due_on=day
        )


def _told(person: int, kind: NoticeKind, cause: str, *, urgent: bool = False, **params: str) -> NoticeDraft:
    return NoticeDraft(person, kind, cause, urgent=urgent, params=tuple(params.items()))


def _entry(standing: Standing, effect: Effect, salt: str) -> AuditDraft:
    stream = f"task:{standing.case.task.task}"
    match effect:
        case MatterRaised():
            return AuditDraft(
                stream,
                "raise_matter",
                digest=effect.digest,
                references={"leader": effect.leader},
                texts=(FreeText("text", salt, effect.text),),
            )
        case InstructionRecorded():
            return _instruction_entry(stream, effect, salt)
        case ConclusionAnswered():
            return AuditDraft(
                stream,
                "answer_conclusion",
                references={"conclusion": effect.conclusion, **_file(effect.file)},
                texts=(FreeText("text", salt, effect.text),),
            )


def _instruction_entry(stream: str, effect: InstructionRecorded, salt: str) -> AuditDraft:
    conclusions = [
        FreeText(f"conclusion_{number}", salt, charge.text) for number, charge in enumerate(effect.charges, 1)
    ]
    return AuditDraft(
        stream,
        "record_instruction",
        digest=effect.digest,
        references={
            "kind": effect.kind,
            "leader": effect.leader,
            "given_on": effect.given_on,
            "matters": effect.matters,
            "charges": [[charge.person, charge.due_on] for charge in effect.charges],
            **_file(effect.file),
        },
        texts=(FreeText("text", salt, effect.text), *conclusions),
    )


def _file(file: Attachment | None) -> dict[str, object]:
    return {"file": file.blob.digest} if file else {}
