"""A signature on paper: the sheet is printed, its scan registered by one person and confirmed by another."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from cli.demo.papers.png import shelves
from tests.journeys.people import Crowd, Named, Somebody
from tests.support.seed import MEMBERS

pytestmark = pytest.mark.browser

TASK = "缩短长期未结案件的办理周期"
SCAN: Named = ("签批单扫描件.png", shelves(4))


def test_a_sheet_is_printed_signed_scanned_registered_and_confirmed(people: Crowd) -> None:
    handler, head = people["handler"], people["head"]
    handler.begin(TASK, "签收")
    handler.submit("签收", "“签收”已办理。")
    handler.begin(TASK, "启动整改")
    handler.submit("提请签批", "等待签批")
    head.sign(TASK, "")
    digest = _printed(handler)
    office = people["office"]
    paper = _registered(office, digest)
    # Whoever registered it cannot confirm it, and until somebody did nothing is signed.
    office.page.goto(paper)
    expect(office.page.get_by_role("button", name="确认", exact=True)).to_have_count(0)
    office.open_task(TASK)
    expect(office.page.get_by_text("待签：")).to_contain_text(MEMBERS["leader"][0])
    _confirmed(people["office_head"], paper)
    for login in ("leader", "inspector"):
        page = people[login].page
        people[login].open_task(TASK)
        expect(page.locator(".task-marks")).to_contain_text("整改中")
        given = page.locator(".event").filter(has_text="（责任领导）")
        expect(given).to_contain_text("纸质签批补录")
        expect(given).to_contain_text("“照此办理”")
        with page.expect_download() as download:
            page.locator(".event").filter(has_text="的纸质签批").get_by_role("link", name="查看").click()
            page.get_by_role("link", name=SCAN[0]).click()
        assert download.value.path().read_bytes() == SCAN[1]


def _printed(handler: Somebody) -> str:
    """Open the sheet as it is printed and give the digest that stands on it."""
    handler.open_task(TASK)
    page = handler.page
    page.get_by_role("link", name="查看全文").click()
    page.get_by_role("link", name="打印签批单").click()
    page.emulate_media(media="print")
    expect(page.locator(".head")).to_be_hidden()
    sheet = page.locator("article.sheet-paper")
    for words in (TASK, "启动整改", MEMBERS["leader"][0], "意见：", "签名：", "日期："):
        expect(sheet).to_contain_text(words)
    expect(sheet.locator("figure svg")).to_be_visible()
    box = sheet.locator("figure svg").bounding_box()
    assert box is not None
    assert box["width"] >= 80
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="screen")
    found = re.search(r"[0-9a-f]{64}", sheet.inner_text())
    assert found is not None
    return found[0]


def _registered(office: Somebody, digest: str) -> str:
    """Register the scan, without it and in the future first; give the address of what was registered."""
    office.open_task(TASK)
    page = office.page
    page.get_by_role("link", name="查看全文").click()
    page.get_by_role("link", name="纸质签批补录").click()
    expect(page.locator("main")).to_contain_text(digest)
    page.get_by_label("签字人").select_option(label=MEMBERS["leader"][0])
    page.get_by_label("签字日期").fill("2026-06-01")
    page.get_by_label("意见（可不填）").fill("照此办理")
    assert office.press("登记", unchecked=True) == 422
    expect(office.refused()).to_have_count(1)
    expect(page.get_by_label("意见（可不填）")).to_have_value("照此办理")
    office.hand_in("签批单扫描件", SCAN)
    assert office.press("登记") == 303
    expect(page.get_by_role("status")).to_contain_text("须由另一人确认后才算签批")
    return page.url


def _confirmed(somebody: Somebody, paper: str) -> None:
    page = somebody.page
    page.goto(paper)
    expect(page.locator("main")).to_contain_text("照此办理")
    assert somebody.press("确认") == 303
    expect(page.get_by_role("status")).to_contain_text("这份纸质签批已经生效")
