"""A plan from the upload over questions and corrections to its tasks, in a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.people import Named, Somebody
from tests.journeys.served import Served
from tests.support.seed import MEMBERS, PASSWORD
from tests.support.visitors import Visitors

pytestmark = pytest.mark.browser

LEADER = MEMBERS["leader"][0]
_ASKING = f"""试验省高级人民法院2026年度来信来访问题整改方案
一、整改任务
（一）立案服务
整改目标：当事人少跑路。
整改措施：一是公布一次性告知清单。二是开通网上预约。
核验标准：一是清单在窗口公布；二是预约渠道运行正常。
责任领导：{LEADER}
责任部门：立案庭，各审判业务部门
完成时限：适时完成
（二）文书上网
整改目标：生效文书及时上网。
整改措施：一是每月清点未上网文书。
核验标准：一是未上网文书清零。
责任领导：{LEADER}
责任部门：审判管理办公室
完成时限：2026年11月底前
"""


@pytest.fixture
def office(court_on_sqlite: Served, visitors: Visitors) -> Somebody:
    somebody = Somebody(visitors.open(), court_on_sqlite.address, "office", PASSWORD)
    somebody.log_in()
    return somebody


def _hand_in(office: Somebody, file: Named) -> int:
    office.menu("整改方案")
    office.hand_in("方案文件（.docx 或 .txt）", file)
    return office.press("读取")


def _questions(page: Page) -> list[str]:
    return page.locator(".questions > li").all_inner_texts()


def test_a_plan_is_asked_about_corrected_and_becomes_its_tasks(office: Somebody) -> None:
    page = office.page
    assert _hand_in(office, ("方案.txt", _ASKING.encode())) == 302
    asked = " ".join(_questions(page))
    assert "立案庭" in asked
    assert "任务1：时限怎么定：有日期、立行立改，还是长期坚持？（原文：适时完成）" in asked
    assert "各审判业务部门" not in asked
    expect(
        page.get_by_role("region", name="方案原文").locator("mark").filter(has_text="适时完成")
    ).to_be_visible()
    # Confirming too early creates nothing, and keeps what was typed.
    page.locator("[name='task.2.objective']").fill("生效裁判文书七日内上网")
    assert office.press("保存并确认") == 422
    expect(page.get_by_role("alert")).to_contain_text("还有问题没有回答，任务没有创建。")
    expect(page.locator("[name='task.2.objective']")).to_have_value("生效裁判文书七日内上网")
    page.get_by_label(re.compile("立案庭")).select_option(label="审判管理办公室")
    page.locator("[name='task.1.kind']").select_option(label="有日期")
    page.locator("[name='task.1.due_on']").fill("2026-10-30")
    assert office.press("保存并确认") == 302
    expect(page.get_by_role("status")).to_contain_text("已创建2项整改任务")
    page.get_by_role("link", name="生效裁判文书七日内上网").click()
    expect(page.locator(".task-marks")).to_contain_text("待启动")
    expect(page.locator("main")).to_contain_text("2026年11月30日")
    office.menu("整改方案")
    with page.expect_download() as download:
        page.locator("li").filter(has_text="来信来访").get_by_role("link", name="原文件").click()
    assert download.value.suggested_filename == "方案.txt"
    assert download.value.path().read_bytes() == _ASKING.encode()


def test_the_same_file_again_leads_to_what_waits_and_another_window_s_change_is_not_lost(
    office: Somebody, visitors: Visitors
) -> None:
    _hand_in(office, ("方案.txt", _ASKING.encode()))
    second = Somebody(visitors.open(), office.address, "office_head", PASSWORD)
    second.log_in()
    _hand_in(second, ("另一个名字.txt", _ASKING.encode()))
    expect(second.page.get_by_role("status")).to_contain_text("已经导入过，尚未确认")
    office.page.locator("[name='task.1.objective']").fill("当事人最多跑一次")
    assert office.press("保存") in {302, 303}
    second.page.locator("[name='task.2.remark']").fill("重点督办")
    assert second.press("保存") == 409
    expect(second.refused()).to_have_text("这份导入刚刚被别人改过，请刷新后再改。")
    expect(second.page.locator("[name='task.1.objective']")).to_have_value("当事人最多跑一次")
    expect(second.page.locator("[name='task.2.remark']")).to_have_value("重点督办")


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (("通知.txt", "关于召开年终总结会的通知\n请各部门准时参加。".encode()), "没有找到整改任务"),
        (("方案.txt", b""), "文件里没有文字"),
        (("方案.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "旧版文档"),
        (("方案.exe", b"MZ"), "无法读取“方案.exe”这种格式"),
        (("方案.txt", f"秘密★一年\n{_ASKING}".encode()), "秘密★"),
    ],
    ids=["without tasks", "empty", "old Word", "a programme", "marked secret"],
)
def test_what_is_no_plan_is_refused_in_one_sentence(office: Somebody, file: Named, told: str) -> None:
    assert _hand_in(office, file) == 422
    expect(office.refused()).to_have_count(1)
    expect(office.refused()).to_contain_text(told)
    expect(office.page.get_by_role("heading", name="等待确认的导入")).to_have_count(0)


@pytest.mark.shared
def test_the_published_plan_becomes_seven_tasks(office: Somebody, shared: Path) -> None:
    page = office.page
    _hand_in(office, ("court-2021.txt", (shared / "plans" / "court-2021.txt").read_bytes()))
    fields = page.locator("textarea[name$='.measures'], textarea[name$='.criteria']")
    lines = {name: len(value.splitlines()) for name, value in _values(fields.all()) if value}
    counted = {
        kind: sum(number for name, number in lines.items() if name.endswith(kind))
        for kind in ("measures", "criteria")
    }
    assert counted == {"measures": 19, "criteria": 23}
    days = page.locator("input[name^='milestone.'][name$='.due_on']")
    assert [value for _, value in _values(days.all())] == ["2022-08-15", "2022-11-30", "2023-01-31"]
    for select in page.locator(".questions select").all():
        name = select.get_attribute("name") or ""
        wanted = LEADER if name.startswith("leader:") else "审判管理办公室"
        option = select.locator("option").filter(has_text=wanted).first
        select.select_option(value=option.get_attribute("value"))
    assert office.press("保存并确认") == 302
    expect(page.get_by_role("status")).to_contain_text("已创建7项整改任务")
    expect(page.locator("main tbody tr")).to_have_count(7)


def _values(fields: list[Locator]) -> list[tuple[str, str]]:
    return [(field.get_attribute("name") or "", field.input_value()) for field in fields]
