"""People of the court who act on the task through the one service, and what each of them says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from engine.bundle import Bundle, Claim, Entry
from engine.commands import Command, Method, Proof, Propose, Sign
from tests.contract.court import CRITERIA, DUE, MEASURES, NOW, RULES, TARGET, TASK, actor
from workflows.extension.gathering import open_extension
from workflows.rectification.ports import TaskStore
from workflows.rectification.records import Case, Receipt
from workflows.rectification.service import submit
from workflows.rectification.vocabulary import Role

LATER = date(2026, 11, 20)


def claim(kind: str, *proves: str, title: str = "") -> Claim:
    """A file handed in."""
    title = title or f"A {kind}"
    return Claim(kind, title, proves=proves, sha256="c" * 64, size=10, file_name="file.pdf")


_WORK_PLAN = tuple(
    Entry(f"measure:{measure}", (("first_on", "2026-03-09"), ("last_on", DUE.isoformat())))
    for measure in MEASURES
)
_PROGRESS = tuple(
    Entry(f"measure:{measure}", (("progress", f"Half of {measure}"), ("problems", "Few people")))
    for measure in MEASURES
)
_DONE = (
    Entry(f"criterion:{CRITERIA[0]}", (("verdict", "met"),)),
    Entry(f"criterion:{CRITERIA[1]}", (("verdict", "met"), ("reached", str(TARGET)))),
)
_NOT_YET = (
    _DONE[0],
    Entry(
        f"criterion:{CRITERIA[1]}",
        (("verdict", "partly"), ("why", "Late"), ("next_step", "Go on"), ("expected_on", "2026-12-01")),
    ),
)
_UNMET = (_DONE[0], Entry(f"criterion:{CRITERIA[1]}", (("verdict", "not_met"), ("note", "Only three days"))))
_PROOF = claim("proof", *(f"criterion:{criterion}" for criterion in CRITERIA))
_NEW_DAY = (("new_due_on", LATER),)

SAID: dict[str, Bundle] = {
    trigger: Bundle(f"task:{TASK}", 1, "rectification@1", trigger, **said)  # type: ignore[arg-type]  # Fields of the record.
    for trigger, said in {
        "acknowledge": {},
        "start": {"evidence": (claim("work_plan"),), "entries": _WORK_PLAN},
        "report_mid_term": {"evidence": (claim("mid_term_report"),), "entries": _PROGRESS},
        "report_year_end": {"evidence": (claim("year_end_report"),), "entries": _NOT_YET},
        "receive_report": {},
        "return_report": {"text": "The second measure is missing.", "dates": _NEW_DAY},
        "complete": {"evidence": (claim("completion_report"), _PROOF), "entries": _DONE},
        "verify": {"evidence": (claim("verification_record"),), "entries": _DONE},
        "rework": {
            "text": "Three days are not five.",
            "evidence": (claim("written_opinion"),),
            "entries": _UNMET,
            "dates": _NEW_DAY,
        },
        "publicize": {"text": "All is well.", "evidence": (claim("publication"),)},
        "reopen": {
            "text": "Visitors wait again.",
            "evidence": (claim("finding"),),
            "references": (("source", "Inspection of 2026"),),
            "dates": _NEW_DAY,
        },
        "suspend": {"text": "The system is being replaced.", "dates": (("ends_on", LATER),)},
        "resume": {},
        "cancel": {"evidence": (claim("decision"),)},
    }.items()
}
"""A complete bundle for each trigger."""

ASKED = Bundle(
    f"extension:{TASK}.1",
    1,
    "extension@1",
    "grant",
    text="The supplier delivers late.",
    evidence=(claim("extension_proof"),),
    dates=(("due_on", DUE), ("new_due_on", DUE + timedelta(days=20))),
    references=(("category", "outsiders"),),
)
"""A short first extension with nothing missing."""

SIGNERS = {
    "start": (Role.DEPARTMENT_HEAD, Role.RESPONSIBLE_LEADER),
    "report_mid_term": (Role.DEPARTMENT_HEAD, Role.RESPONSIBLE_LEADER),
    "report_year_end": (Role.DEPARTMENT_HEAD, Role.RESPONSIBLE_LEADER),
    "complete": (Role.DEPARTMENT_HEAD, Role.RESPONSIBLE_LEADER),
    "verify": (Role.PERFORMANCE_OFFICE_HEAD, Role.RESPONSIBLE_LEADER),
    "rework": (Role.PERFORMANCE_OFFICE_HEAD, Role.PERFORMANCE_LEADER),
    "publicize": (Role.DEPARTMENT_HEAD, Role.CONFIDENTIALITY_REVIEWER, Role.RESPONSIBLE_LEADER),
    "reopen": (Role.PERFORMANCE_OFFICE_HEAD, Role.PERFORMANCE_LEADER),
    "suspend": (Role.DEPARTMENT_HEAD, Role.PERFORMANCE_OFFICE_HEAD, Role.RESPONSIBLE_LEADER),
    "resume": (Role.DEPARTMENT_HEAD, Role.RESPONSIBLE_LEADER),
    "cancel": (Role.PERFORMANCE_OFFICE_HEAD, Role.RESPONSIBLE_LEADER, Role.PERFORMANCE_LEADER),
}
PROPOSERS = dict.fromkeys(
    ("receive_report", "return_report", "verify", "rework", "reopen", "cancel"), Role.PERFORMANCE_OFFICE
) | {"publicize": Role.PUBLICITY_OFFICE}
"""Who proposes; the handler does what is not named."""


class Course:
    """The task on its way; time goes on by a minute with every act.

    Attributes:
        now: The moment of the next act.
    """

    def __init__(self, store: TaskStore) -> None:
        self.store = store
        self.now: datetime = NOW + timedelta(hours=1)
        self._keys = 0

    def case(self) -> Case:
        """The task as it stands."""
        with self.store.work(TASK, actor(Role.HANDLER), self.now) as work:
            return work.case

    def command(self, trigger: str, **changed: object) -> Propose:
        """The command that proposes a move as the task stands."""
        case = self.case()
        self._keys += 1
        said = replace(SAID[trigger], round=case.task.round, **changed)  # type: ignore[arg-type]  # Fields of the record.
        return Propose(said, case.task.version, f"key {self._keys}")

    def propose(self, trigger: str, **changed: object) -> Receipt:
        """Propose a move as whoever does so."""
        return self.submit(self.command(trigger, **changed), PROPOSERS.get(trigger, Role.HANDLER))

    def ask(self, **changed: object) -> Propose:
        """The command that asks for more time: short and first as it stands, or what is named."""
        case = self.case()
        self._keys += 1
        record = open_extension(case)
        number = record.number if record else len(case.extensions) + 1
        given = replace(ASKED, subject=f"extension:{TASK}.{number}")
        return Propose(replace(given, **changed), 1, f"key {self._keys}")  # type: ignore[arg-type]  # Fields of the record.

    def extend(self, *signers: Role, by: Role = Role.HANDLER, **changed: object) -> Receipt:
        """Ask for more time, or end an extension, and let some sign."""
        receipt = self.submit(self.ask(**changed), by)
        for role in signers:
            receipt = self.sign(role, of_extension=True)
        return receipt

    def sign(self, role: Role, opinion: str = "", *, of_extension: bool = False) -> Receipt:
        """Sign the open proposal of the task or of its extension."""
        case = self.case()
        proposal = case.extension_proposal if of_extension else case.proposal
        assert proposal is not None
        digest = proposal.bundle.digest
        proof = Proof(Method.PASSWORD, (digest,), "f" * 64)
        return self.submit(Sign(proposal.identifier, proposal.revision, digest, proof, opinion), role)

    def pass_through(self, trigger: str, **changed: object) -> Receipt:
        """Propose a move and let everybody sign who must."""
        receipt = self.propose(trigger, **changed)
        for role in SIGNERS.get(trigger, ()):
            receipt = self.sign(role)
        assert receipt.moved
        return receipt

    def submit(self, command: Command, role: Role) -> Receipt:
        """Submit any command."""
        self.now += timedelta(minutes=1)
        return submit(self.store, RULES, TASK, command, actor(role), self.now)

    def wait_until(self, day: date) -> None:
        """Let time pass."""
        self.now = datetime(day.year, day.month, day.day, 2, tzinfo=self.now.tzinfo)


def about(case: Case) -> tuple[tuple[str, str], ...]:
    """The reference to the newest report."""
    return (("report", str(case.reports[-1].report)),)
