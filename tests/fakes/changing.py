"""How the twin writes a change: from one set of records to the next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from engine.actor import Actor
from engine.audit import GENESIS, write_entry
from engine.bundle import Bundle
from engine.decision import (
    ProposalClosed,
    ProposalOpened,
    ProposalRevised,
    SeatResolvedAgain,
    SignatureGiven,
    SubjectMoved,
)
from engine.facts import LatestChange, OpenProposal, Seat
from tests.fakes.consequences import leave_behind
from tests.fakes.rows import ClockRow, EvidenceRow, NoticeRow, ProposalRow, Rows, SignatureRow, StepRow
from workflows.rectification.records import (
    Change,
    ClockHeld,
    ClockRecord,
    ClockRested,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    DeadlineKind,
    Earlier,
    Receipt,
)

JUDGING = {
    "acknowledge",
    "receive_report",
    "return_report",
    "verify",
    "rework",
    "publicize",
    "reopen",
    "answer_finding",
    "cancel",
}
"""What is handed in with these makes nobody a party to what is judged."""

_RUNNING: tuple[str, datetime | None, tuple[tuple[str, bool], ...]] = ("running", None, ())
"""State, since when held, and rests of a clock that begins to run."""


@dataclass
class Writing:
    """One change on its way into the records."""

    rows: Rows
    actor: Actor
    now: datetime
    unreachable: Collection[int]
    opened: int | None = None

    def write(self, change: Change) -> Receipt:
        """Write everything and give the receipt."""
        rows, before = self.rows, self.rows.case.proposal
        proposal = before
        for effect in change.decision.effects:
            proposal = self._effect(effect, proposal)
        number = self.opened or (before.identifier if before else None)
        self._clocks(change, number)
        receipt = leave_behind(rows, change)
        self._turns(proposal)
        task = replace(
            rows.case.task,
            state=change.task.state,
            version=change.task.version,
            round=change.task.round,
            due_on=change.task.due_on,
            suspended_from=change.task.suspended_from,
            acknowledged=change.task.acknowledged,
            latest=LatestChange(self.actor.person, self.now, change.decision.deed),
        )
        submitters = frozenset(
            row.person
            for row in rows.evidence
            if row.proposal and rows.proposals[row.proposal].trigger not in JUDGING
        )
        handed_in = frozenset(range(1, len(rows.evidence) + 1))
        rows.case = replace(
            rows.case, task=task, proposal=proposal, submitters=submitters, evidence=handed_in
        )
        day, kind = change.task.next_due_on, change.task.next_kind
        rows.next_due = (day, kind) if day and kind else None
        self._tell(change, receipt)
        self._record(change, receipt)
        moved = change.decision.moved
        where = moved.proposal if moved else number
        return Receipt(task.task, where, task.state, task.version, moved=moved is not None)

    def _effect(self, effect: object, proposal: OpenProposal | None) -> OpenProposal | None:
        rows = self.rows
        match effect:
            case ProposalOpened():
                return self._open(effect)
            case ProposalRevised() if proposal:
                return self._revise(effect, proposal)
            case ProposalClosed():
                row = rows.proposals[effect.proposal]
                row = replace(row, state=effect.outcome, reason=effect.reason)
                rows.proposals[row.number] = replace(row, closed_by=self.actor.person, closed_at=self.now)
                return None
            case SeatResolvedAgain() if proposal:
                return _with_seat(proposal, replace(effect.now, identifier=effect.seat.identifier))
            case SignatureGiven() if proposal:
                given = (effect.proposal, effect.revision, effect.signer, effect.seat.role)
                rows.signatures = (*rows.signatures, SignatureRow(*given, effect.opinion))
                signed = replace(effect.seat, signed_by=effect.signer, signed_at=self.now)
                return _with_seat(proposal, signed)
            case SubjectMoved():
                self._move(effect)
        return proposal

    def _open(self, opened: ProposalOpened) -> OpenProposal:
        rows, person = self.rows, self.actor.person
        assert person is not None
        self.opened = number = len(rows.proposals) + 1
        rows.proposals[number] = ProposalRow(number, opened.bundle.trigger, "open", 1, person)
        receipt = Receipt(rows.case.task.task, number, "", 0, moved=False, repeated=True)
        rows.keys[opened.key] = Earlier(opened.bundle.digest, receipt)
        self._hand_in(opened.bundle, number)
        return OpenProposal(number, 1, opened.bundle, person, self._seats(opened.seats), self.now)

    def _revise(self, revised: ProposalRevised, before: OpenProposal) -> OpenProposal:
        rows = self.rows
        rows.signatures = tuple(
            replace(row, void=row.void or "revised") if row.proposal == revised.proposal else row
            for row in rows.signatures
        )
        row = rows.proposals[revised.proposal]
        rows.proposals[row.number] = replace(row, revision=revised.revision)
        self._hand_in(revised.bundle, revised.proposal, before.bundle)
        return replace(
            before, revision=revised.revision, bundle=revised.bundle, seats=self._seats(revised.seats)
        )

    def _seats(self, seats: tuple[Seat, ...]) -> tuple[Seat, ...]:
        first = self.rows.seats + 1
        self.rows.seats += len(seats)
        return tuple(replace(seat, identifier=number) for number, seat in enumerate(seats, first))

    def _hand_in(self, bundle: Bundle, proposal: int | None, before: Bundle | None = None) -> None:
        known = before.evidence if before else ()
        person, round_ = self.actor.person, self.rows.case.task.round
        assert person is not None
        self.rows.evidence += tuple(
            EvidenceRow(claim.kind, claim.title, round_, proposal, person, tuple(sorted(set(claim.proves))))
            for claim in bundle.evidence
            if claim.evidence is None and claim not in known
        )

    def _move(self, moved: SubjectMoved) -> None:
        rows = self.rows
        row = StepRow(
            moved.version,
            moved.trigger,
            moved.origin,
            moved.state,
            moved.round,
            moved.proposal,
            moved.proposer,
        )
        rows.steps = (*rows.steps, row)
        if moved.proposal is None:
            self._hand_in(moved.bundle, None)
            receipt = Receipt(
                rows.case.task.task, None, moved.state, moved.version, moved=True, repeated=True
            )
            rows.keys[moved.key] = Earlier(moved.bundle.digest, receipt)

    def _turns(self, proposal: OpenProposal | None) -> None:
        stage = proposal.stage if proposal else None
        owed = {
            (person, seat.identifier or 0)
            for seat in (proposal.seats if proposal else ())
            if seat.owed and seat.stage == stage
            for person in seat.candidates
        }
        self.rows.waiting = {turn: self.rows.waiting.get(turn, self.now) for turn in owed}

    def _clocks(self, change: Change, proposal: int | None) -> None:
        for clock in change.clocks:
            if isinstance(clock, ClockStarted):
                number = len(self.rows.clocks) + 1
                pending = proposal if clock.kind is DeadlineKind.SIGNATURE_PENDING else None
                state, since, rests = ("held", self.now, (("held", True),)) if clock.held else _RUNNING
                row = ClockRow(
                    number, clock.kind, clock.visit, clock.due_on, state, clock.next_at, pending, rests=rests
                )
                self._keep(row, clock.original_due_on, since)
            else:
                self._change_clock(clock)

    def _change_clock(self, clock: ClockStopped | ClockHeld | ClockResumed | ClockRested) -> None:
        row = self.rows.clocks[clock.deadline]
        record = next(one for one in self.rows.case.clocks if one.deadline == clock.deadline)
        since = record.held_at
        match clock:
            case ClockStopped():
                rests = tuple((reason, False) for reason, _ in row.rests)
                waited = row.waited_days + clock.waited_days
                row = replace(
                    row, state="stopped", next_at=None, met_on=clock.met_on, waited_days=waited, rests=rests
                )
            case ClockHeld():
                row, since = replace(row, state="held", rests=(*row.rests, ("held", True))), self.now
            case ClockResumed():
                waited = row.waited_days + clock.waited_days
                row = replace(row, state="running", waited_days=waited, rests=_ended(row, "held"))
                since = None
            case ClockRested(resting=True):
                row = replace(row, rests=(*row.rests, ("suspended", True)))
            case ClockRested():
                row = replace(row, rests=_ended(row, "suspended"))
        self._keep(row, record.original_due_on, since)

    def _keep(self, row: ClockRow, original: object, held_at: datetime | None) -> None:
        self.rows.clocks[row.number] = row
        kind = DeadlineKind(row.kind)
        record = ClockRecord(row.number, kind, row.visit, row.due_on, original, row.state, held_at)  # type: ignore[arg-type]  # A day.
        others = tuple(one for one in self.rows.case.clocks if one.kind is not kind)
        newest = tuple(sorted((*others, record), key=lambda one: one.deadline))
        self.rows.case = replace(self.rows.case, clocks=newest)

    def _tell(self, change: Change, receipt: str) -> None:
        filled = {"{new}": str(self.opened), "{receipt}": receipt}
        for draft in change.notices:
            key = (draft.person, _fill(draft.cause, filled))
            if key in self.rows.notices:
                continue
            params = tuple((name, _fill(value, filled)) for name, value in draft.params)
            self.rows.notices[key] = NoticeRow(draft.person, draft.kind, draft.urgent, params)
            if draft.urgent and draft.person not in self.unreachable:
                self.rows.mails = (*self.rows.mails, draft.person)

    def _record(self, change: Change, receipt: str) -> None:
        named = {"proposal": self.opened, "receipt": receipt}
        references = {**change.audit.references, **{name: value for name, value in named.items() if value}}
        draft = replace(change.audit, references=references)
        chain = self.rows.chains.get(draft.stream, ())
        entry = write_entry(draft, self.actor, self.now, chain[-1].head if chain else GENESIS)
        self.rows.chains[draft.stream] = (*chain, entry)
        self.rows.texts += tuple((text.name, text.text) for text in draft.texts)


def _with_seat(proposal: OpenProposal, changed: Seat) -> OpenProposal:
    seats = tuple(changed if seat.identifier == changed.identifier else seat for seat in proposal.seats)
    return replace(proposal, seats=seats)


def _ended(row: ClockRow, reason: str) -> tuple[tuple[str, bool], ...]:
    return tuple((why, lasts and why != reason) for why, lasts in row.rests)


def _fill(text: str, filled: dict[str, str]) -> str:
    for name, value in filled.items():
        text = text.replace(name, value)
    return text
