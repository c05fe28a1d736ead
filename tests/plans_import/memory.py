"""The store of plans without a database: the twin that is held to the same contract as the SQL one."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from engine.actor import Actor
from engine.audit import AuditDraft
from engine.errors import NotFoundError
from workflows.plans.ports import DraftClosedError, DraftStaleError, PlanExistsError
from workflows.plans.records import (
    NEW,
    Created,
    Directory,
    DraftRecord,
    DraftState,
    EarlierImport,
    NewDraft,
    NewPlan,
)


@dataclass
class MemoryPlanStore:
    """Keeps everything in lists; ``record`` holds what was recorded, in order."""

    found: Directory
    chosen: Mapping[str, str] = field(default_factory=dict)
    published: Mapping[str, str] = field(default_factory=dict)
    drafts: list[tuple[int, DraftRecord]] = field(default_factory=list)
    plans: list[tuple[int, NewPlan, datetime]] = field(default_factory=list)
    record: list[AuditDraft] = field(default_factory=list)
    tasks: int = 0

    def directory(self, actor: Actor, on: date) -> Directory:
        return self.found

    def settings(self, actor: Actor) -> Mapping[str, str]:
        return self.chosen

    def definition(self, actor: Actor, name: str) -> str | None:
        return self.published.get(name)

    def earlier(self, source_digest: str, actor: Actor) -> tuple[EarlierImport, ...]:
        plans = [
            EarlierImport(None, number, plan.content.title, at)
            for number, (organisation, plan, at) in enumerate(self.plans, start=1)
            if organisation == actor.organisation and plan.source_digest == source_digest
        ]
        waiting = [
            EarlierImport(draft.draft, None, draft.source_name, draft.created_at)
            for organisation, draft in self.drafts
            if organisation == actor.organisation
            and draft.source_digest == source_digest
            and draft.state is DraftState.OPEN
        ]
        return (*reversed(plans), *reversed(waiting))

    def begin(self, draft: NewDraft, actor: Actor, now: datetime) -> int:
        number = len(self.drafts) + 1
        record = DraftRecord(
            draft=number,
            source_digest=draft.source_digest,
            source_name=draft.source_name,
            reading=draft.reading,
            corrections={},
            version=1,
            state=DraftState.OPEN,
            plan=None,
            created_by=actor.person,
            created_at=now,
        )
        self.drafts.append((actor.organisation, record))
        self.record.append(replace(draft.audit, stream=draft.audit.stream.replace(NEW, str(number))))
        return number

    def load(self, draft: int, actor: Actor) -> DraftRecord:
        found = [r for owner, r in self.drafts if r.draft == draft and owner == actor.organisation]
        if not found:
            raise NotFoundError("plan_draft_unknown", draft=draft)
        return copy.copy(found[0])

    def save(
        self,
        draft: int,
        version: int,
        corrections: Mapping[str, str],
        audit: AuditDraft,
        actor: Actor,
        now: datetime,
    ) -> int:
        record = self._open(draft, version, actor)
        self._put(replace(record, corrections=dict(corrections), version=version + 1))
        self.record.append(audit)
        return version + 1

    def discard(self, draft: int, version: int, audit: AuditDraft, actor: Actor, now: datetime) -> None:
        record = self._open(draft, version, actor)
        self._put(replace(record, state=DraftState.DISCARDED, version=version + 1))
        self.record.append(audit)

    def create(
        self, draft: int, version: int, plan: NewPlan, audit: AuditDraft, actor: Actor, now: datetime
    ) -> Created:
        record = self._open(draft, version, actor)
        same = (plan.content.title, plan.content.year)
        if any(
            o == actor.organisation and (p.content.title, p.content.year) == same for o, p, _ in self.plans
        ):
            raise PlanExistsError(*same)
        self.plans.append((actor.organisation, plan, now))
        number = len(self.plans)
        tasks = tuple(self.tasks + n for n in range(1, len(plan.tasks) + 1))
        self.tasks += len(tasks)
        self.record.append(replace(plan.audit, stream=f"plan:{number}"))
        for identifier, task in zip(tasks, plan.tasks, strict=True):
            self.record.append(replace(task.audit, stream=f"task:{identifier}"))
        self._put(replace(record, state=DraftState.CONFIRMED, plan=number, version=version + 1))
        self.record.append(audit)
        return Created(number, tasks)

    def _open(self, draft: int, version: int, actor: Actor) -> DraftRecord:
        record = self.load(draft, actor)
        if record.state is not DraftState.OPEN:
            raise DraftClosedError(record.state)
        if record.version != version:
            raise DraftStaleError
        return record

    def _put(self, record: DraftRecord) -> None:
        owner = self.drafts[record.draft - 1][0]
        self.drafts[record.draft - 1] = (owner, record)
