"""From a decision to everything that is written because of it."""

from __future__ import annotations

from datetime import datetime

from engine.audit import AuditDraft, FreeText
from engine.bundle import Bundle
from engine.decision import (
    Decision,
    ProposalClosed,
    ProposalOpened,
    ProposalRevised,
    SeatResolvedAgain,
    SignatureGiven,
    SignaturesVoided,
    SubjectMoved,
)
from engine.facts import Facts
from workflows.deadlines.ladder import Ladders
from workflows.deadlines.timetable import Timetable
from workflows.extension.changing import Granted, extension_patch, granted_by
from workflows.rectification.clocks import Clocks
from workflows.rectification.consequences import consequences
from workflows.rectification.records import Case, Change, TaskPatch
from workflows.rectification.subjects import Subject
from workflows.rectification.telling import notices
from workflows.rectification.vocabulary import DeadlineKind, State


def change(
    case: Case,
    subject: Subject,
    decision: Decision,
    timetable: Timetable,
    ladders: Ladders,
    now: datetime,
    actor: int | None,
    salt: str,
) -> Change:
    """Give everything a decision brings about.

    Args:
        case: The task as gathered.
        subject: What the decision is about, with the facts it was made from.
        decision: The decision.
        timetable: Calendar and time zone.
        ladders: The ladders of the deadlines.
        now: The moment of the decision.
        actor: Who acted; not told what they did themselves.
        salt: Random text that hides free text from guessing.
    """
    clocks, facts = Clocks(case, timetable, ladders, now), subject.facts
    extension = extension_patch(subject.workflow.definition, facts, decision)
    moved = decision.moved if extension is None else None
    left_behind = consequences(moved, clocks) if moved else ()
    clocks.follow(decision, _bundle(decision, facts))
    granted = granted_by(facts, decision)
    if granted:
        clocks.extend(DeadlineKind.COMPLETION, granted.due_on)
    _rest(clocks, moved)
    return Change(
        decision=decision,
        task=_patch(case, moved, granted, clocks),
        clocks=tuple(clocks.changes),
        consequences=left_behind,
        notices=notices(decision, facts, actor),
        audit=_audit(case, subject, decision, salt),
        extension=extension,
    )


def _rest(clocks: Clocks, moved: SubjectMoved | None) -> None:
    if moved and State.SUSPENDED in (moved.state, moved.origin) and moved.state != moved.origin:
        clocks.rest(resting=moved.state == State.SUSPENDED)


def _bundle(decision: Decision, facts: Facts) -> Bundle:
    for effect in decision.effects:
        if isinstance(effect, ProposalOpened | ProposalRevised | SubjectMoved):
            return effect.bundle
    if facts.proposal is None:
        message = "a decision about no proposal carries a bundle of its own"
        raise ValueError(message)
    return facts.proposal.bundle


def _patch(case: Case, moved: SubjectMoved | None, granted: Granted | None, clocks: Clocks) -> TaskPatch:
    task, following = case.task, clocks.next_due()
    due_on, suspended_from, acknowledged = task.due_on, task.suspended_from, task.acknowledged
    if moved:
        acknowledged = acknowledged or moved.trigger == "acknowledge"
        if moved.trigger in {"rework", "reopen"}:
            due_on = moved.bundle.day("new_due_on")
        if moved.state != moved.origin:
            suspended_from = moved.origin if moved.state == State.SUSPENDED else None
    if granted:
        due_on = granted.due_on
    return TaskPatch(
        state=moved.state if moved else task.state,
        version=moved.version if moved else task.version,
        round=moved.round if moved else task.round,
        due_on=due_on,
        suspended_from=suspended_from,
        acknowledged=acknowledged,
        next_due_on=following[0] if following else None,
        next_kind=following[1] if following else None,
        extensions=task.extensions + (1 if granted else 0),
        extended_days=task.extended_days + (granted.days if granted else 0),
    )


def _audit(case: Case, subject: Subject, decision: Decision, salt: str) -> AuditDraft:
    moved, facts = decision.moved, subject.facts
    references, texts = _references(decision)
    stream = f"task:{case.task.task}"
    if facts.subject != stream:
        references["subject"] = facts.subject
    return AuditDraft(
        stream=stream,
        action=decision.action,
        role=decision.role,
        trigger=decision.trigger,
        origin=facts.state,
        state=moved.state if moved else None,
        digest=decision.digest,
        definition=subject.workflow.definition.reference,
        facts=facts.record(),
        references=references,
        texts=tuple(FreeText(name, salt, text) for name, text in texts.items() if text),
    )


def _references(decision: Decision) -> tuple[dict[str, object], dict[str, str]]:
    found: dict[str, object] = {}
    texts: dict[str, str] = {}
    for effect in decision.effects:
        match effect:
            case ProposalOpened():
                found["key"] = effect.key
            case ProposalRevised():
                found |= {"proposal": effect.proposal, "revision": effect.revision}
            case ProposalClosed():
                found |= {"closed": effect.proposal, "outcome": effect.outcome}
                texts["reason"] = effect.reason
            case SeatResolvedAgain():
                found[f"seat {effect.seat.identifier}"] = effect.candidates
            case SignatureGiven():
                found |= {"proposal": effect.proposal, "revision": effect.revision, "signer": effect.signer}
                found |= {"seat": effect.seat.identifier, "proof": effect.proof}
                found |= {"signed_for": effect.on_behalf_of} if effect.on_behalf_of is not None else {}
                texts["opinion"] = effect.opinion
            case SignaturesVoided():
                void = sorted(seat.identifier for seat in effect.seats if seat.identifier is not None)
                found |= {"proposal": effect.proposal, "stage": effect.stage, "void": void}
                texts["reason"] = effect.reason
            case SubjectMoved():
                found |= {"version": effect.version, "round": effect.round}
            case _:
                pass
    return found, texts
