"""Units of work over tasks in a database: lock, gather, and apply all or nothing.

Implements ``workflows.rectification.ports.TaskStore``. Must not decide anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, and_, bindparam, literal, null, select, union_all
from sqlalchemy.exc import IntegrityError

from engine.actor import Actor
from engine.audit import AuditDraft, Head
from engine.errors import NotFoundError
from engine.reasons import Reason, Refusal, RefusedError, deny
from storage.applying import apply_change
from storage.applying.context import Context
from storage.audit_log import append
from storage.collisions import constraint_of
from storage.database import Database
from storage.gathering import gather_case, lock_task, open_proposals
from storage.gathering.recorded import recorded
from storage.tables import proposal, proposal_revision, step, task
from workflows.rectification.records import Case, Change, Earlier, Receipt, Recorded

_ZONE = ZoneInfo("Asia/Shanghai")
# A key is looked for under what was first proposed with it: a revision has no key of its own.
_EARLIER = union_all(
    select(
        proposal_revision.c.digest,
        proposal.c.task_id,
        proposal.c.id.label("proposal"),
        task.c.state,
        task.c.version,
        literal(0).label("moved"),
    )
    .join_from(
        proposal,
        proposal_revision,
        and_(proposal_revision.c.proposal_id == proposal.c.id, proposal_revision.c.revision == 1),
    )
    .join(task, task.c.id == proposal.c.task_id)
    .where(proposal.c.organisation_id == bindparam("organisation"), proposal.c.key == bindparam("used")),
    select(step.c.digest, step.c.task_id, null(), step.c.state, step.c.version, literal(1)).where(
        step.c.organisation_id == bindparam("organisation"), step.c.key == bindparam("used")
    ),
)
_LATEST = select(task.c.latest_person_id, task.c.latest_at, task.c.latest_action).where(
    task.c.id == bindparam("number")
)
_STALE = {"uq_step_task_id_extension_version", "uq_audit_entry_stream_seq"}
_KEYS = {"uq_proposal_organisation_id_key", "uq_step_organisation_id_key"}
_SIGNED = {"uq_signature_seat_id", "uq_signature_proposal_id_revision_person_id"}


class SqlTaskWork:
    """One unit of work over one locked task."""

    def __init__(self, context: Context, head: Head) -> None:
        self.case: Case = context.case
        self._context = context
        self._head = head

    def earlier(self, key: str) -> Earlier | None:
        """Give what an idempotency key was used for before."""
        values = {"organisation": self.case.task.organisation, "used": key}
        row = self._context.connection.execute(_EARLIER, values).first()
        if row is None:
            return None
        receipt = Receipt(
            row.task_id, row.proposal, row.state, row.version, moved=bool(row.moved), repeated=True
        )
        return Earlier(row.digest, receipt)

    def recorded(self, action: str, person: int) -> tuple[Recorded, ...]:
        """Give a person's deeds of one kind on the task, the newest first."""
        return recorded(self._context.connection, self.case.task.task, action, person)

    def apply(self, change: Change) -> Receipt:
        """Write a change; it is kept when the unit of work is left without an error."""
        return apply_change(self._context, change, self._head)


class SqlTaskStore:
    """Tasks in a database.

    Args:
        database: The database.
        zone: Where a calendar day begins, which decides the positions that are held today.
    """

    def __init__(self, database: Database, zone: ZoneInfo = _ZONE) -> None:
        self._database = database
        self._zone = zone

    @contextmanager
    def work(self, task: int, actor: Actor, now: datetime) -> Iterator[SqlTaskWork]:
        """Lock a task of the actor's organisation and gather its case.

        Raises:
            NotFoundError: ``task_not_found``.
            RefusedError: A constraint held what a decision had let through: somebody was faster.
            SurroundingsError: The database cannot be reached, is busy or full.
        """
        try:
            with self._database.write() as connection:
                yield self._opened(connection, task, actor, now)
        except IntegrityError as error:
            reason = self._collision(constraint_of(error), task, now)
            if reason is None:
                raise
            raise RefusedError(Refusal((reason,))) from error

    def record(self, draft: AuditDraft, actor: Actor, now: datetime) -> None:
        """Write an audit entry on its own."""
        with self._database.write() as connection:
            append(connection, draft, actor, now)

    def _opened(self, connection: Connection, task: int, actor: Actor, now: datetime) -> SqlTaskWork:
        locked = lock_task(connection, task, actor.organisation)
        if locked is None:
            raise NotFoundError("task_not_found", task=task)
        gathered = gather_case(connection, locked, now.astimezone(self._zone).date())
        return SqlTaskWork(Context(connection, gathered.case, actor, now), gathered.head)

    def _collision(self, constraint: str, number: int, now: datetime) -> Reason | None:
        """Say who was faster; None where the constraint is about something else."""
        if constraint in _KEYS:
            return deny("key_reused")
        if constraint in _SIGNED:
            return deny("already_signed", at=now)
        if constraint not in _STALE and constraint != "uq_proposal_task_id_open":
            return None
        with self._database.read() as connection:
            found = next(iter(open_proposals(connection, number).values()), None)
            latest = connection.execute(_LATEST, {"number": number}).one()
        if found is not None and constraint not in _STALE:
            trigger = found.bundle.trigger
            return deny("proposal_open", person=found.proposer, at=found.proposed_at, trigger=trigger)
        return deny("stale", person=latest[0], at=latest[1], action=latest[2])
