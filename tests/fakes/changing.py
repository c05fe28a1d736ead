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
    SignaturesVoided,
    SubjectMoved,
)
from engine.facts import LatestChange, OpenProposal, Seat
from tests.fakes.clocks import change_clocks
from tests.fakes.consequences import leave_behind
from tests.fakes.rows import (
    EvidenceRow,
    ExtensionRow,
    NoticeRow,
    ProposalRow,
    Rows,
    SendBackRow,
    SignatureRow,
    StepRow,
)
from workflows.rectification.records import (
    Change,
    Earlier,
    ExtensionPatch,
    ExtensionRecord,
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


@dataclass
class Writing:
    """One change on its way into the records."""

    rows: Rows
    actor: Actor
    now: datetime
    unreachable: Collection[int]
    opened: int | None = None
    extension: int = 0

    def write(self, change: Change) -> Receipt:
        """Write everything and give the receipt."""
        rows = self.rows
        if change.extension is not None:
            self.extension = change.extension.number
            self._extend(change.extension)
        before = rows.case.extension_proposal if self.extension else rows.case.proposal
        proposal = before
        for effect in change.decision.effects:
            if isinstance(effect, SignaturesVoided):
                self._send_back(effect, proposal, change.decision.role)
            proposal = self._effect(effect, proposal)
        number = self.opened or (before.identifier if before else None)
        change_clocks(rows, change, number, self.now)
        receipt = leave_behind(rows, change)
        other = rows.case.proposal if self.extension else rows.case.extension_proposal
        self._turns(proposal, other)
        task = replace(
            rows.case.task,
            state=change.task.state,
            version=change.task.version,
            round=change.task.round,
            due_on=change.task.due_on,
            suspended_from=change.task.suspended_from,
            acknowledged=change.task.acknowledged,
            extensions=change.task.extensions,
            extended_days=change.task.extended_days,
            latest=LatestChange(self.actor.person, self.now, change.decision.deed),
        )
        submitters = frozenset(
            row.person
            for row in rows.evidence
            if row.proposal and rows.proposals[row.proposal].trigger not in JUDGING
        )
        handed_in = frozenset(range(1, len(rows.evidence) + 1))
        rows.case = replace(
            rows.case,
            task=task,
            proposal=other if self.extension else proposal,
            extension_proposal=proposal if self.extension else other,
            submitters=submitters,
            evidence=handed_in,
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
                proposal = _with_seat(proposal, replace(effect.now, identifier=effect.seat.identifier))
            case SignatureGiven() if proposal:
                given = (effect.proposal, effect.revision, effect.signer, effect.seat.role)
                rows.signatures = (*rows.signatures, SignatureRow(*given, effect.opinion))
                signed = replace(effect.seat, signed_by=effect.signer, signed_at=self.now)
                proposal = _with_seat(proposal, signed)
            case SignaturesVoided() if proposal:
                proposal = self._void(effect, proposal)
            case SubjectMoved():
                self._move(effect)
        return proposal

    def _open(self, opened: ProposalOpened) -> OpenProposal:
        rows, person = self.rows, self.actor.person
        assert person is not None
        self.opened = number = len(rows.proposals) + 1
        rows.proposals[number] = ProposalRow(
            number, opened.bundle.trigger, "open", 1, person, extension=self.extension
        )
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

    def _send_back(self, voided: SignaturesVoided, before: OpenProposal | None, role: str) -> None:
        person = self.actor.person
        assert before is not None
        assert person is not None
        given = (voided.proposal, before.revision, voided.stage, role, person, voided.reason)
        self.rows.send_backs = (*self.rows.send_backs, SendBackRow(*given))

    def _void(self, voided: SignaturesVoided, before: OpenProposal) -> OpenProposal:
        roles = {(seat.signed_by, seat.role) for seat in voided.seats}
        self.rows.signatures = tuple(
            replace(row, void="sent_back")
            if row.void is None and row.proposal == before.identifier and (row.person, row.role) in roles
            else row
            for row in self.rows.signatures
        )
        void = {seat.identifier for seat in voided.seats}
        seats = tuple(
            replace(seat, signed_by=None, signed_for=None, signed_at=None)
            if seat.identifier in void
            else seat
            for seat in before.seats
        )
        return replace(before, seats=seats, returned=before.returned + 1)

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
            self.extension,
        )
        rows.steps = (*rows.steps, row)
        if moved.proposal is None:
            self._hand_in(moved.bundle, None)
            task = rows.case.task
            stands = (task.state, task.version) if self.extension else (moved.state, moved.version)
            receipt = Receipt(task.task, None, *stands, moved=True, repeated=True)
            rows.keys[moved.key] = Earlier(moved.bundle.digest, receipt)

    def _extend(self, after: ExtensionPatch) -> None:
        rows, asked, person = self.rows, after.asked, self.actor.person
        assert person is not None
        row = rows.extensions.get(after.number)
        if asked is not None:
            given = (asked.due_on, asked.new_due_on, asked.category, asked.late)
            by = row.asked_by if row else person
            row = ExtensionRow(after.number, after.state, after.version, *given, by)
        assert row is not None
        over = self.now if after.ended else None
        rows.extensions[after.number] = replace(row, state=after.state, version=after.version, ended_at=over)
        record = ExtensionRecord(after.number, after.state, after.version, after.definition.text)
        others = tuple(one for one in rows.case.extensions if one.number != after.number)
        # What an extension starts on is published with the first one.
        text = rows.case.extension_text or after.definition.text
        rows.case = replace(rows.case, extensions=(*others, record), extension_text=text)

    def _turns(self, *proposals: OpenProposal | None) -> None:
        before = self.rows.waiting
        self.rows.waiting = {}
        for proposal in proposals:
            stage = [seat for seat in proposal.seats if seat.stage == proposal.stage] if proposal else []
            done = {seat.signed_by for seat in proposal.seats} if proposal else set()
            seated = {p: s.identifier or 0 for s in reversed(stage) if s.owed for p in s.candidates}
            beside = {seat.identifier for seat in stage}
            for person in seated.keys() - done:
                since = (at for (who, seat), at in before.items() if who == person and seat in beside)
                self.rows.waiting[person, seated[person]] = next(since, self.now)

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
        self.rows.words[entry.sha256] = {text.name: text.text for text in draft.texts}


def _with_seat(proposal: OpenProposal, changed: Seat) -> OpenProposal:
    seats = tuple(changed if seat.identifier == changed.identifier else seat for seat in proposal.seats)
    return replace(proposal, seats=seats)


def _fill(text: str, filled: dict[str, str]) -> str:
    for name, value in filled.items():
        text = text.replace(name, value)
    return text
