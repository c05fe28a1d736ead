"""Lets the people of the demonstration act: hand in files, import a plan, propose, sign, send back.

Everything goes through the product's own services, as from a page; only the moment is chosen. Must not know
what is played.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from cli.demo import court
from cli.demo.papers.reports import Subject, subject
from cli.demo.settling import Settled
from engine.bundle import Bundle, Claim, Entry, selection_digest
from engine.commands import Command, Method, Proof, Propose, SendBack, Sign
from engine.facts import OpenProposal
from storage.blob_index import keep_blob
from storage.database import Database
from storage.delegation_store import SqlDelegationStore
from storage.instruction_store import SqlInstructionStore
from storage.plan_store import SqlPlanStore
from storage.queries.task.evidence import EvidenceRow, evidence_of
from storage.queries.task.instructions import matters
from storage.task_store import SqlTaskStore
from workflows.delegations.records import Terms
from workflows.delegations.service import grant
from workflows.evidence.check import check_file
from workflows.evidence.ports import BlobStore
from workflows.extension.vocabulary import Trigger
from workflows.instructions.records import (
    InstructionKind,
    NewConclusion,
    RaiseMatter,
    RecordInstruction,
)
from workflows.instructions.service import carry_out
from workflows.plans import confirming
from workflows.plans.keeping import Kept
from workflows.plans.read import read_plan
from workflows.rectification.records import Case
from workflows.rectification.service import Rules, submit
from workflows.rectification.subjects import extension_of, task_of
from workflows.rectification.vocabulary import EvidenceKind, Level

_LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Said:
    """What a form says: the part of a bundle that a person fills in."""

    text: str = ""
    evidence: tuple[Claim, ...] = ()
    entries: tuple[Entry, ...] = ()
    dates: tuple[tuple[str, date], ...] = ()
    references: tuple[tuple[str, str], ...] = ()


Form = Callable[[Case], Said]
"""Fills in a form about a task as it stands."""


class Stage:
    """The court at work.

    Args:
        database: Where everything but files is kept.
        blobs: Where files are kept.
        rules: Calendar, time zone and ladders.
        settled: The court's people.
    """

    def __init__(self, database: Database, blobs: BlobStore, rules: Rules, settled: Settled) -> None:
        self._database = database
        self._blobs = blobs
        self._rules = rules
        self._settled = settled
        self._tasks = SqlTaskStore(database, rules.timetable.zone)
        self._plans = SqlPlanStore(database)

    def hand_in(self, name: str, data: bytes, now: datetime) -> str:
        """Store a file as an upload is stored: examined first; gives its SHA-256."""
        stream = io.BytesIO(data)
        check_file(name, stream)
        blob = self._blobs.put(stream, _LARGEST)
        with self._database.write() as connection:
            keep_blob(connection, blob, now)
        return blob.digest

    def import_plan(self, login: str, name: str, text: str, now: datetime) -> tuple[int, ...]:
        """Read a plan and create its tasks; gives them in the plan's order.

        Raises:
            RefusedError: The plan leaves a question open, which a sample plan must not.
        """
        data, actor = text.encode(), self._settled.actor(login)
        digest = self.hand_in(name, data, now)
        draft = confirming.begin(self._plans, (digest, name), Kept(read_plan(name, data)), actor, now)
        return confirming.confirm(self._plans, self._rules, draft, 1, actor, now).tasks

    def propose(self, login: str, task: int, trigger: str, form: Form, now: datetime) -> None:
        """Propose a move; one that asks for no signature happens.

        Raises:
            RefusedError: The product would refuse it on a page, too.
        """
        case = self._look(login, task, now)
        said = form(case)
        about = extension_of if trigger in set(Trigger) else task_of
        subject = about(case, self.today(now))
        bundle = Bundle(
            subject=subject.facts.subject,
            round=subject.facts.round,
            definition=subject.workflow.definition.reference,
            trigger=trigger,
            text=said.text,
            evidence=said.evidence,
            entries=said.entries,
            dates=said.dates,
            references=said.references,
        )
        key = f"demo-{task}-{trigger}-{now.timestamp():.0f}"
        self._submit(login, task, Propose(bundle, subject.facts.version, key), now)

    def sign(
        self,
        login: str,
        task: int,
        opinion: str,
        now: datetime,
        principal: str = "",
        *,
        of_extension: bool = False,
    ) -> None:
        """Sign the open proposal of the task, or of its extension; for a principal, where they delegated."""
        proposal = self._open(login, task, now, of_extension=of_extension)
        shown = (proposal.bundle.digest,)
        proof = Proof(Method.PASSWORD, shown, selection_digest(shown))
        behalf = self._settled.people[principal] if principal else None
        digest = proposal.bundle.digest
        command = Sign(proposal.identifier, proposal.revision, digest, proof, opinion, on_behalf_of=behalf)
        self._submit(login, task, command, now)

    def delegate(self, login: str, delegate: str, days: tuple[date, date], now: datetime) -> None:
        """Let somebody sign for a leader from one day until another."""
        people = self._settled.people
        terms = Terms(people[login], people[delegate], *days)
        store = SqlDelegationStore(self._database)
        grant(store, terms, self._settled.actor(login), now, self.today(now))

    def send_back(self, login: str, task: int, reason: str, now: datetime) -> None:
        """Send the open proposal back."""
        proposal = self._open(login, task, now)
        self._submit(login, task, SendBack(proposal.identifier, proposal.revision, reason), now)

    def raise_matter(self, login: str, task: int, text: str, now: datetime) -> None:
        """Raise a matter to the task's leader."""
        leader = self._look(login, task, now).leaders[0]
        command = RaiseMatter(leader, text, f"demo-{task}-{now.timestamp():.0f}")
        self._say(login, task, command, now)

    def instruct(
        self, login: str, task: int, text: str, charge: tuple[str, str, date], now: datetime
    ) -> None:
        """Give an instruction that takes up the newest matter.

        Args:
            login: The leader.
            task: The task.
            text: What it says.
            charge: Its one conclusion: what, whose by login, until when.
            now: When.
        """
        what, whose, until = charge
        actor = self._settled.actor(login)
        with self._database.read() as connection:
            newest = [row.matter for row in matters(connection, actor, task)][:1]
        command = RecordInstruction(
            leader=actor.person,
            kind=InstructionKind.INSTRUCTION,
            given_on=self.today(now),
            text=text,
            conclusions=(NewConclusion(what, self._settled.people[whose], until),),
            matters=tuple(newest),
            file=None,
            key=f"demo-{task}-{now.timestamp():.0f}",
        )
        self._say(login, task, command, now)

    def claim(
        self,
        kind: EvidenceKind,
        title: str,
        file: tuple[str, bytes],
        now: datetime,
        proves: tuple[str, ...] = (),
        level: Level = Level.INTERNAL,
    ) -> Claim:
        """Hand in a file and say what it is."""
        name, data = file
        bare = Claim(kind, title, proves, level, file_name=name)
        return replace(bare, sha256=self.hand_in(name, data, now), size=len(data))

    def handed_in(self, login: str, task: int) -> dict[str, Claim]:
        """Give what was handed in about a task before, by title: it is referred to, not handed in again."""
        with self._database.read() as connection:
            rows = evidence_of(connection, self._settled.actor(login), task)
        return {row.title: _again(row) for row in rows}

    def subject(self, writer: str, task: int, leader: str) -> Subject:
        """Look up what a report is about."""
        name = next(member.name for member in court.MEMBERS if member.login == leader)
        return subject(self._database, self._settled.actor(writer), task, name)

    def today(self, now: datetime) -> date:
        """Give the local day of a moment."""
        return self._rules.timetable.local_day(now)

    def _submit(self, login: str, task: int, command: Command, now: datetime) -> None:
        submit(self._tasks, self._rules, task, command, self._settled.actor(login), now)

    def _say(self, login: str, task: int, command: RaiseMatter | RecordInstruction, now: datetime) -> None:
        store = SqlInstructionStore(self._database, self._rules.timetable.zone)
        carry_out(store, self._rules.timetable, task, command, self._settled.actor(login), now)

    def _look(self, login: str, task: int, now: datetime) -> Case:
        with self._tasks.work(task, self._settled.actor(login), now) as work:
            return work.case

    def _open(self, login: str, task: int, now: datetime, *, of_extension: bool = False) -> OpenProposal:
        case = self._look(login, task, now)
        found = case.extension_proposal if of_extension else case.proposal
        if found is None:
            message = f"task {task} has no open proposal at {now}: the story is wrong"
            raise LookupError(message)
        return found


def _again(row: EvidenceRow) -> Claim:
    return Claim(
        kind=row.kind,
        title=row.title,
        proves=row.proves,
        level=row.level,
        sha256=row.sha256,
        size=row.size,
        file_name=row.file_name,
        evidence=row.evidence,
    )
