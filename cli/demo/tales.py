"""What the people of the demonstration say and hand in about each task.

Words and figures are invented. Must not know when anything happens or how it is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cli.demo.papers.pdf import pdf
from cli.demo.papers.png import lamps, shelves


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that proves something.

    Attributes:
        title: What it is called.
        name: The file's name.
        data: Its bytes.
        criterion: The number of the criterion it proves.
    """

    title: str
    name: str
    data: bytes
    criterion: int


@dataclass(frozen=True, slots=True)
class Tale:
    """A task in the words of who works on it.

    Attributes:
        handler: Who works on it, by login.
        head: Who heads the department.
        leader: The responsible leader.
        progress: How far each measure is at mid-term.
        done: What became of each measure in the end; empty where the end has not come.
        papers: What proves the criteria.
        hasty: What was to prove them at a first try that a leader sent back.
        problems: What stands in the way at mid-term.
    """

    handler: str
    head: str
    leader: str
    progress: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    hasty: tuple[Paper, ...] = ()
    problems: str = ""


def _paper(title: str, criterion: int, *lines: str) -> Paper:
    return Paper(title, f"{title}.pdf", pdf(title, (*lines, "（演示材料，内容均为虚构）")), criterion)


QUALITY: Final = Tale(
    handler="dongfangzhu",
    head="nangongju",
    leader="ouyangbai",
    done=(
        "类案检索报告制度已经施行，合议庭评议前提交检索结果，抽查八十件全部落实。",
        "两轮案件质量评查已经完成，评查结果在全院公布，评查出的问题已经改正。",
    ),
    papers=(
        _paper(
            "类案检索工作规则",
            1,
            "第一条  合议庭评议前，承办法官应当提交检索结果。",
            "第二条  检索结果随卷保存。",
        ),
        _paper(
            "案件质量评查报告", 2, "共评查案件一百二十件，分两轮进行。", "报告经审判委员会第九次会议审议。"
        ),
    ),
)

EFFICIENCY: Final = Tale(
    handler="dongfangzhu",
    head="nangongju",
    leader="ouyangbai",
    progress=(
        "台账已经建立，登记长期未结案件八十六件，逐案明确了清理时间，已经办结二十一件。",
        "审限变更由庭长、分管院长两级把关，退回理由不充分的申请七件。",
    ),
    problems="部分案件等待鉴定意见，清理进度受到影响。",
)

_LESSONS: Final = _paper(
    "校园法治课一览", 1, "共十三场，每场有学校签章和课程记录。", "主题：防欺凌、防诈骗、网络安全。"
)
_READER: Final = _paper("家长法律常识读本印制验收单", 2, "印制五千册，验收合格。", "已送到十三所联系学校。")
_ANSWERS: Final = "收集意见十四条，已逐条答复。"

YOUNG: Final = Tale(
    handler="muronghe",
    head="gongsuntong",
    leader="shangguanmei",
    progress=(
        "已经走进七所学校讲授法治课，联系学校均有课程安排。",
        "读本初稿完成，正在征求教师和家长意见。",
        "公众开放日方案已经确定。",
    ),
    done=(
        "共走进十三所学校讲授法治课，到课学生三千余人。",
        "读本印制完成，已送到全部联系学校。",
        "公众开放日已经举办，参加人数、活动记录和意见收集均已归档。",
    ),
    papers=(
        _LESSONS,
        _READER,
        _paper("公众开放日活动记录（补充）", 3, "参加人数：一百二十六人。", _ANSWERS),
    ),
    hasty=(_LESSONS, _READER, _paper("公众开放日活动记录", 3, _ANSWERS)),
)

BUILDINGS: Final = Tale(
    handler="huangfushan",
    head="yuchifeng",
    leader="shangguanmei",
    progress=(
        "十一个人民法庭的房屋和设备已经逐个查看，短板清单列出二十三项，已经解决十五项。",
        "东溪、南坪、柳河三个人民法庭的设备已经更换，其余三个因到货延迟尚未安装。",
    ),
    problems="供货单位延期交货，已发函催告。",
)

SUPERVISION: Final = Tale(
    handler="tantailiu",
    head="gongyeyu",
    leader="zhugelan",
    done=(
        "与执行部门一起回访重点案件，形成回访报告。",
        "通报典型问题五件，逐件跟踪，均有处理结果。",
    ),
    papers=(
        _paper("重点案件回访报告", 1, "回访重点案件十六件。", "当事人意见逐件记录在案。"),
        _paper("典型问题处理结果汇总", 2, "通报五件，处理五件。"),
    ),
)

VILLAGE: Final = Tale(
    handler="puyangrong",
    head="chunyusang",
    leader="ouyangbai",
    progress=(
        "照明设施已经完成招标，计划下月安装。",
        "已经走访困难家庭学生十八户，其余九户安排在本月。",
    ),
    done=(
        "三十六盏路灯全部安装，已经移交村委会管护。",
        "二十七户困难家庭学生全部走访，助学措施逐户落实。",
    ),
    papers=(
        Paper("夜间照明现场照片", "夜间照明.png", lamps(6), 1),
        _paper("照明设施移交清单", 1, "路灯三十六盏，控制箱两台。", "移交双方签字。"),
        _paper("困难家庭学生走访记录", 2, "走访二十七户，助学措施逐户登记。"),
    ),
)

SERVICE: Final = Tale(
    handler="duanmuhuai",
    head="linghujin",
    leader="ouyangbai",
    done=(
        "一次性告知清单已经在窗口和网站公布，涵盖十五类事项。",
        "电话和网上预约立案已经开通，首月预约一百零四件。",
    ),
    papers=(
        _paper("一次性告知清单", 1, "立案、保全、查询等十五类事项所需材料一次说清。"),
        Paper("预约立案材料架照片", "预约立案材料架.png", shelves(4), 2),
        _paper("预约立案运行记录", 2, "首月电话预约六十一件，网上预约四十三件。"),
    ),
)
