"""Ways of laying a plan out in which the outline decides what belongs together."""

from __future__ import annotations

import pytest

from tests.plans.documents import Reader
from workflows.plans.errors import UnreadablePlanError


def test_enumerated_labels_with_a_list_inside(read: Reader) -> None:
    reading = read("""
某局整改方案
一、请示报告不严
（一）整改目标：应报尽报
（二）整改措施：
1.梳理清单。
2.明确时限，24小时内报告。
（三）责任单位：办公室
（四）责任领导：甲 一
（五）整改时限：2023年第二季度前
二、公务接待不规范
（一）整改目标：规范接待
（二）整改措施：
1.修订办法。
（三）责任单位：财务科
（四）责任领导：乙二
（五）整改时限：长期坚持
""")
    first, second = reading.tasks
    assert first.measures == ("梳理清单", "明确时限，24小时内报告")
    assert (first.leaders, second.measures) == (("甲一",), ("修订办法",))


def test_numbered_measures_whose_owner_follows_the_last_of_them(read: Reader) -> None:
    reading = read("""
某区整改措施
（一）加强扬尘治理
1.落实覆盖。
2.每月执法一次。
责任单位：住建局、城管局；责任人：甲一；完成时限：2023年底前
（二）加强污水治理
1.改造管网12.6公里。
2.清淤。
责任单位：水务局；完成时限：“十四五”末
""")
    assert [task.objective for task in reading.tasks] == ["加强扬尘治理", "加强污水治理"]
    assert reading.tasks[0].measures == ("落实覆盖", "每月执法一次")
    assert str(reading.tasks[1].deadline) == "2025-12-31"


def test_owners_behind_single_measures_belong_to_the_task(read: Reader) -> None:
    reading = read("""
某局整改方案
一、档案管理不规范
整改目标：归档率100%
整改措施：
1.清理档案。（责任科室：办公室；完成时限：2023年4月底前）
2.修订制度。（责任科室：法规科；完成时限：2023年6月底前）
责任领导：甲一
""")
    (task,) = reading.tasks
    assert task.measures == ("清理档案", "修订制度")
    assert (task.departments, str(task.deadline)) == (("办公室", "法规科"), "2023-06-30")
    assert [str(stage.day) for stage in task.interim] == ["2023-04-30"]


def test_who_answers_for_a_chapter_answers_for_its_tasks(read: Reader) -> None:
    reading = read("""
某院整改方案
（一）审判质量（责任领导：甲一；牵头部门：审管办）
1.整改目标：统一尺度。
整改措施：类案检索。
2.整改目标：少出差错。
整改措施：专项评查。
牵头部门：评查办
""")
    assert [task.leaders for task in reading.tasks] == [("甲一",), ("甲一",)]
    assert [task.lead_department for task in reading.tasks] == ["审管办", "评查办"]


def test_headings_without_numbers(read: Reader) -> None:
    reading = read("""
某局整改方案
窗口服务
整改目标：缩短等候
整改措施：增设窗口
责任部门：窗口办
热线服务
整改目标：提高接通率
整改措施：增配坐席
责任部门：信息中心
""")
    assert [task.section for task in reading.tasks] == ["窗口服务", "热线服务"]
    assert [task.measures for task in reading.tasks] == [("增设窗口",), ("增配坐席",)]


def test_a_heading_behind_the_last_value_of_a_task_is_no_item_of_its_list(read: Reader) -> None:
    reading = read("""
整改目标：缩短等候
责任部门：窗口办
核验标准：1.等候不超过15分钟；2.满意度90%。
（二）热线服务
整改目标：提高接通率
责任部门：信息科
""")
    assert reading.tasks[0].criteria == ("等候不超过15分钟", "满意度90%")
    assert reading.tasks[1].section == "热线服务"


def test_what_stands_under_requirements_is_no_task(read: Reader) -> None:
    reading = read("""
一、整改任务
（一）加强窗口管理。增设窗口。（责任部门：窗口办）
二、工作要求
（一）加强信息报送。按时报送材料。（责任部门：办公室）
""")
    assert [task.departments for task in reading.tasks] == [("窗口办",)]


def test_a_list_that_begins_in_the_middle_is_nobodys_child(read: Reader) -> None:
    reading = read("""
（八）提升查询便利。支持线下查询。整合窗口。（责任单位：甲局、乙局）
2.完善验收制度。细化要求。压缩时限。（责任部门：丙委）
""")
    assert [task.section for task in reading.tasks] == [None, None]
    assert [task.objective for task in reading.tasks] == ["提升查询便利", "完善验收制度"]


def test_the_next_item_is_told_from_the_next_measure_of_the_same_numbering(read: Reader) -> None:
    reading = read("""
某局整改清单
1.档案不全
责任单位：办公室
整改措施：
1.清理库存。
2.值守不严
责任单位：法规科
整改措施：
1.抽查。
2.通报。
""")
    assert [task.measures for task in reading.tasks] == [("清理库存",), ("抽查", "通报")]
    assert [task.departments for task in reading.tasks] == [("办公室",), ("法规科",)]


def test_owners_without_anything_to_do_are_no_task(read: Reader) -> None:
    with pytest.raises(UnreadablePlanError):
        read("会议安排\n责任单位：办公室\n完成时间：2023年5月")


def test_a_topic_is_a_section_and_a_fault_a_problem(read: Reader) -> None:
    reading = read("""
一、审判工作方面
（一）未成年人审判
整改目标：加强调研
责任部门：少年庭
（二）文书上网不及时
整改目标：应上网尽上网
责任部门：审管办
""")
    first, second = reading.tasks
    assert (first.section, first.problem) == ("未成年人审判", None)
    assert (second.section, second.problem) == ("审判工作方面", "文书上网不及时")
