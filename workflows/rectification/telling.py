"""Who is told of a decision, and the values that the words will need.

Must not know the words. People are given by identifier; who shows a notice puts the names in.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.decision import (
    Decision,
    ProposalClosed,
    ProposalOpened,
    SignaturesVoided,
    SubjectMoved,
    Telling,
    Told,
)
from engine.facts import Facts
from workflows.extension.facts import extension_facts
from workflows.extension.gathering import is_extension
from workflows.extension.guards import NEW_DAY
from workflows.extension.vocabulary import State
from workflows.notices.records import NoticeKind
from workflows.rectification.facts import task_facts
from workflows.rectification.records import NoticeDraft
from workflows.rectification.vocabulary import ReportKind, Role

NEW = "{new}"
"""Stands in a notice's cause for the number of a proposal that is only now being opened."""

RECEIPT = "{receipt}"
"""Stands in a notice's values for the receipt number that storage gives."""

_URGENT = frozenset(
    {
        NoticeKind.SENT_BACK,
        NoticeKind.VOIDED,
        NoticeKind.SUPERSEDED,
        NoticeKind.FINDING,
        NoticeKind.REPORT_RETURNED,
    }
)

_KINDS = {
    Telling.SIGNATURE_OWED: NoticeKind.SIGNATURE_OWED,
    Telling.SENT_BACK: NoticeKind.SENT_BACK,
    Telling.WITHDRAWN: NoticeKind.WITHDRAWN,
    Telling.SUPERSEDED: NoticeKind.SUPERSEDED,
    Telling.REVISED: NoticeKind.REVISED,
    Telling.VOIDED: NoticeKind.VOIDED,
}

_MOVES = {
    "receive_report": NoticeKind.REPORT_RECEIVED,
    "return_report": NoticeKind.REPORT_RETURNED,
    "rework": NoticeKind.FINDING,
    "reopen": NoticeKind.FINDING,
}


_FILED_BY = {ReportKind.MID_TERM: "report_mid_term", ReportKind.YEAR_END: "report_year_end"}


def notices(decision: Decision, facts: Facts, actor: int | None) -> tuple[NoticeDraft, ...]:
    """Give the notices of a decision: one per person and effect, none to the person who acted.

    Args:
        decision: The decision.
        facts: The facts it was made from.
        actor: Who acted.
    """
    drafts: list[NoticeDraft] = []
    for position, effect in enumerate(decision.effects):
        if isinstance(effect, Told):
            cause = f"{effect.telling}:{_occasion(decision, facts)}:{position}"
            for person in effect.people:
                if person != actor:
                    kind = _kind(effect, decision, facts, person)
                    params = tuple(_params(kind, effect, decision, facts, actor).items())
                    drafts.append(NoticeDraft(person, kind, cause, kind in _URGENT, params))
            drafts.extend(_delegates(effect, cause, decision, facts, actor))
    return (*drafts, *_dispute(decision.moved, facts, actor))


def _delegates(
    told: Told, cause: str, decision: Decision, facts: Facts, actor: int | None
) -> Iterator[NoticeDraft]:
    """Whoever may sign for several is told once, for the first of them; their inbox has all."""
    pairs: dict[int, int] = {}
    for principal, delegate in told.delegates:
        pairs.setdefault(delegate, principal)
    for delegate, principal in pairs.items():
        if delegate != actor:
            given = _params(NoticeKind.SIGNATURE_OWED, told, decision, facts, actor)
            params = (*given.items(), ("principal", str(principal)))
            yield NoticeDraft(delegate, NoticeKind.SIGNATURE_OWED_FOR, cause, urgent=False, params=params)


def _dispute(moved: SubjectMoved | None, facts: Facts, actor: int | None) -> tuple[NoticeDraft, ...]:
    """What a department says when it acknowledges a task is a dispute; it is raised with the office."""
    reason = moved.bundle.text.strip() if moved and moved.trigger == "acknowledge" else ""
    if moved is None or not reason:
        return ()
    cause, params = (
        f"disputed:{facts.subject}:{moved.version}",
        (("by", str(actor or "")), ("reason", reason)),
    )
    return tuple(
        NoticeDraft(person, NoticeKind.ASSIGNMENT_DISPUTED, cause, urgent=False, params=params)
        for person in facts.people(Role.PERFORMANCE_OFFICE)
        if person != actor
    )


