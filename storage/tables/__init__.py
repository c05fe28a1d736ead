"""The tables, one module per aggregate. Every module that needs one imports it from here.

The schema of a running installation is what the migrations say; a test compares both.
"""

from __future__ import annotations

from storage.tables.audit import audit_entry, audit_pending, audit_text
from storage.tables.base import METADATA
from storage.tables.deadlines import deadline, pause, rung, to_do
from storage.tables.delegations import delegation, secretary
from storage.tables.directory import account, department, organisation, person, position, setting
from storage.tables.evidence import blob, evidence, evidence_part
from storage.tables.instructions import conclusion, instruction, matter
from storage.tables.notices import notice, outbox
from storage.tables.operation import counter, job_run, last_visit, lease, login_failure, session
from storage.tables.plans import milestone, plan, plan_draft
from storage.tables.proposals import (
    awaiting,
    draft,
    paper_signature,
    proposal,
    proposal_revision,
    seat,
    send_back,
    signature,
)
from storage.tables.results import publication, publication_task, report, step, verdict
from storage.tables.tasks import (
    criterion,
    definition_version,
    extension,
    measure,
    measure_progress,
    task,
    task_department,
    task_leader,
)

__all__ = [
    "METADATA",
    "account",
    "audit_entry",
    "audit_pending",
    "audit_text",
    "awaiting",
    "blob",
    "conclusion",
    "counter",
    "criterion",
    "deadline",
    "definition_version",
    "delegation",
    "department",
    "draft",
    "evidence",
    "evidence_part",
    "extension",
    "instruction",
    "job_run",
    "last_visit",
    "lease",
    "login_failure",
    "matter",
    "measure",
    "measure_progress",
    "milestone",
    "notice",
    "organisation",
    "outbox",
    "paper_signature",
    "pause",
    "person",
    "plan",
    "plan_draft",
    "position",
    "proposal",
    "proposal_revision",
    "publication",
    "publication_task",
    "report",
    "rung",
    "seat",
    "secretary",
    "send_back",
    "session",
    "setting",
    "signature",
    "step",
    "task",
    "task_department",
    "task_leader",
    "to_do",
    "verdict",
]
