"""Writes a whole change, in the order in which its rows refer to each other.

Owns the order. Must not decide anything: what is written was decided before.
"""

from __future__ import annotations

from dataclasses import replace

from engine.audit import Head
from engine.decision import (
    ProposalClosed,
    ProposalOpened,
    ProposalRevised,
    SeatResolvedAgain,
    SignatureGiven,
    SignaturesVoided,
    SubjectMoved,
)
from storage.applying import evidence, extensions, proposals, reports, results, signatures, steps
from storage.applying.clocks import change_clocks
from storage.applying.context import Context
from storage.applying.waiting import pass_turns
from storage.audit_log import append
from storage.telling import tell
from workflows.rectification.records import (
    Change,
    CriterionJudged,
    ProgressNoted,
    Published,
    Receipt,
    ReportFiled,
    ReportReceived,
    ReportReturned,
)

_NEW = "{new}"
_RECEIPT = "{receipt}"


def apply_change(context: Context, change: Change, head: Head) -> Receipt:
    """Write everything that one command brings about.

    Args:
        context: The unit of work.
        change: What was decided.
        head: The last entry of the task's chain.

    Returns:
        What the command came to.
    """
    decision = change.decision
    if change.extension is not None:
        context = replace(context, extension=change.extension.number)
        extensions.patch(context, change.extension)
    opened = _write_effects(context, change)
    number = opened or (context.proposal.identifier if context.proposal else None)
    pass_turns(context, decision, opened)
    change_clocks(context, change.clocks, number)
    receipt = _write_consequences(context, change)
    if decision.action in {"propose", "revise"}:
        steps.drop_draft(context, decision.trigger)
    steps.patch(context, change.task, decision.deed)
    told = {_NEW: str(opened), _RECEIPT: receipt}
    tell(context.connection, context.organisation, context.task, change.notices, context.now, told)
    named = {"proposal": opened, "receipt": receipt or None}
    references = {**change.audit.references, **{name: value for name, value in named.items() if value}}
    append(context.connection, replace(change.audit, references=references), context.actor, context.now, head)
    moved = decision.moved
    return Receipt(
        task=context.task,
        proposal=moved.proposal if moved else number,
        state=change.task.state,
        version=change.task.version,
        moved=moved is not None,
    )


def _write_effects(context: Context, change: Change) -> int | None:
    """Write what was decided about proposal, signatures and step; give the number of a new proposal."""
    opened: int | None = None
    effects = change.decision.effects
    before = context.proposal
    proposals.reseat(context, [effect for effect in effects if isinstance(effect, SeatResolvedAgain)])
    for effect in effects:
        match effect:
            case ProposalOpened():
                opened = proposals.open_(context, effect)
                evidence.hand_in(context, effect.bundle, opened)
            case ProposalRevised():
                proposals.revise(context, effect)
                evidence.hand_in(context, effect.bundle, effect.proposal, before.bundle if before else None)
            case ProposalClosed():
                proposals.close(context, effect)
            case SignatureGiven():
                signatures.give(context, effect)
            case SignaturesVoided():
                proposals.return_(context, effect, change.decision.role)
            case SubjectMoved():
                steps.move(context, effect)
                if effect.proposal is None:
                    evidence.hand_in(context, effect.bundle, None)
            case _:
                pass
    return opened


def _write_consequences(context: Context, change: Change) -> str:
    """Write what the step leaves behind; give the receipt number of a report that was received."""
    moved = change.decision.moved
    if moved is None:
        return ""
    receipt = ""
    for left in change.consequences:
        match left:
            case ReportFiled():
                reports.file(context, left, moved.proposal)
            case ReportReceived():
                receipt = reports.receive(context, left)
            case ReportReturned():
                reports.return_(context, left)
            case Published():
                results.publish(context, left, moved)
            case CriterionJudged() | ProgressNoted():
                pass
    judged = [left for left in change.consequences if isinstance(left, CriterionJudged)]
    noted = [left for left in change.consequences if isinstance(left, ProgressNoted)]
    results.judge(context, judged, moved)
    results.note_progress(context, noted, moved)
    return receipt
