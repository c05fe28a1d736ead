"""From a form's content to the bundle that is proposed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from engine.bundle import Bundle, Claim, Entry
from engine.options import options
from storage.queries.task.evidence import EvidenceRow
from web.actor import actor
from web.forms.content import Content
from web.forms.spec import CRITERION_FIELDS, MEASURE_FIELDS, Form
from web.reading.task import TaskReading
from workflows.extension.facts import extension_facts
from workflows.extension.guards import PRESENT_DAY

MADE = "made"
"""The reference under which a bundle names the kind of document that the product made from the form."""


def build_bundle(
    trigger: str, form: Form, content: Content, reading: TaskReading, documents: tuple[Claim, ...] = ()
) -> Bundle:
    """Give what is proposed.

    Args:
        trigger: The move.
        form: Its form.
        content: What was typed, uploaded and chosen.
        reading: The task.
        documents: Documents the product made from the form.
    """
    return Bundle(
        subject=reading.facts.subject,
        round=reading.facts.round,
        definition=reading.workflow.definition.reference,
        trigger=trigger,
        text=content.get("text").strip() if form.text else "",
        evidence=(*documents, *_kept(content, reading), *_used(content, reading)),
        entries=tuple(_entries(form, content, reading)),
        dates=tuple(_dates(form, content, reading)),
        references=(*_references(form, content), *((MADE, claim.kind) for claim in documents)),
        exceptions=excused(trigger, reading),
    )


def excused(trigger: str, reading: TaskReading) -> tuple[str, ...]:
    """Give the relations (回避) that the reader has to the task and that this move excuses by exception."""
    found = options(reading.workflow, reading.facts, actor())
    return next((option.exceptions for option in found if option.trigger == trigger), ())


def _kept(content: Content, reading: TaskReading) -> Iterator[Claim]:
    """What a piece proves is limited to this task's own criteria, whatever a request names."""
    known = {f"criterion:{row.criterion}" for row in reading.criteria}
    for item in content.kept:
        yield replace(item.claim, proves=tuple(part for part in item.claim.proves if part in known))


def _used(content: Content, reading: TaskReading) -> Iterator[Claim]:
    return (claim_of(row) for row in reading.evidence if row.evidence in content.used)


def claim_of(row: EvidenceRow) -> Claim:
    """Give a stored piece of evidence as a claim that refers to it."""
    return Claim(
        kind=row.kind,
        title=row.title,
        proves=row.proves,
        level=row.level,
        sha256=row.sha256,
        size=row.size,
        file_name=row.file_name,
        address=row.address,
        document_number=row.document_number,
        place=row.place,
        custodian=row.custodian,
        effective_on=row.effective_on,
        evidence=row.evidence,
    )


def _entries(form: Form, content: Content, reading: TaskReading) -> Iterator[Entry]:
    for measure in reading.measures:
        yield from _entry(f"measure:{measure.measure}", MEASURE_FIELDS[form.measures], content)
    for criterion in reading.criteria:
        yield from _entry(f"criterion:{criterion.criterion}", CRITERION_FIELDS[form.criteria], content)


def _entry(about: str, names: tuple[str, ...], content: Content) -> Iterator[Entry]:
    kind, _, number = about.partition(":")
    values = ((name, content.get(f"{kind[0]}{number}_{name}").strip()) for name in names)
    said = tuple((name, value) for name, value in values if value)
    if said:
        yield Entry(about, said)


def _dates(form: Form, content: Content, reading: TaskReading) -> Iterator[tuple[str, date]]:
    due_on = extension_facts(reading.facts).due_on if reading.on_extension else None
    if form.dates and due_on is not None:
        # Whoever signs a new day signs which day it takes the place of.
        yield PRESENT_DAY, due_on
    for name, _ in form.dates:
        day = content.day(name)
        if day is not None:
            yield name, day


def _references(form: Form, content: Content) -> Iterator[tuple[str, str]]:
    names = [name for name, _ in form.references] + (["report"] if form.reports else [])
    for name in names:
        value = content.get(f"ref_{name}").strip()
        if value:
            yield name, value
