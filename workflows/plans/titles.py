"""What kind of heading a heading is: a chapter of the document, a topic, something wrong or to be done.

These are rules of thumb about the words of official documents, kept in one place. They decide only what a
title is taken for (section, problem or objective), never whether something is a task.
"""

from __future__ import annotations

import re
from enum import StrEnum

from workflows.plans.pieces import Piece


class TitleKind(StrEnum):
    """What a heading says."""

    GENERIC = "generic"
    """A chapter that every plan has: 整改内容及措施, 工作要求."""
    TOPIC = "topic"
    """What it is about: 审判质量."""
    DEFICIENCY = "deficiency"
    """What is wrong: 学习贯彻不够深入."""
    AIM = "aim"
    """What is to be done: 完善综合竣工验收制度."""


class Role(StrEnum):
    """What a chapter is there for."""

    PREAMBLE = "preamble"
    """Why and by which principles."""
    TASKS = "tasks"
    """The tasks, or anything that is none of the others."""
    STEPS = "steps"
    """When what happens."""
    CLOSING = "closing"
    """What everybody has to observe: 工作要求, 组织保障."""


_GENERIC = re.compile(
    r"(?:整改|工作|重点|主要|具体|总体|基本|有关|相关|任务|内容|措施|举措|目标|要求|清单|台账|安排|事项|问题|分工|方案|思路"
    r"|原则|组织|保障|领导|指导思想|情况|实施|步骤|方法|时间|机制|责任|落实|计划|进度|背景|意义|项目|部署|存在|反馈"
    r"|附件|其他|纪律|范围|依据|及其|以及|及|和|与|、|的)+"
)
_CHAPTER = re.compile(
    r"(?:整改|重点|主要|具体|年度|目标)[^,。;]{0,8}(?:任务|内容|措施|事项|清单|举措|分工|台账)(?:安排|分解)?"
)
_CLOSING = re.compile(
    r"(?:工作|有关|相关|几点|整改|具体)?要求|.{0,4}组织(?:领导|保障|实施).{0,4}|.{0,4}保障(?:措施|机制|落实)?|.{0,4}纪律.{0,4}"
    r"|(?:强化|加强|严格)?(?:组织)?(?:领导|监督|督导|考核)(?:检查|保障|问效|考核)?|(?:信息|材料|情况|进度)报送(?:要求)?|有关事项|其他事项"
)
_STEPS = re.compile(
    r".{0,6}(?:步骤|时间安排|进度安排|工作安排|阶段安排|阶段划分|时间节点|方法步骤|工作进程|推进安排)"
)
_PREAMBLE = re.compile(
    r"指导思想|(?:总体|基本|整改|工作)(?:要求|目标|思路|原则|情况|概况|背景).{0,8}|.{0,6}(?:重要意义|背景|领导小组|组织机构|组织架构)"
    r"|.{0,4}基本原则|思想认识|(?:提高|统一)(?:政治站位|思想认识|认识)"
)
_FIRST = (_CLOSING, Role.CLOSING), (_STEPS, Role.STEPS), (_PREAMBLE, Role.PREAMBLE)
_WRONG = re.compile(
    r"不(?!动产|断|少于|低于|高于|超过|忘|同|得|懈|变|仅|但|限|良|法|文明|诉|起诉|可|必|捕|服|公开)"
    r"|滞后|缓慢|薄弱|缺[乏失位]|欠缺|偏[低慢弱少差]|差距|短板|弱化|反弹|繁琐|较[低慢弱差少]|流于形式|走过场|空白|隐患|违规"
    r"|超范围|混乱|落后|淡薄|松懈|虚化|脱节|周期长|时间长|有待|没有|未(?!成年|来|检|遂)|[低慢差弱少乱难]$"
    r"|问题(?:依然|较|突出|多发|严重)|存在.{0,30}问题"
)
_REMEDY = re.compile(
    r"(?:着力|切实|集中|全面)?(?:解决|整治|消除|补齐|破解|纠正|治理|防止|防范|避免|杜绝|克服|改变)"
)
_VERBS = re.compile(
    "加强|提升|完善|推进|规范|提高|优化|建立|健全|强化|深化|改进|解决|加大|加快|落实|开展|推动|促进|保障|维护|严格|坚持"
    "|做好|抓好|构建|打造|创新|拓展|巩固|扩大|补齐|压实|夯实|增强|畅通|简化|压缩|缩短|实施|实行|推行|探索|建设|编制"
    "|制定|修订|组织|整治|治理|消除|破解|纠正|确保|实现|全面|切实|进一步|持续|大力|积极|着力|继续|深入|扎实|统筹|支持"
    "|鼓励|培育|聚焦|严肃|督促|清理|排查|改善|改造|新建|降低|减少|充分|发挥|引导|帮助|完成|公开|公布|设立|增设|配齐|补充"
)
_SENTENCE_END = re.compile(r"[。!?]")
_REMARK = re.compile(r"\(([^()]{5,60})\)$")


def kind_of(title: str) -> TitleKind:
    """Tell what a title (folded, without its marker) says."""
    if _GENERIC.fullmatch(title):
        return TitleKind.GENERIC
    if _REMEDY.match(title):
        return TitleKind.AIM
    if _WRONG.search(title):
        return TitleKind.DEFICIENCY
    return TitleKind.AIM if _VERBS.match(title) else TitleKind.TOPIC


def is_chapter(title: str, *, outermost: bool) -> bool:
    """Tell whether a title heads a chapter of the document and says nothing about a task."""
    if kind_of(title) is TitleKind.GENERIC or role_of(title) is not None:
        return True
    return outermost and _CHAPTER.fullmatch(title) is not None


def role_of(title: str) -> Role | None:
    """Tell what a chapter is there for; ``None`` where its title does not say."""
    return next((role for form, role in _FIRST if form.fullmatch(title)), None)


def first_sentence(piece: Piece) -> tuple[Piece, Piece]:
    """Divide a heading that runs on into its title and the rest."""
    end = _SENTENCE_END.search(piece.folded)
    if end is None:
        return piece.trimmed(":"), piece.part(len(piece.text))
    return piece.part(0, end.start()).trimmed(), piece.part(end.end()).trimmed()


def without_remark(title: Piece) -> tuple[Piece, Piece | None]:
    """Divide a title from the remark in brackets behind it (未成年人审判（…热点难点问题）)."""
    remark = _REMARK.search(title.folded)
    if remark is None or remark.start() == 0:
        return title, None
    return title.part(0, remark.start()).trimmed(), title.part(remark.start(1), remark.end(1))
