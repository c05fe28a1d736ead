"""Pages that no link leads to: what an answer to a form looks like. Played for the pictures, after the walk.

Each scene leaves its window on the page that is to be shot. It knows the demonstration's story.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from cli.demo.papers.png import shelves
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
_NEW: Final = "让邻里、家事纠纷多一些调解，少一些对立"
_VERIFIED: Final = "统一类案裁判尺度"
_SUSPENDED: Final = "清理久拖未结案件"
_PUBLIC: Final = "解决当事人来院办事往返多"
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


def _registered(head: Somebody) -> None:
    _registering(head)
    signed_on = head.page.get_by_label("签字日期")
    signed_on.fill(signed_on.get_attribute("max") or "")
    head.page.get_by_label("意见（可不填）").fill("照此办理")
    head.hand_in("签批单扫描件", ("签批单.png", shelves(4)))
    head.press("登记")


def _to_confirm(office: Somebody) -> None:
    office.open_task(WAITING)
    office.page.locator(".event").filter(has_text="的纸质签批").get_by_role("link", name="查看").click()


def _log_in_refused(handler: Somebody) -> None:
    handler.page.context.clear_cookies()
    handler.page.goto(handler.address)
    handler.fill({"登录名": handler.login, "口令": "not the password"})
    handler.page.get_by_role("button", name="登录").click()


def _password_refused(handler: Somebody) -> None:
    handler.page.goto(f"{handler.address}/password")
    for name, value in (("old", "not the password"), ("new", "short"), ("again", "shorter")):
        handler.page.locator(f"[name={name}]").fill(value)
    handler.press("修改口令", unchecked=True)


def _no_right(handler: Somebody) -> None:
    handler.page.goto(f"{handler.address}/settings")


def _stale(handler: Somebody) -> None:
    handler.begin(_NEW, "签收")
    faster = Somebody(handler.page.context.new_page(), handler.address, handler.login, handler.password)
    faster.begin(_NEW, "签收")
    faster.press("签收")
    handler.press("签收")


def _form(objective: str, trigger: str) -> Callable[[Somebody], None]:
    def play(somebody: Somebody) -> None:
        somebody.open_task(objective)
        somebody.page.goto(f"{somebody.page.url}/propose/{trigger}")

    return play


def _proposed(handler: Somebody) -> None:
    handler.begin(_NEW, "启动整改")
    handler.press("提请签批")


def _to_send_back(head: Somebody) -> None:
    head.open_task(_NEW)
    head.page.get_by_role("link", name="退回").click()


def _one_time(administrator: Somebody) -> None:
    administrator.menu("机构人员")
    administrator.page.goto(f"{administrator.address}/admin/accounts/?words=zhangsunli")
    administrator.page.get_by_role("link", name="zhangsunli").click()
    administrator.page.get_by_text("重设口令").click()
    administrator.press("重设为一次性口令")


def _settings_refused(head: Somebody) -> None:
    head.menu("设置")
    head.page.locator("input[type=number]").first.fill("900")
    head.press("保存设置", unchecked=True)


SCENES: Final[tuple[tuple[str, str, Callable[[Somebody], None]], ...]] = (
    ("plan-with-questions", "chanyunan", _questions),
    ("plan-without-tasks", "chanyunan", _no_plan),
    ("form-refused", "huangfushan", _refused_form),
    ("move-impossible", "huangfushan", _impossible),
    ("not-found", "huangfushan", _nowhere),
    ("no-right", "huangfushan", _no_right),
    ("log-in-refused", "huangfushan", _log_in_refused),
    ("password-refused", "huangfushan", _password_refused),
    ("stale", "bailizhi", _stale),
    ("form-start", "bailizhi", _form(_NEW, "start")),
    ("proposed", "bailizhi", _proposed),
    ("to-send-back", "dongguoai", _to_send_back),
    ("form-resume", "dongfangzhu", _form(_SUSPENDED, "resume")),
    ("form-withhold", "dongfangzhu", _form(_VERIFIED, "withhold")),
    ("form-reopen", "chanyunan", _form(_PUBLIC, "reopen")),
    ("form-cancel", "chanyunan", _form(_SUSPENDED, "cancel")),
    ("one-time-password", "xuanyuandi", _one_time),
    ("settings-refused", "shentuchun", _settings_refused),
    ("paper-to-register", "gongsuntong", _registering),
    ("paper-registered", "gongsuntong", _registered),
    ("paper-to-confirm", "chanyunan", _to_confirm),
    ("password-wrong", SIGNER, _wrong_password),
    ("signed", SIGNER, _signed),
)
"""Name, who plays it, and how."""
