"""From a form's content to the records of the documents, and from these to bytes."""

from __future__ import annotations

from flask_login import current_user

from web.actor import actor
from web.context import today, wording
from web.forms.asking import Asked
from web.forms.building import build_bundle
from web.forms.content import Content
from web.reading.bundles import Around, BundleView, ClaimView, PartView, bundle_view
from web.reading.task import TaskReading
from web.wording import Wording
from workflows.documents.completion import write_completion_report
from workflows.documents.judgement import Finding, Judgement, write_judgement
from workflows.documents.mid_term import write_mid_term_report
from workflows.documents.records import (
    CompletionReport,
    CriterionOutlook,
    CriterionResult,
    EvidenceLine,
    MeasureProgress,
    MidTermReport,
    TaskHeading,
    WorkPlan,
    YearEndReport,
)
from workflows.documents.work_plan import write_work_plan
from workflows.documents.year_end import write_year_end_report
from workflows.rectification.vocabulary import Role, State, Verdict


def work_plan(asked: Asked, content: Content) -> bytes:
    """Write the work plan."""
    view = _view(asked, content)
    progress = tuple(
        MeasureProgress(
            n, dict(part.values).get("next_step", ""), first_on=part.first_on, last_on=part.last_on
        )
        for n, part in enumerate(view.measures, 1)
    )
    return write_work_plan(WorkPlan(_heading(asked.reading), today(), progress, view.bundle.text))


def mid_term(asked: Asked, content: Content) -> bytes:
    """Write the mid-term report."""
    view = _view(asked, content)
    heading, suspension = _heading(asked.reading), _suspension(asked.reading)
    report = MidTermReport(heading, today(), _progress(view), view.bundle.text, suspension=suspension)
    return write_mid_term_report(report)


def year_end(asked: Asked, content: Content) -> bytes:
    """Write the year-end report."""
    view = _view(asked, content)
    report = YearEndReport(
        task=_heading(asked.reading),
        made_on=today(),
        criteria=tuple(_outlook(n, part) for n, part in enumerate(view.criteria, 1)),
        progress=_progress(view),
        remark=view.bundle.text,
        suspension=_suspension(asked.reading),
    )
    return write_year_end_report(report)


def completion(asked: Asked, content: Content) -> bytes:
    """Write the completion report."""
    view = _view(asked, content)
    rows = zip(view.criteria, asked.reading.criteria, strict=True)
    results = tuple(
        CriterionResult(
            criterion=n,
            text=part.text,
            done=dict(part.values).get("note", ""),
            target="" if row.target is None else f"{row.target}{row.unit}",
            reached=dict(part.values).get("reached", ""),
            evidence=tuple(_line(claim) for claim in part.claims),
        )
        for n, (part, row) in enumerate(rows, 1)
    )
    heading = _heading(asked.reading)
    return write_completion_report(
        CompletionReport(heading, today(), results, _progress(view), view.bundle.text)
    )


def judgement(asked: Asked, content: Content) -> bytes:
    """Write the verification record, or the written opinion that sends a task back into work."""
    view = _view(asked, content)
    findings = tuple(
        Finding(n, part.text, part.verdict, dict(part.values).get("note", ""))
        for n, part in enumerate(view.criteria, 1)
    )
    found = Judgement(
        task=_heading(asked.reading),
        made_on=today(),
        office=_office(),
        verifier=current_user.name,
        findings=findings,
        remark=view.bundle.text,
        rework=asked.trigger == "rework",
        new_due_on=view.bundle.day("new_due_on"),
    )
    return write_judgement(found)


def _view(asked: Asked, content: Content) -> BundleView:
    reading = asked.reading
    bundle = build_bundle(asked.trigger, asked.form, content, reading)
    around = Around(reading.measures, reading.criteria, reading.evidence)
    return bundle_view(bundle.canonical_text, around)


def _heading(reading: TaskReading) -> TaskHeading:
    head = reading.head
    lead = [row.name for row in reading.departments if row.part == "lead"]
    return TaskHeading(
        organisation=current_user.organisation_name,
        plan_title=head.plan_title,
        plan_number=head.plan_document_number,
        number=head.number,
        objective=head.objective,
        lead_department="、".join(lead),
        supporting_departments=tuple(row.name for row in reading.departments if row.part != "lead"),
        leaders=tuple(_chinese(reading).person(person) for person in reading.case.leaders),
        due_on=head.due_on,
        due_text=head.deadline_text,
        measures=tuple(row.text for row in reading.measures),
    )


def _progress(view: BundleView) -> tuple[MeasureProgress, ...]:
    said = ((n, dict(part.values)) for n, part in enumerate(view.measures, 1))
    return tuple(
        MeasureProgress(n, v.get("progress", ""), v.get("problems", ""), v.get("next_step", ""))
        for n, v in said
    )


def _outlook(number: int, part: PartView) -> CriterionOutlook:
    said = dict(part.values)
    done = part.verdict == Verdict.MET
    why, following = said.get("why", ""), said.get("next_step", "")
    return CriterionOutlook(number, part.text, done, why, following, part.expected_on)


def _line(view: ClaimView) -> EvidenceLine:
    claim = view.claim
    detail = claim.file_name or claim.address or ""
    if claim.document_number:
        detail = f"{claim.document_number}，{claim.place}，{claim.custodian}"
    return EvidenceLine(claim.title, _word("evidence", claim.kind), detail)


def _suspension(reading: TaskReading) -> str:
    """Say until when and why the task is suspended; a report is owed all the same."""
    if reading.head.state != State.SUSPENDED:
        return ""
    moved = [
        row for row in reading.revisions if row.trigger == "suspend" and row.state == "moved" and row.newest
    ]
    return _words_of(moved[-1].bundle, reading) if moved else ""


def _words_of(text: str, reading: TaskReading) -> str:
    """Give the words of a bundle with the day it names for the end."""
    view = bundle_view(text, Around(reading.measures, reading.criteria, ()))
    day = view.bundle.day("ends_on")
    until = _chinese(reading).say("suspended_until", {"day": day}) if day else ""
    return f"{view.bundle.text}{until}"


def _office() -> str:
    """Name the office that judges: the verification group for its members, else the performance office."""
    groups = (Role.VERIFICATION_GROUP, Role.PERFORMANCE_OFFICE)
    role = next((role for role in groups if actor().has_role(role)), Role.PERFORMANCE_OFFICE)
    return _word("role", role)


def _chinese(reading: TaskReading) -> Wording:
    """The papers of the house are in Chinese, whoever writes them."""
    return wording(reading.names).in_language("zh")


def _word(vocabulary: str, code: str) -> str:
    return wording().in_language("zh").word(vocabulary, code)
