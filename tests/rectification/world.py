"""One task with one person per role, and for every trigger a bundle with nothing missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from engine.actor import Actor
from engine.bundle import Bundle, Claim, Entry
from engine.commands import Method, Proof, Propose, SendBack, Sign
from engine.facts import Facts, OpenProposal
from workflows.rectification.facts import (
    ClockFact,
    CriterionFact,
    MeasureFact,
    ReportFact,
    TaskFacts,
)
from workflows.rectification.vocabulary import DeadlineKind, ReportKind, Role, State, TaskKind

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
TODAY = date(2026, 6, 1)
DUE = date(2026, 9, 30)
YEAR_END = date(2026, 12, 31)
MID_TERM = date(2026, 8, 15)
LATER = date(2026, 11, 20)

PEOPLE = {role: number for number, role in enumerate(Role, 101)}
"""One person for every role, the president's and the administrator's too."""

MEASURES = (31, 32)
CRITERIA = (41, 42)
TARGET = 30
MID_TERM_REPORT, YEAR_END_REPORT = 51, 52


def actor(role: Role) -> Actor:
    """The person of a role."""
    return Actor(PEOPLE[role], organisation=1, request_id="r")


def report(
    kind: ReportKind, round_: int = 1, *, received: bool = False, returned: bool = False
) -> ReportFact:
    """A report that was filed."""
    number = MID_TERM_REPORT if kind is ReportKind.MID_TERM else YEAR_END_REPORT
    return ReportFact(number, kind, round_, received, returned)


def clock(kind: DeadlineKind, due_on: date, *, held: bool = False) -> ClockFact:
    """A clock that runs."""
    return ClockFact(kind, due_on, due_on, held, visit=1)


def details(**changed: object) -> TaskFacts:
    """An acknowledged, dated task with two measures and two criteria, one of them with a target."""
    given = TaskFacts(
        task=12,
        plan=3,
        kind=TaskKind.DATED,
        due_on=DUE,
        review_on=YEAR_END,
        today=TODAY,
        acknowledged=True,
        suspended_from=None,
        measures=tuple(MeasureFact(measure, number) for number, measure in enumerate(MEASURES, 1)),
        criteria=(CriterionFact(CRITERIA[0], 1), CriterionFact(CRITERIA[1], 2, target=TARGET)),
        reports=(),
        clocks=(clock(DeadlineKind.MID_TERM_REPORT, MID_TERM),),
    )
    return replace(given, **changed)  # type: ignore[arg-type]  # Callers name fields of the record.


def facts(state: str = State.PLANNED, round_: int = 1, **changed: object) -> Facts:
    """The task in a state; whatever is named differs from :func:`details`."""
    if state == State.SUSPENDED:
        changed = {"suspended_from": State.IN_PROGRESS, **changed}
    return Facts(
        subject="task:12",
        organisation=1,
        state=state,
        version=4,
        round=round_,
        holders={role: ((person,),) for role, person in PEOPLE.items()},
        parts=frozenset((*(f"measure:{m}" for m in MEASURES), *(f"criterion:{c}" for c in CRITERIA))),
        details=details(**changed),
    )


def claim(kind: str, *proves: str) -> Claim:
    """A file handed in."""
    return Claim(kind, f"A {kind}", proves=proves, sha256="c" * 64, size=10, file_name="file.pdf")


_WORK_PLAN = tuple(
    Entry(f"measure:{measure}", (("first_on", "2026-06-08"), ("last_on", "2026-09-30")))
    for measure in MEASURES
)
_PROGRESS = tuple(Entry(f"measure:{measure}", (("progress", "Half done"),)) for measure in MEASURES)
_DONE = (
    Entry(f"criterion:{CRITERIA[0]}", (("verdict", "met"),)),
    Entry(f"criterion:{CRITERIA[1]}", (("verdict", "met"), ("reached", str(TARGET)))),
)
_YEAR_END = (
    _DONE[0],
    Entry(
        f"criterion:{CRITERIA[1]}",
        (("verdict", "partly"), ("why", "Late"), ("next_step", "Go on"), ("expected_on", "2026-12-01")),
    ),
)
_UNMET = (_DONE[0], Entry(f"criterion:{CRITERIA[1]}", (("verdict", "not_met"),)))
_PROOF = claim("proof", *(f"criterion:{criterion}" for criterion in CRITERIA))
_NEW_DAY = (("new_due_on", LATER),)

_CONTENT: dict[str, Bundle] = {
    trigger: Bundle("task:12", 1, "rectification@1", trigger, **said)  # type: ignore[arg-type]  # As above.
    for trigger, said in {
        "acknowledge": {},
        "start": {"evidence": (claim("work_plan"),), "entries": _WORK_PLAN},
        "report_mid_term": {"evidence": (claim("mid_term_report"),), "entries": _PROGRESS},
        "report_year_end": {"evidence": (claim("year_end_report"),), "entries": _YEAR_END},
        "receive_report": {"references": (("report", str(MID_TERM_REPORT)),)},
        "return_report": {
            "text": "The second measure is missing.",
            "references": (("report", str(MID_TERM_REPORT)),),
            "dates": _NEW_DAY,
        },
        "complete": {"evidence": (claim("completion_report"), _PROOF), "entries": _DONE},
        "verify": {"evidence": (claim("verification_record"),), "entries": _DONE},
        "rework": {"evidence": (claim("written_opinion"),), "entries": _UNMET, "dates": _NEW_DAY},
        "publicize": {"text": "All is well.", "evidence": (claim("publication"),)},
        "withhold": {"text": "It touches a case.", "references": (("basis", "Rule 7"),)},
        "reopen": {
            "evidence": (claim("finding"),),
            "references": (("source", "Inspection of 2026"),),
            "dates": _NEW_DAY,
        },
        "answer_finding": {"text": "The counter was open; the sign was not."},
        "suspend": {"text": "The system is being replaced.", "dates": (("ends_on", LATER),)},
        "resume": {},
        "cancel": {"evidence": (claim("decision"),)},
    }.items()
}


def bundle(trigger: str, round_: int = 1, **changed: object) -> Bundle:
    """A complete bundle for a trigger; whatever is named differs."""
    return replace(_CONTENT[trigger], round=round_, **changed)  # type: ignore[arg-type]  # As above.


def about_report(kind: ReportKind) -> tuple[tuple[str, str], ...]:
    """The reference to a report."""
    return (("report", str(report(kind).report)),)


def propose(said: Bundle, version: int = 4) -> Propose:
    """The command that proposes a bundle."""
    return Propose(said, version, "key")


def sign(proposal: OpenProposal) -> Sign:
    """The command that signs a proposal as it was shown."""
    digest = proposal.bundle.digest
    return Sign(proposal.identifier, proposal.revision, digest, Proof(Method.PASSWORD, (digest,), "f" * 64))


def send_back(proposal: OpenProposal) -> SendBack:
    """The command that sends a proposal back."""
    return SendBack(proposal.identifier, proposal.revision, "Please say more.")