def _kind(told: Told, decision: Decision, facts: Facts, person: int) -> NoticeKind:
    """A finding is put to the responsible leader, who may answer it; everybody else is told of the step."""
    if told.telling is not Telling.MOVED:
        return _KINDS[told.telling]
    if is_extension(facts.subject):
        return NoticeKind.EXTENSION_DECIDED
    kind = _MOVES.get(decision.trigger, NoticeKind.MOVED)
    answers = kind is not NoticeKind.FINDING or facts.holds(Role.RESPONSIBLE_LEADER, person)
    return kind if answers else NoticeKind.MOVED


def _params(
    kind: NoticeKind, told: Told, decision: Decision, facts: Facts, actor: int | None
) -> dict[str, str]:
    given = dict(told.params)
    moved = decision.moved
    by = str(actor or "")
    match kind:
        case NoticeKind.SIGNATURE_OWED:
            values = {"by": str(_proposer(decision, facts) or by)}
        case NoticeKind.SENT_BACK | NoticeKind.VOIDED:
            values = {"by": by, "reason": _reason(decision)}
        case NoticeKind.SUPERSEDED:
            values = {"instead": given["by"]}
        case NoticeKind.REPORT_RECEIVED:
            values = {"receipt": RECEIPT, **_report(moved, facts)}
        case NoticeKind.REPORT_RETURNED:
            values = _finding(moved) | _report(moved, facts)
        case NoticeKind.FINDING:
            values = _finding(moved)
        case NoticeKind.EXTENSION_DECIDED:
            values = _extension(moved, facts)
        case NoticeKind.MOVED:
            values = {"state": moved.state if moved else facts.state}
        case _:
            values = {"by": by}
    return {"trigger": given.get("trigger", decision.trigger), **values}


def _proposer(decision: Decision, facts: Facts) -> int | None:
    opened = any(isinstance(effect, ProposalOpened) for effect in decision.effects)
    return facts.proposal.proposer if facts.proposal and not opened else None


def _reason(decision: Decision) -> str:
    """Why it was sent back, whether that ended the proposal or not."""
    said = (e.reason for e in decision.effects if isinstance(e, ProposalClosed | SignaturesVoided))
    return next(said, "")


def _extension(moved: SubjectMoved | None, facts: Facts) -> dict[str, str]:
    """Name the day that holds now, and why it is not another one where that was refused."""
    state = moved.state if moved else facts.state
    granted, refused = state == State.GRANTED, state == State.REFUSED
    day = moved.bundle.day(NEW_DAY) if moved and granted else extension_facts(facts).due_on
    found = {"state": state, "due_on": day.isoformat() if day else ""}
    return found | ({"reason": moved.bundle.text.strip()} if moved and refused else {})


def _finding(moved: SubjectMoved | None) -> dict[str, str]:
    day = moved.bundle.day("new_due_on") if moved else None
    return {"reason": moved.bundle.text.strip() if moved else "", "due_on": day.isoformat() if day else ""}


def _report(moved: SubjectMoved | None, facts: Facts) -> dict[str, str]:
    """Name the move that filed the report which is received or returned: it is that report people know."""
    named = moved.bundle.reference("report") if moved else ""
    report = next((r for r in task_facts(facts).reports if str(r.report) == named), None)
    return {"trigger": _FILED_BY[report.kind]} if report else {}


def _occasion(decision: Decision, facts: Facts) -> str:
    """Name what happened once and for ever: a step, or what was done to which revision by which signature."""
    if decision.moved:
        return f"{facts.subject}:{decision.moved.version}"
    if any(isinstance(effect, ProposalOpened) for effect in decision.effects):
        return f"proposal:{NEW}"
    proposal = facts.proposal
    if proposal is None:
        return facts.subject
    signed = sum(1 for seat in proposal.seats if seat.signed_by)
    occasion = f"proposal:{proposal.identifier}:{proposal.revision}:{signed}:{decision.action}"
    if proposal.returned:
        # Who signs anew does the same once more, and what they did before was told before.
        occasion = f"{occasion}:{proposal.returned}"
    # A seat may be resolved again and again without a signature in between, and come back to who had it once.
    again = facts.latest.at.isoformat() if decision.action == "reseat" and facts.latest else ""
    return f"{occasion}:{again}" if again else occasion
