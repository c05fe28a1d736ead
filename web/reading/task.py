"""Everything the page of a task shows, read in one short reading with a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from engine.actor import Actor
from engine.facts import Facts
from engine.machine import Workflow
from storage.database import Database
from storage.queries import Reading
from storage.queries.people import names
from storage.queries.task import clocks, evidence, extensions, head, history, papers, parts
from storage.queries.task.case import case_of
from storage.queries.task.clocks import ClockRow, RungRow
from storage.queries.task.evidence import EvidenceRow
from storage.queries.task.extensions import ExtensionRow
from storage.queries.task.head import TaskDepartment, TaskHead
from storage.queries.task.history import ReportRow, RevisionRow, SeatRow, SendBackRow, SignatureRow, StepRow
from storage.queries.task.papers import PaperRow
from storage.queries.task.parts import CriterionRow, MeasureRow, VerdictRow
from workflows.rectification.records import Case
from workflows.rectification.subjects import Subject, extension_of, task_of


@dataclass(frozen=True, slots=True)
class TaskReading:
    """A task with everything around it, as of one moment.

    Pages about a proposal or a form ask ``facts`` and ``workflow`` of the subject they are about: the task,
    or in :meth:`of_extension` its extension.
    """

    head: TaskHead
    departments: tuple[TaskDepartment, ...]
    measures: tuple[MeasureRow, ...]
    criteria: tuple[CriterionRow, ...]
    verdicts: tuple[VerdictRow, ...]
    evidence: tuple[EvidenceRow, ...]
    clocks: tuple[ClockRow, ...]
    rungs: tuple[RungRow, ...]
    steps: tuple[StepRow, ...]
    revisions: tuple[RevisionRow, ...]
    seats: tuple[SeatRow, ...]
    signatures: tuple[SignatureRow, ...]
    send_backs: tuple[SendBackRow, ...]
    reports: tuple[ReportRow, ...]
    papers: tuple[PaperRow, ...]
    unchained: frozenset[datetime]
    extensions: tuple[ExtensionRow, ...]
    case: Case
    subject: Subject
    extension: Subject
    names: Mapping[int, str]

    @property
    def facts(self) -> Facts:
        """The facts of the subject."""
        return self.subject.facts

    @property
    def workflow(self) -> Workflow:
        """The definition the subject runs on."""
        return self.subject.workflow

    @property
    def on_extension(self) -> bool:
        """Whether the subject is the extension."""
        return self.subject is self.extension

    @property
    def open_revision(self) -> RevisionRow | None:
        """The newest revision of the subject's open proposal."""
        opened = self.facts.proposal
        return next(
            (r for r in self.revisions if opened and r.proposal == opened.identifier and r.newest), None
        )

    def of_extension(self) -> TaskReading:
        """Give the same reading with the task's open or next extension as its subject."""
        return replace(self, subject=self.extension)

    def about(self, proposal: int) -> TaskReading:
        """Give the reading with the subject that a proposal is about."""
        of_extension = any(row.proposal == proposal and row.extension for row in self.revisions)
        return self.of_extension() if of_extension else self


def read_task(database: Database, actor: Actor, number: int, today: date) -> TaskReading:
    """Read a task.

    Raises:
        NotFoundError: There is none that this actor may see.
        SurroundingsError: The database failed.
    """
    with database.read() as connection:
        reading = _read(connection, actor, number, today)
        return replace(reading, names=names(connection, actor, set(_people(reading))))


def _read(connection: Reading, actor: Actor, number: int, today: date) -> TaskReading:
    case = case_of(connection, actor, number, today)
    return TaskReading(
        head=head.head(connection, actor, number),
        departments=head.departments(connection, actor, number),
        measures=parts.measures(connection, actor, number),
        criteria=parts.criteria(connection, actor, number),
        verdicts=parts.verdicts(connection, actor, number),
        evidence=evidence.evidence_of(connection, actor, number),
        clocks=clocks.clocks(connection, actor, number),
        rungs=clocks.rungs(connection, actor, number),
        steps=history.steps(connection, actor, number),
        revisions=history.revisions(connection, actor, number),
        seats=history.seats(connection, actor, number),
        signatures=history.signatures(connection, actor, number),
        send_backs=history.send_backs(connection, actor, number),
        reports=history.reports(connection, actor, number),
        papers=papers.papers(connection, actor, number),
        unchained=history.unchained(connection, actor, number),
        extensions=extensions.extensions(connection, actor, number),
        case=case,
        subject=task_of(case, today),
        extension=extension_of(case, today),
        names={},
    )


def _people(reading: TaskReading) -> Iterator[int]:
    found: Iterator[int | None] = iter(
        (
            *reading.case.leaders,
            *(position.person for position in reading.case.positions),
            *(row.handed_in_by for row in reading.evidence),
            *(row.person for row in reading.steps),
            *(row.asked_by for row in reading.extensions),
            *(
                person
                for row in reading.revisions
                for person in (row.proposer, row.closed_by, row.closed_for)
            ),
            *(person for row in reading.seats for person in row.candidates),
            *(row.registered_by for row in reading.signatures),
            *(person for row in reading.signatures for person in (row.person, row.on_behalf_of)),
            *(person for pair in reading.facts.delegations.items() for person in (pair[0], *pair[1])),
            *(person for row in reading.send_backs for person in (row.person, row.on_behalf_of)),
            *(person for row in reading.reports for person in (row.received_by, row.returned_by)),
            *(person for row in reading.papers for person in (row.signer, row.on_behalf_of)),
            *(person for row in reading.papers for person in (row.registered_by, row.decided_by)),
            *(row.person for row in reading.verdicts),
        )
    )
    return (person for person in found if person is not None)
