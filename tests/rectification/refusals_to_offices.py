"""What is refused where tasks are received, judged, published and ended: for each rule one case, by hand."""

from __future__ import annotations

from datetime import date

from engine.bundle import Claim
from tests.rectification.cases import Case, entries
from tests.rectification.world import (
    CRITERIA,
    LATER,
    TARGET,
    YEAR_END_REPORT,
    report,
)
from workflows.rectification.vocabulary import ReportKind, Role, State

PAST = date(2026, 5, 31)


_MET = (f"criterion:{CRITERIA[0]}", {"verdict": "met"})
_OTHER = f"criterion:{CRITERIA[1]}"
_REACHED = (_OTHER, {"verdict": "met", "reached": str(TARGET)})
_FILED = {kind: {"reports": (report(kind),)} for kind in ReportKind}
_OFFICE, _GROUP, _PUBLICITY = Role.PERFORMANCE_OFFICE, Role.VERIFICATION_GROUP, Role.PUBLICITY_OFFICE
_ABOUT_YEAR_END = (("report", str(YEAR_END_REPORT)),)
_ABOUT_NOTHING = (("report", "999"),)
_SEEN_ELSEWHERE = Claim("publication", "Notice", document_number="1", place="Archive", custodian="Somebody")


ANSWERING = (
    Case(
        "report_pending",
        "receive_report",
        State.IN_PROGRESS,
        "report_unknown",
        facts=_FILED[ReportKind.MID_TERM],
        said={"references": _ABOUT_NOTHING},
        role=_OFFICE,
    ),
    Case(
        "report_pending",
        "receive_report",
        State.CANCELLED,
        "report_already_received",
        facts={"reports": (report(ReportKind.MID_TERM, received=True),)},
        role=_OFFICE,
    ),
    *(
        case
        for state, kind, said in (
            (State.MID_TERM_REPORTED, ReportKind.MID_TERM, {}),
            (State.SUSPENDED, ReportKind.MID_TERM, {}),
            (State.MID_TERM_REPORTED, ReportKind.YEAR_END, {"references": _ABOUT_YEAR_END}),
        )
        for case in (
            Case(
                "report_pending",
                "return_report",
                state,
                "report_already_returned",
                facts={"reports": (report(kind, returned=True),)},
                said=said,
                role=_OFFICE,
            ),
            Case(
                "report_pending",
                "return_report",
                state,
                "report_already_received",
                facts={"reports": (report(kind, received=True),)},
                said=said,
                role=_OFFICE,
            ),
            Case(
                "text_given",
                "return_report",
                state,
                "text_missing",
                facts=_FILED[kind],
                said={**said, "text": " "},
                role=_OFFICE,
            ),
            Case(
                "new_day_given",
                "return_report",
                state,
                "day_missing",
                {"day": "new_due_on"},
                facts=_FILED[kind],
                said={**said, "dates": ()},
                role=_OFFICE,
            ),
        )
    ),
)

JUDGING = (
    *(
        Case(needs, trigger, State.COMPLETED, "not_independent", {"relation": needs}, role=_GROUP)
        for trigger in ("verify", "rework")
        for needs in ("evidence_submitter", "lead_department", "supporting_department")
    ),
    Case(
        "verification_record",
        "verify",
        State.COMPLETED,
        "evidence_missing",
        {"kind": "verification_record"},
        said={"evidence": ()},
        role=_GROUP,
    ),
    Case(
        "every_criterion_met",
        "verify",
        State.COMPLETED,
        "criterion_unjudged",
        {"criterion": 2},
        said={"entries": entries(_MET)},
        role=_GROUP,
    ),
    Case(
        "every_criterion_met",
        "verify",
        State.COMPLETED,
        "criterion_not_met",
        {"criterion": 2, "verdict": "partly"},
        said={"entries": entries(_MET, (_OTHER, {"verdict": "partly"}))},
        role=_OFFICE,
    ),
    Case(
        "written_opinion",
        "rework",
        State.COMPLETED,
        "evidence_missing",
        {"kind": "written_opinion"},
        said={"evidence": ()},
        role=_GROUP,
    ),
    Case(
        "some_criterion_unmet",
        "rework",
        State.COMPLETED,
        "every_criterion_met",
        said={"entries": entries(_MET, _REACHED)},
        role=_GROUP,
    ),
    Case(
        "new_day_given",
        "rework",
        State.COMPLETED,
        "day_missing",
        {"day": "new_due_on"},
        said={"dates": (("ends_on", LATER),)},
        role=_GROUP,
    ),
    Case(
        "new_day_given",
        "rework",
        State.COMPLETED,
        "day_passed",
        {"day": PAST},
        said={"dates": (("new_due_on", PAST),)},
        role=_GROUP,
    ),
)

ENDING = (
    Case(
        "publication",
        "publicize",
        State.VERIFIED,
        "evidence_missing",
        {"kind": "publication"},
        said={"evidence": ()},
        role=_PUBLICITY,
    ),
    Case("text_given", "publicize", State.VERIFIED, "text_missing", said={"text": ""}, role=_PUBLICITY),
    Case(
        "publication_placed",
        "publicize",
        State.VERIFIED,
        "publication_place_missing",
        said={"evidence": (_SEEN_ELSEWHERE,)},
        role=_PUBLICITY,
    ),
    Case("text_given", "withhold", State.VERIFIED, "text_missing", said={"text": "\n"}),
    Case(
        "basis_given",
        "withhold",
        State.VERIFIED,
        "basis_missing",
        said={"references": (("source", "Rule 7"),)},
    ),
    Case(
        "finding",
        "reopen",
        State.VERIFIED,
        "evidence_missing",
        {"kind": "finding"},
        said={"evidence": ()},
        role=_OFFICE,
    ),
    Case(
        "finding_sourced",
        "reopen",
        State.PUBLICIZED,
        "finding_source_missing",
        said={"references": (("source", " "),)},
        role=_OFFICE,
    ),
    Case(
        "new_day_given",
        "reopen",
        State.WITHHELD,
        "day_missing",
        {"day": "new_due_on"},
        said={"dates": ()},
        role=_OFFICE,
    ),
    Case("finding_put", "answer_finding", State.IN_PROGRESS, "no_finding", role=Role.RESPONSIBLE_LEADER),
    Case(
        "text_given",
        "answer_finding",
        State.COMPLETED,
        "text_missing",
        said={"text": " "},
        role=Role.RESPONSIBLE_LEADER,
        round=2,
    ),
    Case("text_given", "suspend", State.IN_PROGRESS, "text_missing", said={"text": " "}),
    Case("end_day_given", "suspend", State.PLANNED, "day_missing", {"day": "ends_on"}, said={"dates": ()}),
    Case(
        "end_day_given",
        "suspend",
        State.MID_TERM_REPORTED,
        "day_passed",
        {"day": PAST},
        said={"dates": (("ends_on", PAST),)},
    ),
    Case(
        "decision",
        "cancel",
        State.IN_PROGRESS,
        "evidence_missing",
        {"kind": "decision"},
        said={"evidence": ()},
        role=_OFFICE,
    ),
)


CASES = (*ANSWERING, *JUDGING, *ENDING)
