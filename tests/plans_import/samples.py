"""An invented court with a plan of its own words, for tests of importing."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.actor import Actor, Holding
from workflows.deadlines.calendar import WorkingCalendar
from workflows.deadlines.loading import standard_ladders
from workflows.deadlines.timetable import Timetable
from workflows.plans.records import DepartmentEntry, Directory, PersonEntry, Post
from workflows.rectification.service import Rules

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""A Monday morning in Shanghai."""

RULES = Rules(Timetable(WorkingCalendar()), standard_ladders())

ARCHIVES, CASES, OFFICE, HALL = 1, 2, 3, 4
LEADER, OTHER_LEADER, HANDLER, HEAD, OFFICER, HALL_HEAD, NAMESAKE, LEFT = range(1, 9)

DIRECTORY = Directory(
    departments=(
        DepartmentEntry(ARCHIVES, "档案管理处", "档案处"),
        DepartmentEntry(CASES, "案件管理办公室", "案管办"),
        DepartmentEntry(OFFICE, "绩效办公室"),
        DepartmentEntry(HALL, "诉讼服务中心"),
    ),
    people=(
        PersonEntry(LEADER, "方知远", (Post("responsible_leader", OFFICE),)),
        PersonEntry(OTHER_LEADER, "沈若衡", (Post("responsible_leader", OFFICE),)),
        PersonEntry(HANDLER, "路小满", (Post("handler", CASES),)),
        PersonEntry(HEAD, "许长亭", (Post("department_head", CASES),)),
        PersonEntry(OFFICER, "叶明朗", (Post("performance_office", OFFICE),)),
        PersonEntry(HALL_HEAD, "白云起", (Post("department_head", HALL),)),
        PersonEntry(NAMESAKE, "白云起", (Post("handler", ARCHIVES),)),
        PersonEntry(LEFT, "顾南风", (), active=False),
    ),
)

ACTOR = Actor(
    person=OFFICER,
    organisation=1,
    holdings=frozenset({Holding("performance_office", OFFICE)}),
    request_id="test",
)

PLAN = """云岭市中级人民法院2026年度社会评价意见整改工作方案
根据市绩效办《关于做好社会评价意见整改的通知》（云绩办〔2026〕8号）要求，制定本方案。
一、整改内容及措施
（一）案件管理
整改目标（意见建议）：缩短立案到开庭的等候时间。
整改措施：一是公布排期办法。二是每周清理超期未排案件。
核验标准：一是印发《案件排期办法》；二是等候时间平均缩短五日。
责任领导：方知远
责任部门：案件管理办公室，各审判业务部门（排序第一的为牵头部门，下同）
完成时限：2026年9月底前
（二）诉讼服务
整改目标（意见建议）：窗口咨询有人应、答得清。
整改措施：一是设立咨询专席。二是印发办事指南。
核验标准：一是专席全天有人值守；二是指南在窗口可取。
责任领导：沈若衡
责任部门：诉讼服务中心，档案管理处
完成时限：2026年10月底前
二、工作要求
请各部门于2026年8月15日前将中期整改进度报院绩效办，11月30日前将全年整改完成情况报院绩效办。
市绩效办于2027年1月底前委托民意调查机构开展满意度评价。
"""
