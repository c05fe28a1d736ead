"""The closed vocabularies of a rectification task. What people read for them stands in the catalogues."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a task stands."""

    PLANNED = "planned"
    """待启动: assigned, not started."""
    IN_PROGRESS = "in_progress"
    """整改中: work is under way."""
    MID_TERM_REPORTED = "mid_term_reported"
    """已报中期: this round's mid-term report is filed."""
    COMPLETED = "completed"
    """已报完成（待核验）: the department says it is done."""
    VERIFIED = "verified"
    """已核验: every criterion was judged met."""
    PUBLICIZED = "publicized"
    """已公开: the public was told."""
    SUSPENDED = "suspended"
    """暂缓: work rests until a day; no deadline moves."""
    WITHHELD = "withheld"
    """不予公开: verified, and kept from publication with reason and basis."""
    CANCELLED = "cancelled"
    """已撤销: ended by a decision."""


class Role(StrEnum):
    """In what capacity somebody acts towards a task."""

    HANDLER = "handler"
    """承办人 of the lead department."""
    DEPARTMENT_HEAD = "department_head"
    """部门负责人 of the lead department."""
    RESPONSIBLE_LEADER = "responsible_leader"
    """责任领导 of the task."""
    PERFORMANCE_OFFICE = "performance_office"
    """院绩效办, its officers."""
    PERFORMANCE_OFFICE_HEAD = "performance_office_head"
    """院绩效办负责人."""
    PERFORMANCE_LEADER = "performance_leader"
    """分管绩效工作的院领导."""
    VERIFICATION_GROUP = "verification_group"
    """核验组."""
    PUBLICITY_OFFICE = "publicity_office"
    """宣传部门."""
    CONFIDENTIALITY_REVIEWER = "confidentiality_reviewer"
    """保密审查."""
    INSPECTOR = "inspector"
    """督察室: reads everything."""
    PRESIDENT = "president"
    """院长."""
    ADMINISTRATOR = "administrator"
    """系统管理员: keeps the accounts and the machine; takes no part in tasks."""


class TaskKind(StrEnum):
    """What kind of deadline the plan gives a task."""

    DATED = "dated"
    """A day."""
    IMMEDIATE = "immediate"
    """立行立改: at once; may be completed straight from planned."""
    ONGOING = "ongoing"
    """长期坚持: reviewed at the end of the plan year."""


class ReportKind(StrEnum):
    """The two reports the plan asks of everybody."""

    MID_TERM = "mid_term"
    """中期进度."""
    YEAR_END = "year_end"
    """全年情况."""


class Verdict(StrEnum):
    """How a criterion was judged, by the department and by the verifier."""

    MET = "met"
    """达到."""
    PARTLY = "partly"
    """部分达到."""
    NOT_MET = "not_met"
    """未达到."""


class DeadlineKind(StrEnum):
    """The clocks of a task."""

    ACKNOWLEDGE = "acknowledge"
    """签收."""
    WORK_PLAN = "work_plan"
    """推进计划."""
    MID_TERM_REPORT = "mid_term_report"
    """中期进度报送."""
    YEAR_END_REPORT = "year_end_report"
    """全年情况报送."""
    COMPLETION = "completion"
    """完成时限."""
    VERIFICATION = "verification"
    """核验."""
    PUBLICITY = "publicity"
    """公开."""
    SUSPENSION = "suspension"
    """暂缓到期."""
    SIGNATURE_PENDING = "signature_pending"
    """待签."""
    EXTENSION_PENDING = "extension_pending"
    """延期申请待签: beside a signature that the task itself waits for."""


SIGNING = frozenset({DeadlineKind.SIGNATURE_PENDING, DeadlineKind.EXTENSION_PENDING})
"""The clocks that run against signers and never against the department."""


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    WORK_PLAN = "work_plan"
    """推进计划."""
    MID_TERM_REPORT = "mid_term_report"
    """中期进度报告."""
    YEAR_END_REPORT = "year_end_report"
    """全年情况报告."""
    COMPLETION_REPORT = "completion_report"
    """完成情况报告."""
    PROOF = "proof"
    """佐证材料 of one or several criteria."""
    VERIFICATION_RECORD = "verification_record"
    """核验记录."""
    WRITTEN_OPINION = "written_opinion"
    """书面意见 of a verifier who sends the task back into work."""
    PUBLICATION = "publication"
    """公开内容 with the place where it can be read."""
    FINDING = "finding"
    """问题线索 that reopens a task."""
    DECISION = "decision"
    """会议纪要或决定."""
    BASIS = "basis"
    """依据."""
    EXTENSION_PROOF = "extension_proof"
    """延期的证明材料."""
    OTHER = "other"
    """其他材料."""


class Level(StrEnum):
    """Who may read a piece of evidence. Nothing above may be stored."""

    PUBLIC = "public"
    """公开."""
    INTERNAL = "internal"
    """内部."""
    WORK_SECRET = "work_secret"
    """工作秘密."""


class Relation(StrEnum):
    """Relations to a task that exclude somebody from judging it (回避)."""

    EVIDENCE_SUBMITTER = "evidence_submitter"
    """Handed in some of its evidence, in whatever round."""
    LEAD_DEPARTMENT = "lead_department"
    """Belongs to its lead department, or did at any time since the task was created; so did every handler."""
    SUPPORTING_DEPARTMENT = "supporting_department"
    """Belongs, or belonged since then, to a supporting department that the plan names singly."""
    RESPONSIBLE_LEADER = "responsible_leader"
    """Is its responsible leader."""
    SAME_LEADER = "same_leader"
    """Belongs to a department whose leader in charge is the task's responsible leader."""
