"""One test per way of laying a plan out, each read as text and as a Word file."""

from __future__ import annotations

import pytest

from tests.plans.documents import Reader
from workflows.plans.dates.deadline import DeadlineKind
from workflows.plans.errors import UnreadablePlanError


def test_labelled_paragraphs_under_sections(read: Reader) -> None:
    reading = read("""
关于热线服务评议意见的整改工作方案
一、总体要求
坚持问题导向，工作目标：让群众少跑腿。
二、整改内容及措施
（一）热线服务（2022年度评议重点问题）
整改目标（意见建议）：提高热线接通率。
整改措施：一是增配坐席。每班不少于6人。二是每季度分析一次热点；三是请第三方抽查。
校验标准：一是接通率达到95%；二是形成4份分析报告。
责任领导：甲一
责任部门：信息中心，各分中心（排序第一的为牵头部门，下同）
完成时限：2023年年底前
（二）窗口服务
1.整改目标：缩短等候时间。
整改措施：开通预约。
核验标准：平均等候不超过15分钟。
责任领导：乙二
责任部门：窗口办
完成时限：2023年9月底前
2.整改目标：一次告知到位。
整改措施：印制告知单。
核验标准：抽查无差错。
责任领导：乙二
责任部门：窗口办
完成时限：长期坚持
三、工作要求
（一）压实责任。各部门要加强领导，整改措施要具体。
""")
    first, second, third = reading.tasks
    assert (first.section, first.remark) == ("热线服务", "2022年度评议重点问题")
    assert first.objective == "提高热线接通率"
    assert first.measures == ("增配坐席。每班不少于6人", "每季度分析一次热点", "请第三方抽查")
    assert first.criteria == ("接通率达到95%", "形成4份分析报告")
    assert first.departments == ("信息中心", "各分中心")
    assert str(first.deadline) == "2023-12-31"
    assert (second.section, third.section) == ("窗口服务", "窗口服务")
    assert (second.objective, third.objective) == ("缩短等候时间", "一次告知到位")
    assert third.kind is DeadlineKind.ONGOING


def test_numbered_problems_with_labelled_lines_and_numbered_measures(read: Reader) -> None:
    reading = read("""
某县整改清单
一、河道保洁不及时。部分河段漂浮物多。
责任单位：县水利局；乡镇（街道）
督导单位：县河长办
责任人：甲一、乙二
整改时限：2023年6月底前完成清理，2023年底前建立机制
整改目标：河面无漂浮物。
整改措施：
1.2023年6月底前清理12.5公里河道。
2.建立保洁队伍。
验收单位：县水利局
二、渗滤液处理能力不足。
责任单位：县城管局
责任人：丙三
整改时限：立行立改，长期坚持
整改目标：全量处理。
整改措施：
1.新增设备。
""")
    first, second = reading.tasks
    assert first.section == "河道保洁不及时"
    assert first.problem == "河道保洁不及时。部分河段漂浮物多"
    assert first.measures == ("2023年6月底前清理12.5公里河道", "建立保洁队伍")
    assert (first.departments, first.supervisor) == (("县水利局", "乡镇（街道）"), "县河长办")
    assert (first.acceptance_unit, str(first.deadline)) == ("县水利局", "2023-12-31")
    assert [(str(stage.day), stage.what) for stage in first.interim] == [("2023-06-30", "完成清理")]
    assert (second.kind, second.also_ongoing, second.leaders) == (DeadlineKind.IMMEDIATE, True, ("丙三",))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("问题一：档案不全", "问题二：值守不严"),
        ("问题1.档案不全", "问题2.值守不严"),
        ("问题一\n档案不全", "问题二\n值守不严"),
        ("第一项：档案不全", "第二项：值守不严"),
        ("序号：1\n反馈问题：档案不全", "序号：2\n反馈问题：值守不严"),
        ("序号1\n反馈问题：档案不全", "序号2\n反馈问题：值守不严"),
    ],
)
def test_blocks_that_count_their_problems(read: Reader, first: str, second: str) -> None:
    fields = "整改目标：{}\n整改措施：（1）甲；（2）乙\n责任领导：丙三\n牵头部门：办公室\n配合部门：各科室"
    reading = read("\n".join(["某局整改方案", first, fields.format("补齐"), second, fields.format("严守")]))
    assert [task.objective for task in reading.tasks] == ["补齐", "严守"]
    assert [task.problem for task in reading.tasks] == ["档案不全", "值守不严"]
    assert [task.section for task in reading.tasks] == [None, None]
    assert reading.tasks[0].measures == ("甲", "乙")
    assert reading.tasks[1].departments == ("办公室", "各科室")


@pytest.mark.parametrize("gap", ["\n", ""])
def test_fields_in_boxes_on_lines_of_their_own_or_running_on(read: Reader, gap: str) -> None:
    fields = [
        "【整改目标】减少投诉",
        "【整改措施】①回访；②公示",
        "【责任领导】甲一",
        "【责任部门】窗口办、督查科",
        "【完成时限】2023年3-5月",
    ]
    other = [field.replace("减少投诉", "加快办理") for field in fields]
    reading = read(
        "\n".join(["某局整改方案", "一、整改任务", "1." + gap.join(fields), "2." + gap.join(other)])
    )
    assert [task.objective for task in reading.tasks] == ["减少投诉", "加快办理"]
    assert reading.tasks[1].measures == ("回访", "公示")
    assert reading.tasks[0].departments == ("窗口办", "督查科")
    assert str(reading.tasks[0].deadline) == "2023-05-31"


