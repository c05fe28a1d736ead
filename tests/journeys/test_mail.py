"""What is urgent reaches people by mail within moments, through the real deadline process and mail server."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from tests.journeys.demonstration import Demonstration
from tests.journeys.people import Crowd
from tests.support.visitors import Visitors

pytestmark = pytest.mark.browser

TASK = "改善人民法庭的办案和服务条件"
REASON = "请补充六个人民法庭的验收日期。"
_PATIENCE = 60


def test_a_returned_report_is_in_the_handlers_mailbox_and_leads_to_the_task(
    demo: Demonstration, visitors: Visitors
) -> None:
    people = Crowd(demo.address, demo.password, visitors.open)
    office, handler = people["chanyunan"], people["huangfushan"]
    office.begin(TASK, "退回补报")
    office.fill({"退回补报的理由": REASON})
    office.submit("退回补报", "“退回补报”已办理。")
    page = handler.page
    page.locator("details.menu.wide summary").click()
    page.get_by_role("link", name="演示邮箱").first.click()
    page.goto(f"{page.url}?to=huangfushan@example.test")
    until = time.monotonic() + _PATIENCE
    newest = page.locator("main tbody tr").first
    while "退回" not in newest.inner_text() and time.monotonic() < until:
        page.wait_for_timeout(500)
        page.reload()
    newest.get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text(REASON)
    page.get_by_role("link", name="打开（需要登录）").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TASK)
