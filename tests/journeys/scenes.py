"""Pages that no link leads to: what an answer to a form looks like. Played for the pictures, after the walk.

Each scene leaves its window on the page that is to be shot. It knows the demonstration's story.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from tests.journeys.people import Somebody

_PLAN: Final = """云岭省高级人民法院（演示）来信来访问题整改方案
一、整改任务
（一）立案服务
整改目标：当事人少跑路。
整改措施：一是公布一次性告知清单。二是开通网上预约。
核验标准：一是清单在窗口公布；二是预约渠道运行正常。
责任领导：欧阳柏
责任部门：诉讼服务中心，各审判业务部门
完成时限：适时完成
（二）文书上网
整改目标：生效文书及时上网。
整改措施：一是每月清点未上网文书。
责任领导：端木岚
责任部门：审判管理办公室
完成时限：9月底前
"""
_OVERDUE: Final = "改善人民法庭的办案和服务条件"
WAITING: Final = "让法治教育离青少年更近一些"
"""The task that waits for a signature."""
SIGNER: Final = "shangguanmei"
"""Whose signature it is."""


def _questions(office: Somebody) -> None:
    office.menu("整改方案")
    office.hand_in("方案文件（.docx 或 .txt）", ("补充整改方案.txt", _PLAN.encode()))
    office.press("读取")


def _no_plan(office: Somebody) -> None:
    office.menu("整改方案")
    office.hand_in("方案文件（.docx 或 .txt）", ("通知.txt", "请各部门准时参加会议。".encode()))
    office.press("读取")


def _refused_form(handler: Somebody) -> None:
    handler.begin(_OVERDUE, "报请核验")
    handler.hand_in("上传佐证材料", ("验收单.txt", "秘密★一年".encode()), within=handler.part("核验标准1"))
    handler.hand_in("上传佐证材料", ("设备清单.txt", "已更换六套".encode()), within=handler.part("核验标准2"))
    handler.press("提请签批")


def _impossible(handler: Somebody) -> None:
    handler.open_task(_OVERDUE)
    handler.page.goto(f"{handler.page.url}/propose/start")


def _nowhere(handler: Somebody) -> None:
    handler.page.goto(f"{handler.address}/nowhere")


def _wrong_password(leader: Somebody) -> None:
    leader.choose(WAITING)
    leader.page.get_by_label(re.compile("再次输入口令")).fill("not the password")
    leader.press("签批")


def _signed(leader: Somebody) -> None:
    leader.sign(WAITING, "抓紧公开")


def _registering(head: Somebody) -> None:
    head.open_task(WAITING)
    head.page.get_by_role("link", name="查看全文").click()
    head.page.get_by_role("link", name="纸质签批补录").click()


SCENES: Final[tuple[tuple[str, str, Callable[[Somebody], None]], ...]] = (
    ("plan-with-questions", "chanyunan", _questions),
    ("plan-without-tasks", "chanyunan", _no_plan),
    ("form-refused", "huangfushan", _refused_form),
    ("move-impossible", "huangfushan", _impossible),
    ("not-found", "huangfushan", _nowhere),
    ("paper-to-register", "gongsuntong", _registering),
    ("password-wrong", SIGNER, _wrong_password),
    ("signed", SIGNER, _signed),
)
"""Name, who plays it, and how."""
