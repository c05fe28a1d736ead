"""The guards of the rectification workflow: each a pure question with its reasons.

Asked without a bundle, a guard says what can be said from the facts; the rest is asked when the form is
handed in.
"""

from __future__ import annotations

from engine.bundle import Bundle, Entry
from engine.guards import GuardRegistry, Question
from engine.reasons import Reason, deny
from workflows.rectification.facts import TaskFacts, task_facts
from workflows.rectification.vocabulary import (
    DeadlineKind,
    EvidenceKind,
    ReportKind,
    State,
    TaskKind,
    Verdict,
)

GUARDS = GuardRegistry()
"""Every guard the definition may name."""

Reasons = tuple[Reason, ...]

_MOST_DIGITS = 15


@GUARDS.register
def not_acknowledged(question: Question) -> Reasons:
    """The department acknowledges a task once."""
    return (deny("already_acknowledged"),) if task_facts(question.facts).acknowledged else ()


@GUARDS.register
def acknowledged(question: Question) -> Reasons:
    """The department has acknowledged the task."""
    return () if task_facts(question.facts).acknowledged else (deny("not_acknowledged"),)


@GUARDS.register
def immediate_task(question: Question) -> Reasons:
    """Only an immediate task (立行立改) may be completed without having been started."""
    return () if task_facts(question.facts).kind is TaskKind.IMMEDIATE else (deny("not_immediate"),)


@GUARDS.taking(state=(State.PLANNED, State.IN_PROGRESS, State.MID_TERM_REPORTED))
def suspended_from(question: Question) -> Reasons:
    """The task was suspended from the named state.

    Where its mid-term report was returned meanwhile, the task goes back into work, so that it can be filed
    again: from "already reported" it could not.
    """
    origin = task_facts(question.facts).suspended_from
    if origin == State.MID_TERM_REPORTED and not _filed(question, ReportKind.MID_TERM):
        origin = State.IN_PROGRESS
    return () if origin == question.value("state") else (deny("suspended_elsewhere", state=origin),)


@GUARDS.register
def measures_dated(question: Question) -> Reasons:
    """Every measure has a first and a last day inside the deadline (ongoing tasks: inside the review day)."""
    if question.bundle is None:
        return ()
    facts = task_facts(question.facts)
    found = (_dating(question.bundle, facts, m.measure, m.number) for m in facts.measures)
    return tuple(reason for reason in found if reason is not None)


def _dating(bundle: Bundle, facts: TaskFacts, measure: int, number: int) -> Reason | None:
    entry = bundle.about(f"measure:{measure}")
    first, last = (entry.day("first_on"), entry.day("last_on")) if entry else (None, None)
    if first is None or last is None:
        return deny("measure_undated", measure=number)
    if last < first:
        return deny("measure_days_reversed", measure=number)
    if last > facts.last_day:
        return deny("measure_after_deadline", measure=number, day=facts.last_day)
    return None


@GUARDS.register
def progress_given(question: Question) -> Reasons:
    """The report says of every measure how far it is."""
    if question.bundle is None:
        return ()
    facts = task_facts(question.facts)
    return tuple(
        deny("progress_missing", measure=item.number)
        for item in facts.measures
        if not _said(question.bundle.about(f"measure:{item.measure}"), "progress")
    )


@GUARDS.register
def criteria_reported(question: Question) -> Reasons:
    """The report says of every criterion whether it is done; if not, why, what next and by when."""
    if question.bundle is None:
        return ()
    bundle = question.bundle
    found = (
        _reporting(bundle.about(f"criterion:{item.criterion}"), item.number)
        for item in task_facts(question.facts).criteria
    )
    return tuple(reason for reason in found if reason is not None)


def _reporting(entry: Entry | None, number: int) -> Reason | None:
    if entry is None or entry.get("verdict") not in set(Verdict):
        return deny("criterion_unreported", criterion=number)
    if entry.get("verdict") == Verdict.MET:
        return None
    if not _said(entry, "why") or not _said(entry, "next_step") or entry.day("expected_on") is None:
        return deny("criterion_unexplained", criterion=number)
    return None


@GUARDS.taking(report=ReportKind)
def report_not_filed(question: Question) -> Reasons:
    """A report of this kind is filed once in a round, unless it was returned."""
    kind = question.value("report")
    return (deny("report_already_filed", report=kind),) if _filed(question, kind) else ()


def _filed(question: Question, kind: str) -> bool:
    return any(
        report.kind == kind and report.round == question.facts.round and not report.returned
        for report in task_facts(question.facts).reports
    )


@GUARDS.taking(report=ReportKind)
def concerns_report(question: Question) -> Reasons:
    """The move is about a report of the named kind."""
    reports = [r for r in task_facts(question.facts).reports if r.kind == question.value("report")]
    if question.bundle is not None:
        reports = [r for r in reports if str(r.report) == question.bundle.reference("report")]
    else:
        reports = [r for r in reports if r.pending]
    return () if reports else (deny("report_of_other_kind"),)


