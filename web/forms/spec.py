"""What each form asks, as data: one entry per move. A form asks only what somebody will read.

Labels are the Chinese words themselves; they are translated where they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from web.language import marked
from workflows.extension.guards import CATEGORY
from workflows.extension.vocabulary import Category
from workflows.rectification.vocabulary import EvidenceKind, Level


@dataclass(frozen=True, slots=True)
class Words:
    """A field for words.

    Attributes:
        label: What it is called.
        hint: What is expected.
        required: Whether the move is refused without it.
        rows: Height of the field in lines.
        choices: The codes that may be chosen; words of one's own where there are none.
    """

    label: str
    hint: str = ""
    required: bool = False
    rows: int = 3
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one move.

    Attributes:
        text: The proposer's words.
        dates: Named days.
        references: Named words, such as the basis.
        measures: What is asked about each measure: ``days`` (first and last) or ``progress`` (with problems
            and next step).
        criteria: What is asked about each criterion: ``done``, ``verdict`` or ``reached``.
        unjudged: Whether a criterion may be left without a verdict.
        document: The kind of the move's own document; generated from the form where no file is given.
        generated: Whether the product can make that document.
        proofs: Whether evidence is handed in per criterion.
        attached: The kind of what is attached besides.
        level: How public what is handed in with it is, unless somebody says otherwise.
        reports: Whether the move is about a report that is chosen.
        many: Whether the same may be proposed for further tasks at once.
    """

    text: Words | None = None
    dates: tuple[tuple[str, Words], ...] = ()
    references: tuple[tuple[str, Words], ...] = ()
    measures: str = ""
    criteria: str = ""
    unjudged: bool = False
    document: EvidenceKind | None = None
    generated: bool = False
    proofs: bool = False
    attached: EvidenceKind = EvidenceKind.OTHER
    level: Level = Level.INTERNAL
    reports: bool = False
    many: bool = False


_REMARK = Words(marked("补充说明（可不填）"))
_NEW_DAY = ("new_due_on", Words(marked("新时限"), required=True))

FORMS: Mapping[str, Form] = {
    "acknowledge": Form(
        text=Words(
            marked("对任务分工的异议"),
            marked("没有异议请留空。提出异议会通知院绩效办，时限照常计算。"),
        ),
    ),
    "start": Form(text=_REMARK, measures="days", document=EvidenceKind.WORK_PLAN, generated=True),
    "report_mid_term": Form(
        text=_REMARK,
        measures="progress",
        document=EvidenceKind.MID_TERM_REPORT,
        generated=True,
        proofs=True,
    ),
    "report_year_end": Form(
        text=_REMARK,
        measures="progress",
        criteria="done",
        document=EvidenceKind.YEAR_END_REPORT,
        generated=True,
        proofs=True,
    ),
    "receive_report": Form(reports=True),
    "return_report": Form(
        text=Words(marked("退回补报的理由"), required=True), dates=(_NEW_DAY,), reports=True
    ),
    "complete": Form(
        text=_REMARK,
        measures="progress",
        criteria="reached",
        document=EvidenceKind.COMPLETION_REPORT,
        generated=True,
        proofs=True,
    ),
    "verify": Form(
        text=_REMARK, criteria="verdict", document=EvidenceKind.VERIFICATION_RECORD, generated=True
    ),
    "rework": Form(
        text=Words(marked("书面意见"), marked("说明哪里没有达到、要怎样整改"), required=True, rows=5),
        dates=(_NEW_DAY,),
        criteria="verdict",
        unjudged=True,
        document=EvidenceKind.WRITTEN_OPINION,
        generated=True,
    ),
    "publicize": Form(
        text=Words(marked("公开的内容"), marked("公众将看到的文字"), required=True, rows=6),
        attached=EvidenceKind.PUBLICATION,
        level=Level.PUBLIC,
        many=True,
    ),
    "withhold": Form(
        text=Words(marked("不予公开的理由"), required=True),
        references=(("basis", Words(marked("依据"), marked("法规、规定或决定的名称和条款"), required=True)),),
        attached=EvidenceKind.BASIS,
    ),
    "reopen": Form(
        text=Words(marked("发现的问题"), required=True, rows=5),
        references=(
            ("source", Words(marked("线索来源"), marked("例如督察、信访、媒体、回头看"), required=True)),
        ),
        dates=(_NEW_DAY,),
        attached=EvidenceKind.FINDING,
    ),
    "answer_finding": Form(
        text=Words(
            marked("对问题的说明"), marked("供绩效办和分管领导参考，不影响执行"), required=True, rows=5
        )
    ),
    "suspend": Form(
        text=Words(marked("暂缓的理由"), required=True),
        dates=(
            ("ends_on", Words(marked("暂缓截止日"), marked("时限和报送日期不因暂缓而改变"), required=True)),
        ),
    ),
    "resume": Form(text=_REMARK),
    "cancel": Form(text=Words(marked("撤销的理由（可不填）")), attached=EvidenceKind.DECISION),
    "grant": Form(
        text=Words(marked("为什么不能按期完成"), required=True),
        dates=(_NEW_DAY,),
        references=((CATEGORY, Words(marked("原因类别"), required=True, choices=tuple(Category))),),
        attached=EvidenceKind.EXTENSION_PROOF,
    ),
    "refuse": Form(text=Words(marked("不同意延期的理由"), required=True)),
    "give_up": Form(),
}
"""Every move of both workflows with its form; a test holds them to each other."""

MEASURE_FIELDS: Mapping[str, tuple[str, ...]] = {
    "": (),
    "days": ("first_on", "last_on", "next_step"),
    "progress": ("progress", "problems", "next_step"),
}
"""The values that an entry about a measure has."""

CRITERION_FIELDS: Mapping[str, tuple[str, ...]] = {
    "": (),
    "done": ("verdict", "why", "next_step", "expected_on"),
    "verdict": ("verdict", "note"),
    "reached": ("verdict", "reached", "note"),
}
"""The values that an entry about a criterion has."""
