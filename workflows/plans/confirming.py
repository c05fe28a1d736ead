"""Confirming a plan: a document that was read waits, a person corrects it, and only then tasks are created.

Gather, decide, apply: storage loads the import and the directory, pure code says what is still open or what
is to be created, storage writes all of it or nothing. Must not know how the document was handed in or shown.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engine.actor import Actor
from engine.audit import AuditDraft, FreeText
from engine.reasons import Reason, Refusal, RefusedError, deny
from workflows.plans.fields import doubts, read_fields
from workflows.plans.keeping import Kept, from_text, to_text
from workflows.plans.ports import DraftClosedError, DraftStaleError, PlanStore
from workflows.plans.records import NEW, Created, Directory, DraftRecord, DraftState, NewDraft
from workflows.plans.sheet import Sheet, changes, corrected
from workflows.plans.understanding import Understanding, understand
from workflows.rectification.creating import Grounds, create
from workflows.rectification.definition import built_in_text
from workflows.rectification.service import Rules
from workflows.rectification.vocabulary import Role

MAY_IMPORT = (Role.PERFORMANCE_OFFICE, Role.PERFORMANCE_OFFICE_HEAD)
"""Who may turn a document into tasks; commands of the machine's keeper act as the system."""

WORKFLOW = "rectification"
"""The workflow that tasks run on; a plan's tasks start on its newest published definition."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """An import as it stands: what was read, what a person made of it, and what is still open.

    Attributes:
        record: The import.
        kept: What was read.
        read: The fields as read, before corrections.
        sheet: The fields as they stand.
        directory: Departments and people to choose from.
        understanding: What is open, or the plan to be created.
    """

    record: DraftRecord
    kept: Kept
    read: Mapping[str, str]
    sheet: Sheet
    directory: Directory
    understanding: Understanding


def begin(store: PlanStore, source: tuple[str, str], kept: Kept, actor: Actor, now: datetime) -> int:
    """Keep a document that was read, for a person to confirm; no task is created.

    Args:
        store: Where it is kept.
        source: SHA-256 and cleaned name of the file, which is stored already.
        kept: What was read.
        actor: Who handed it in.
        now: When.

    Returns:
        The import's identifier.

    Raises:
        RefusedError: ``not_permitted``.
    """
    _admit(actor)
    digest, name = source
    audit = AuditDraft(
        stream=f"plan_draft:{NEW}",
        action="import",
        references={
            "source": digest,
            "tasks": len(kept.reading.tasks),
            "questions": len(kept.reading.questions),
        },
    )
    return store.begin(NewDraft(digest, name, to_text(kept), audit), actor, now)


def look(store: PlanStore, draft: int, actor: Actor, today: date) -> Confirmation:
    """Give an import as it stands.

    Raises:
        RefusedError: ``not_permitted``.
        NotFoundError: There is none for this actor.
    """
    _admit(actor)
    record = store.load(draft, actor)
    kept = from_text(record.reading)
    read = read_fields(kept)
    sheet = corrected(read, record.corrections)
    directory = store.directory(actor, today)
    understanding = understand(sheet, directory, doubts(kept.reading), record.corrections.keys(), today)
    return Confirmation(record, kept, read, sheet, directory, understanding)


def correct(
    store: PlanStore, draft: int, version: int, typed: Mapping[str, str], actor: Actor, now: datetime
) -> int:
    """Keep what a person typed, and record which fields they changed.

    Args:
        store: Where imports are kept.
        draft: The import.
        version: Its version on the page that was filled in.
        typed: The form's fields; one that is absent keeps its value.
        actor: Who typed.
        now: When.

    Returns:
        The version it has now; the same where nothing was changed.

    Raises:
        RefusedError: ``not_permitted``.
        NotFoundError: There is no such import for this actor.
        DraftStaleError: Somebody else was faster.
        DraftClosedError: It was confirmed or discarded meanwhile.
    """
    _admit(actor)
    record = store.load(draft, actor)
    _require_open(record, version)
    read = read_fields(from_text(record.reading))
    wanted = changes(read, {**record.corrections, **typed})
    touched = sorted(
        name for name in {*wanted, *record.corrections} if wanted.get(name) != record.corrections.get(name)
    )
    if not touched:
        return version
    return store.save(draft, version, wanted, _correction(draft, version, touched, wanted), actor, now)


def _correction(draft: int, version: int, touched: list[str], wanted: Mapping[str, str]) -> AuditDraft:
    said = json.dumps({name: wanted.get(name) for name in touched}, ensure_ascii=False)
    return AuditDraft(
        stream=f"plan_draft:{draft}",
        action="correct",
        # A name of the plan may be a person's; it stands in the free text beside the entry.
        references={"fields": [name.partition(":")[0] for name in touched], "version": version + 1},
        texts=(FreeText("corrections", secrets.token_hex(16), said),),
    )


def discard(store: PlanStore, draft: int, version: int, actor: Actor, now: datetime) -> None:
    """Put an import aside; its file and its record are kept.

    Raises:
        RefusedError: ``not_permitted``.
        NotFoundError: There is no such import for this actor.
        DraftStaleError: Somebody else was faster.
        DraftClosedError: It was confirmed or discarded meanwhile.
    """
    _admit(actor)
    _require_open(store.load(draft, actor), version)
    audit = AuditDraft(f"plan_draft:{draft}", "discard", references={"version": version})
    store.discard(draft, version, audit, actor, now)


def confirm(store: PlanStore, rules: Rules, draft: int, version: int, actor: Actor, now: datetime) -> Created:
    """Create the plan and all its tasks, in one transaction.

    Raises:
        RefusedError: ``not_permitted``, or what a person still has to say, one reason per question.
        NotFoundError: There is no such import for this actor.
        DraftStaleError: Somebody else was faster.
        DraftClosedError: It was confirmed or discarded meanwhile.
        PlanExistsError: There is a plan of this title and year.
        ZhenggaiError: A setting is out of range.
    """
    found = look(store, draft, actor, rules.timetable.local_day(now))
    _require_open(found.record, version)
    plan = found.understanding.plan
    if plan is None:
        raise RefusedError(Refusal(tuple(_reasons(found.understanding))))
    text = store.definition(actor, WORKFLOW) or built_in_text()
    grounds = Grounds(text, found.directory, store.settings(actor), rules)
    source = (found.record.source_digest, found.record.source_name)
    new = create(plan, source, grounds, actor.organisation, actor.person, now)
    audit = AuditDraft(f"plan_draft:{draft}", "confirm", references={"version": version})
    return store.create(draft, version, new, audit, actor, now)


def _reasons(understanding: Understanding) -> list[Reason]:
    """Give one reason per question: its own sentence; a task's number stands in front where it has one."""
    return [
        deny(question.code, **{**question.params, "task": question.task or 0})
        for question in understanding.questions
    ]


def _require_open(record: DraftRecord, version: int) -> None:
    if record.state is not DraftState.OPEN:
        raise DraftClosedError(record.state)
    if record.version != version:
        raise DraftStaleError


def _admit(actor: Actor) -> None:
    if actor.person is not None and not actor.has_role(*MAY_IMPORT):
        raise RefusedError(Refusal((deny("not_permitted"),)))
