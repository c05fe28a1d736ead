"""The invented plan of the small court, in words of its own: a dated, an immediate and an ongoing task."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from workflows.plans.records import (
    DepartmentPart,
    MilestoneKind,
    NewCriterion,
    NewDepartment,
    NewMilestone,
    PlanContent,
    TaskContent,
)
from workflows.rectification.vocabulary import TaskKind

YEAR_END = date(2026, 12, 31)
MID_TERM = date(2026, 8, 15)
REPORTS_END = date(2026, 11, 30)
DUE = date(2026, 12, 15)


def plan_of(departments: Mapping[str, int], people: Mapping[str, int]) -> PlanContent:
    """Give the plan of a court whose departments and people bear these numbers."""
    lead = (
        _department("审判管理办公室", DepartmentPart.LEAD, departments),
        _department("行装处", DepartmentPart.SUPPORTING, departments),
        NewDepartment("各审判业务部门", DepartmentPart.GROUP, None),
    )
    leaders = (people["leader"],)
    return PlanContent(
        title="2026年度执法办案突出问题整改工作方案",
        document_number="试高法〔2026〕18号",
        issued_on=date(2026, 5, 28),
        basis="2025年度社会评价意见",
        approved_by="院党组",
        year=2026,
        review_on=YEAR_END,
        milestones=(
            NewMilestone(MilestoneKind.MID_TERM_REPORT, MID_TERM, "报送中期进度"),
            NewMilestone(MilestoneKind.YEAR_END_REPORT, REPORTS_END, "报送全年情况"),
        ),
        tasks=(
            _task(1, "缩短长期未结案件的办理周期", TaskKind.DATED, DUE, lead, leaders),
            _task(2, "公开诉讼服务中心的排队时间", TaskKind.IMMEDIATE, None, lead, leaders),
            _task(3, "持续提升裁判文书说理水平", TaskKind.ONGOING, None, lead, leaders),
            _task(4, "压降鉴定环节的平均用时", TaskKind.DATED, DUE, lead, leaders),
        ),
    )


def _department(name: str, part: DepartmentPart, departments: Mapping[str, int]) -> NewDepartment:
    return NewDepartment(name, part, departments[name])


def _task(
    number: int,
    objective: str,
    kind: TaskKind,
    due_on: date | None,
    departments: tuple[NewDepartment, ...],
    leaders: tuple[int, ...],
) -> TaskContent:
    return TaskContent(
        number=number,
        section="审判质效",
        problem="社会评价中反映较多",
        objective=objective,
        remark="",
        kind=kind,
        also_ongoing=False,
        deadline_text="2026年12月15日前" if due_on else "",
        due_on=due_on,
        departments=departments,
        leaders=leaders,
        measures=("逐件清理、列出清单，按月通报办理进展", "修订办案流程管理规定，明确各环节时限"),
        criteria=(NewCriterion("清单内案件全部办结"), NewCriterion("修订后的规定印发施行")),
    )
