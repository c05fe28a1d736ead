"""What a form begins with: nobody types twice what the system knows or what an earlier report said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.bundle import Bundle
from storage.queries.task.evidence import EvidenceRow
from storage.queries.task.history import RevisionRow
from web.forms.building import MADE
from web.forms.content import Content, Kept
from web.forms.spec import CRITERION_FIELDS, MEASURE_FIELDS, Form
from web.reading.task import TaskReading
from workflows.deadlines.calendar import Calendar
from workflows.rectification.facts import task_facts
from workflows.rectification.vocabulary import Verdict

NEW_DAY_IN = 10
"""Working days from today that a new day is suggested at."""


def first_content(form: Form, reading: TaskReading, today: date, calendar: Calendar) -> Content:
    """Give what a form begins with."""
    fields = dict(
        (
            *_measures(form, reading, today),
            *_criteria(form, reading),
            *(() if reading.on_extension else _dates(form, today, calendar)),
            *_report(form, reading),
        )
    )
    return Content(fields, (), _attached(reading) if form.criteria == "reached" else frozenset())


def content_of(bundle: Bundle, form: Form) -> Content:
    """Give the content of a form from what was proposed with it, to be revised."""
    fields = {"text": bundle.text}
    fields |= {name: day.isoformat() for name, day in bundle.dates}
    fields |= {f"ref_{name}": value for name, value in bundle.references}
    for entry in bundle.entries:
        kind, _, number = entry.about.partition(":")
        names = MEASURE_FIELDS[form.measures] if kind == "measure" else CRITERION_FIELDS[form.criteria]
        fields |= {f"{kind[0]}{number}_{name}": entry.get(name) for name in names}
    made = bundle.reference(MADE)
    kept = tuple(
        Kept(f"r{number}", claim)
        for number, claim in enumerate(bundle.evidence)
        if claim.evidence is None and claim.kind != made
    )
    return Content(fields, kept, frozenset(c.evidence for c in bundle.evidence if c.evidence is not None))


def come_back(trigger: str, reading: TaskReading) -> RevisionRow | None:
    """Give the proposal of a move that was sent back or withdrawn last, unless one went through since."""
    newest = [row for row in reading.revisions if row.trigger == trigger and row.newest]
    if not newest or newest[-1].state not in {"sent_back", "withdrawn"}:
        return None
    bundle = Bundle.from_text(newest[-1].bundle)
    facts = reading.facts
    return newest[-1] if (bundle.subject, bundle.round) == (facts.subject, facts.round) else None


def content_again(row: RevisionRow, form: Form, reading: TaskReading) -> Content:
    """Give the content of a form from a proposal that came back; its evidence is attached again."""
    content = content_of(Bundle.from_text(row.bundle), form)
    stored = {(piece.proposal, piece.sha256, piece.title): piece.evidence for piece in reusable(reading)}
    known = [(item, stored.get((row.proposal, item.claim.sha256, item.claim.title))) for item in content.kept]
    return Content(
        content.fields,
        tuple(item for item, number in known if number is None),
        content.used | {number for _, number in known if number is not None},
    )


def _measures(form: Form, reading: TaskReading, today: date) -> Iterator[tuple[str, str]]:
    if not form.measures:
        return
    last_day = task_facts(reading.facts).last_day
    for row in reading.measures:
        if form.measures == "days":
            yield f"m{row.measure}_first_on", (row.first_on or min(today, last_day)).isoformat()
            yield f"m{row.measure}_last_on", (row.last_on or last_day).isoformat()
            yield f"m{row.measure}_next_step", row.next_step
        elif form.measures == "progress":
            yield f"m{row.measure}_progress", row.progress
            yield f"m{row.measure}_problems", row.problems
            yield f"m{row.measure}_next_step", row.next_step


def _criteria(form: Form, reading: TaskReading) -> Iterator[tuple[str, str]]:
    """A department's own verdict is where its next report begins; a verifier judges afresh."""
    if form.criteria not in {"done", "reached"}:
        return
    own = {row.criterion: row for row in reading.verdicts if row.given_by == "department"}
    for row in reading.criteria:
        before = own.get(row.criterion)
        if form.criteria == "reached":
            yield f"c{row.criterion}_verdict", Verdict.MET
        elif before is not None:
            yield f"c{row.criterion}_verdict", before.verdict
            if before.verdict != Verdict.MET:
                yield f"c{row.criterion}_why", before.note


def _dates(form: Form, today: date, calendar: Calendar) -> Iterator[tuple[str, str]]:
    for name, _ in form.dates:
        if name == "new_due_on":
            yield name, calendar.add_working_days(today, NEW_DAY_IN).isoformat()


def _report(form: Form, reading: TaskReading) -> Iterator[tuple[str, str]]:
    pending = [row for row in reading.reports if not row.received_at and not row.returned_at]
    if form.reports and pending:
        yield "ref_report", str(pending[0].report)


def _attached(reading: TaskReading) -> frozenset[int]:
    """Evidence of this round is attached again; of earlier rounds what proves a criterion judged met."""
    judged = {row.criterion: row.verdict for row in reading.verdicts if row.given_by == "verifier"}
    met = {f"criterion:{number}" for number, verdict in judged.items() if verdict == Verdict.MET}
    return frozenset(
        row.evidence for row in reusable(reading) if _current(row, reading) or met & set(row.proves)
    )


def reusable(reading: TaskReading) -> tuple[EvidenceRow, ...]:
    """Give the evidence that proves a criterion and can be attached again."""
    return tuple(row for row in reading.evidence if row.proves)


def _current(row: EvidenceRow, reading: TaskReading) -> bool:
    return row.round == reading.head.round