def test_owners_in_brackets_at_the_end_of_a_paragraph(read: Reader) -> None:
    reading = read("""
某市重点任务分工
一、提升登记效率
（一）推行全程网办。整合窗口。压缩时间。（牵头单位：甲局；配合单位：乙局、丙委（丁办）等；完成时限：2023年6月底）
（二）降低成本。免费刻章。（责任单位：甲局；2023年底前完成）
二、优化纳税服务
（三）精简资料。减少重复报送。（甲局牵头，各县（市、区）政府配合，长期坚持）
""")
    first, second, third = reading.tasks
    assert [task.section for task in reading.tasks] == ["提升登记效率", "提升登记效率", "优化纳税服务"]
    assert (first.objective, first.measures) == ("推行全程网办", ("整合窗口", "压缩时间"))
    assert first.departments == ("甲局", "乙局", "丙委（丁办）")
    assert (second.departments, str(second.deadline)) == (("甲局",), "2023-12-31")
    assert (third.lead_department, third.departments) == ("甲局", ("甲局", "各县（市、区）政府"))
    assert third.kind is DeadlineKind.ONGOING


def test_everything_in_one_run_on_paragraph(read: Reader) -> None:
    reading = read(
        "某院整改方案。（一）发还案款不及时。整改目标：案款15日内发还。整改措施：一是建台账，二是每周核对一次。"
        "核验标准：平均用时不超过10日。责任领导：甲一。责任部门：执行局、财务处。完成时限：2023年10月底前。"
        "（二）文书上网率低。整改目标：应上网尽上网。整改措施：1.专项清理；2.每月通报。核验标准：上网率95%。"
        "责任领导：乙二。责任部门：审管办。完成时限：2023年年底前。"
    )
    first, second = reading.tasks
    assert reading.title == "某院整改方案"
    assert (first.objective, second.objective) == ("案款15日内发还", "应上网尽上网")
    assert (first.measures, second.measures) == (("建台账", "每周核对一次"), ("专项清理", "每月通报"))
    assert (first.departments, second.departments) == (("执行局", "财务处"), ("审管办",))
    assert (str(first.deadline), str(second.deadline)) == ("2023-10-31", "2023-12-31")


def test_items_that_run_on_in_one_line_do_not_swallow_each_other(read: Reader) -> None:
    reading = read("1.增设窗口。责任单位：甲局、乙局。2.延长服务时间。责任单位：丙局。")
    assert [task.departments for task in reading.tasks] == [("甲局", "乙局"), ("丙局",)]
    assert [task.measures for task in reading.tasks] == [("增设窗口",), ("延长服务时间",)]


def test_label_and_value_on_separate_lines(read: Reader) -> None:
    reading = read("""
某镇整改清单
问题一
村道破损
整改目标
修复村道3.5公里
整改措施
1.勘察
2.施工
责任领导
甲一
责任单位
规建办、村委会
完成时限
2023年11月底
问题二
清运不及时
整改目标
日产日清
整改措施
增加车辆。
调整路线。
责任领导
乙二
责任单位
环卫所
完成时限
立行立改
""")
    first, second = reading.tasks
    assert (first.problem, first.objective) == ("村道破损", "修复村道3.5公里")
    assert (first.measures, second.measures) == (("勘察", "施工"), ("增加车辆", "调整路线"))
    assert (second.departments, second.kind) == (("环卫所",), DeadlineKind.IMMEDIATE)


def test_half_and_full_width_say_the_same(read: Reader) -> None:
    plain = (
        "(一)服务\n整改目标(意见建议):甲.\n整改措施:1.乙;2.丙(丁,戊)\n"
        "责任部门:己局,庚局;辛(壬、癸)局\n完成时限:2023年6月30日18:00前"
    )
    wide = plain.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    half, full = read(plain).tasks[0], read(wide).tasks[0]
    assert half.departments == ("己局", "庚局", "辛(壬、癸)局")
    assert (half.deadline, len(half.measures), len(half.departments)) == (
        full.deadline,
        2,
        len(full.departments),
    )


@pytest.mark.parametrize(
    "content",
    [
        "某市召开推进会\n会议要求，各责任部门要对照整改目标，细化整改措施，逐条明确责任领导、责任部门、完成时限。",
        "关于报送情况的通知\n一、报送内容\n1.进展情况；\n2.下一步打算。\n二、报送时间：请于2023年6月20日前报送。\n三、联系人：甲一，电话：123",
        "某院工作总结\n一、主要做法\n（一）明确责任。制定整改措施12条，完成时限均为年底前。\n二、存在问题：一是重视不够；二是措施不实。",
        "某报讯\n我院召开推进会，要求立行立改。\n责任编辑：甲一 联系电话：123",
        "三、工作要求\n（一）加强领导。责任领导要亲自抓。\n整改目标",
    ],
)
def test_a_text_without_tasks_is_refused_with_what_was_looked_for(read: Reader, content: str) -> None:
    with pytest.raises(UnreadablePlanError) as refusal:
        read(content)
    assert refusal.value.code == "plan_without_tasks"
    assert "整改目标" in str(refusal.value.params["looked_for"])