@GUARDS.register
def report_pending(question: Question) -> Reasons:
    """The report was filed and neither received nor returned: receiving happens once."""
    reports = task_facts(question.facts).reports
    if question.bundle is None:
        return () if any(report.pending for report in reports) else (deny("no_report_pending"),)
    named = question.bundle.reference("report")
    report = next((r for r in reports if str(r.report) == named), None)
    if report is None:
        return (deny("report_unknown"),)
    if report.received:
        return (deny("report_already_received"),)
    return (deny("report_already_returned"),) if report.returned else ()


@GUARDS.register
def criteria_proven(question: Question) -> Reasons:
    """No criterion is without evidence (a hole is named by its number)."""
    if question.bundle is None:
        return ()
    proven = {part for claim in question.bundle.evidence for part in claim.proves}
    return tuple(
        deny("criterion_unproven", criterion=item.number)
        for item in task_facts(question.facts).criteria
        if f"criterion:{item.criterion}" not in proven
    )


@GUARDS.register
def targets_reached(question: Question) -> Reasons:
    """Where a criterion has a target, the number reached is given and is not below it."""
    if question.bundle is None:
        return ()
    missed: list[Reason] = []
    for item in task_facts(question.facts).criteria:
        entry = question.bundle.about(f"criterion:{item.criterion}")
        reached = entry.get("reached") if entry else ""
        # Python refuses to read a number without end.
        number = int(reached) if reached.isdecimal() and len(reached) <= _MOST_DIGITS else -1
        if item.target is not None and number < item.target:
            missed.append(deny("target_missed", criterion=item.number, target=item.target))
    return tuple(missed)


@GUARDS.register
def mid_term_settled(question: Question) -> Reasons:
    """This round's mid-term report is filed, not yet due or not owed: no clock for it has run out."""
    facts = task_facts(question.facts)
    clock = facts.clock(DeadlineKind.MID_TERM_REPORT)
    overdue = clock is not None and facts.today > clock.due_on
    return (deny("mid_term_report_owed", due_on=clock.due_on),) if overdue and clock else ()


@GUARDS.register
def every_criterion_met(question: Question) -> Reasons:
    """The verifier judged every criterion met."""
    if question.bundle is None:
        return ()
    found: list[Reason] = []
    for number, verdict in _verdicts(question):
        if not verdict:
            found.append(deny("criterion_unjudged", criterion=number))
        elif verdict != Verdict.MET:
            found.append(deny("criterion_not_met", criterion=number, verdict=verdict))
    return tuple(found)


@GUARDS.register
def some_criterion_unmet(question: Question) -> Reasons:
    """At least one criterion was not judged met; one that the verifier did not examine counts as such."""
    if question.bundle is None:
        return ()
    all_met = all(verdict == Verdict.MET for _, verdict in _verdicts(question))
    return (deny("every_criterion_met"),) if all_met else ()


def _verdicts(question: Question) -> list[tuple[int, str]]:
    found = []
    for item in task_facts(question.facts).criteria:
        entry = question.bundle.about(f"criterion:{item.criterion}") if question.bundle else None
        verdict = entry.get("verdict") if entry else ""
        found.append((item.number, verdict if verdict in set(Verdict) else ""))
    return found


@GUARDS.register
def text_given(question: Question) -> Reasons:
    """The reason or text is given in words."""
    if question.bundle is None or question.bundle.text.strip():
        return ()
    return (deny("text_missing"),)


@GUARDS.register
def basis_given(question: Question) -> Reasons:
    """The rule or decision that the move rests on is named."""
    if question.bundle is None or question.bundle.reference("basis").strip():
        return ()
    return (deny("basis_missing"),)


@GUARDS.register
def finding_sourced(question: Question) -> Reasons:
    """The finding names where it comes from."""
    if question.bundle is None or question.bundle.reference("source").strip():
        return ()
    return (deny("finding_source_missing"),)


@GUARDS.register
def finding_put(question: Question) -> Reasons:
    """A finding was put: one began this round, or one waits to be signed."""
    waiting = question.facts.proposal
    open_one = waiting is not None and waiting.bundle.trigger in {"rework", "reopen"}
    return () if open_one or question.facts.round > 1 else (deny("no_finding"),)


@GUARDS.register
def new_day_given(question: Question) -> Reasons:
    """The new day is given and has not passed."""
    return _day_ahead(question, "new_due_on")


@GUARDS.register
def end_day_given(question: Question) -> Reasons:
    """The day the suspension ends is given and has not passed."""
    return _day_ahead(question, "ends_on")


def _day_ahead(question: Question, name: str) -> Reasons:
    if question.bundle is None:
        return ()
    day = question.bundle.day(name)
    if day is None:
        return (deny("day_missing", day=name),)
    return (deny("day_passed", day=day),) if day < task_facts(question.facts).today else ()


@GUARDS.register
def publication_placed(question: Question) -> Reasons:
    """The publication says where it can be read: an address, or a scan of it."""
    if question.bundle is None:
        return ()
    claims = [c for c in question.bundle.evidence if c.kind == EvidenceKind.PUBLICATION]
    placed = any(claim.address or claim.sha256 for claim in claims)
    return () if placed or not claims else (deny("publication_place_missing"),)


def _said(entry: Entry | None, name: str) -> bool:
    return entry is not None and bool(entry.get(name).strip())
