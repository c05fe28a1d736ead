"""Records of an invented task, as those who make documents fill them in."""

from __future__ import annotations

from datetime import date

from workflows.documents.judgement import Finding, Judgement
from workflows.documents.records import (
    CompletionReport,
    CriterionOutlook,
    CriterionResult,
    EvidenceLine,
    Ledger,
    LedgerRow,
    MeasureProgress,
    MidTermReport,
    MilestoneRow,
    MilestoneSummary,
    ReportStatus,
    TaskHeading,
    WorkPlan,
    YearEndReport,
)

MADE_ON = date(2031, 8, 5)
TASK = TaskHeading(
    organisation="云岭中级法院",
    plan_title="云岭中级法院2030年度意见建议整改工作方案",
    plan_number="云法〔2031〕8号",
    number=3,
    objective="方便群众立案",
    lead_department="立案庭",
    supporting_departments=("信息技术处", "各基层法庭"),
    leaders=("周怀远", "许知行"),
    due_on=date(2031, 12, 31),
    due_text="2031年年底前",
    measures=("开设夜间立案窗口", "网上立案答复不超过一个工作日"),
)
PROGRESS = (
    MeasureProgress(
        2,
        "已上线试运行。\n共答复312件。",
        "个别案件超时",
        "增加一名值班人员",
        date(2031, 3, 1),
        date(2031, 9, 30),
    ),
    MeasureProgress(1, "已开设两个窗口", first_on=date(2031, 2, 1), last_on=date(2031, 6, 30)),
)
WORK_PLAN = WorkPlan(TASK, MADE_ON, PROGRESS)
MID_TERM = MidTermReport(TASK, MADE_ON, PROGRESS, remark="无其他情况")
YEAR_END = YearEndReport(
    TASK,
    MADE_ON,
    (
        CriterionOutlook(1, "夜间窗口每周开放不少于三天", done=True),
        CriterionOutlook(
            2,
            "全年超时率低于百分之一",
            done=False,
            why="系统升级较晚",
            next_step="加强督办",
            expected_on=date(2032, 1, 20),
        ),
    ),
    PROGRESS,
)
COMPLETION = CompletionReport(
    TASK,
    MADE_ON,
    (
        CriterionResult(
            1,
            "夜间窗口每周开放不少于三天",
            "自二月起每周开放四天。",
            "每季度一次通报",
            "4次",
            (
                EvidenceLine("夜间立案通告", "通知公告", "https://court.example/notice/8"),
                EvidenceLine("窗口照片", "照片"),
            ),
        ),
        CriterionResult(2, "全年超时率低于百分之一", "超时率为百分之零点四。"),
    ),
)
SUMMARY = MilestoneSummary(
    organisation="云岭中级法院",
    plan_title=TASK.plan_title,
    milestone="中期进度",
    due_on=date(2031, 8, 15),
    made_on=date(2031, 8, 18),
    department="院绩效办",
    addressee="院党组",
    rows=(
        MilestoneRow(
            1,
            "提高办案效率",
            "审管办",
            ("周怀远",),
            ReportStatus.RECEIVED,
            date(2031, 8, 1),
            date(2031, 8, 2),
            "中期-001",
            "进展顺利",
            task_due_on=date(2031, 12, 31),
            task_original_due_on=date(2031, 11, 30),
        ),
        MilestoneRow(2, "加强普法", "研究室", ("许知行",), ReportStatus.HANDED_IN, date(2031, 8, 14)),
        MilestoneRow(
            3, "方便群众\n立案", "立案庭", ("周怀远", "许知行"), ReportStatus.RETURNED, problems="缺数据"
        ),
        MilestoneRow(4, "改善设施", "行装处", ("许知行",), ReportStatus.MISSING),
    ),
    comment="建议对未报部门予以提醒。",
)
LEDGER = Ledger(
    "整改台账",
    MADE_ON,
    (
        LedgerRow(
            3,
            "司法为民",
            "方便群众立案",
            TASK.measures,
            ("每周开放不少于三天",),
            TASK.leaders,
            "立案庭",
            TASK.supporting_departments,
            date(2031, 12, 31),
            "2031年年底前",
            date(2031, 11, 30),
            "整改中",
            "黄灯",
            extensions=1,
            extended_days=31,
            on_original="已逾期",
            on_extended="未到期",
        ),
        LedgerRow(
            4,
            "",
            '=HYPERLINK("http://x.example")',
            ("+1", "-1"),
            ("@SUM(A1)",),
            (),
            "-部门",
            (),
            None,
            "长期坚持",
            None,
            "#N/A",
            "=1",
            "\tx",
        ),
    ),
)

RECORD = Judgement(
    TASK, MADE_ON, "核验组", "沈知秋", (Finding(1, "夜间窗口开放满三个月", "met", "实地查看"),)
)
OPINION = Judgement(
    TASK,
    MADE_ON,
    "核验组",
    "沈知秋",
    (Finding(1, "夜间窗口开放满三个月", "met"), Finding(2, "答复不超过一日", "not_met", "有三件超期")),
    remark="请补足开放时间",
    rework=True,
    new_due_on=date(2031, 9, 30),
)
