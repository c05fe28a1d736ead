"""What a step leaves behind besides the new state: reports, verdicts, progress, publications."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bundle import Bundle, Entry
from engine.canonical import canonical, sha256
from engine.decision import SubjectMoved
from workflows.rectification.clocks import Clocks
from workflows.rectification.records import (
    Consequence,
    CriterionJudged,
    ProgressNoted,
    Published,
    ReportFiled,
    ReportReceived,
    ReportReturned,
)
from workflows.rectification.vocabulary import DeadlineKind, EvidenceKind, ReportKind, State, Verdict

_REPORT_CLOCKS = {
    ReportKind.MID_TERM: DeadlineKind.MID_TERM_REPORT,
    ReportKind.YEAR_END: DeadlineKind.YEAR_END_REPORT,
}
_FILING = {"report_mid_term": ReportKind.MID_TERM, "report_year_end": ReportKind.YEAR_END}
_JUDGING = {
    "report_year_end": "department",
    "complete": "department",
    "verify": "verifier",
    "rework": "verifier",
}


def consequences(moved: SubjectMoved, clocks: Clocks) -> tuple[Consequence, ...]:
    """Give what a step leaves behind.

    Args:
        moved: The step.
        clocks: The task's clocks as they stood before it.
    """
    return (
        *_reports(moved, clocks),
        *_verdicts(moved),
        *_progress(moved.bundle),
        *_publications(moved),
    )


def _reports(moved: SubjectMoved, clocks: Clocks) -> Iterator[Consequence]:
    bundle = moved.bundle
    if moved.trigger in _FILING:
        yield _filed(_FILING[moved.trigger], moved, clocks)
    elif moved.trigger == "complete":
        # A completion counts as the reports that were still owed; whether in time, its day says.
        for kind, clock in _REPORT_CLOCKS.items():
            if clocks.due_on(clock) is not None:
                yield _filed(kind, moved, clocks)
    elif moved.trigger == "receive_report":
        yield ReportReceived(int(bundle.reference("report")), clocks.today.year)
    elif moved.trigger == "return_report":
        new_day = bundle.day("new_due_on")
        if new_day is not None:
            yield ReportReturned(int(bundle.reference("report")), bundle.text.strip(), new_day)


def _filed(kind: ReportKind, moved: SubjectMoved, clocks: Clocks) -> ReportFiled:
    clock = _REPORT_CLOCKS[kind]
    return ReportFiled(
        kind=kind,
        by_completion=moved.trigger == "complete",
        while_suspended=moved.origin == State.SUSPENDED,
        due_on=clocks.due_on(clock),
        reported_on=clocks.met_on(clock),
    )


def _verdicts(moved: SubjectMoved) -> Iterator[Consequence]:
    given_by = _JUDGING.get(moved.trigger)
    if given_by is None:
        return
    for entry in moved.bundle.entries:
        verdict = entry.get("verdict")
        if entry.about.startswith("criterion:") and verdict in set(Verdict):
            note = entry.get("note") or entry.get("why")
            yield CriterionJudged(_number(entry), given_by, Verdict(verdict), note)


def _progress(bundle: Bundle) -> Iterator[Consequence]:
    for entry in bundle.entries:
        if entry.about.startswith("measure:"):
            yield ProgressNoted(
                measure=_number(entry),
                first_on=entry.day("first_on"),
                last_on=entry.day("last_on"),
                progress=entry.get("progress"),
                problems=entry.get("problems"),
                next_step=entry.get("next_step"),
            )


def _publications(moved: SubjectMoved) -> Iterator[Consequence]:
    if moved.trigger != "publicize":
        return
    claims = (claim for claim in moved.bundle.evidence if claim.kind == EvidenceKind.PUBLICATION)
    claim = next(claim for claim in claims if claim.address or claim.sha256)
    text = moved.bundle.text.strip()
    digest = sha256(canonical({"text": text, "address": claim.address, "scan": claim.sha256}))
    yield Published(digest, text, claim.address, claim.sha256)


def _number(entry: Entry) -> int:
    return int(entry.about.partition(":")[2])
