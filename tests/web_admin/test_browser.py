from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.served import Served, served
from tests.support.seed import PASSWORD
from tests.support.visitors import Visitors
from tests.web.driving import propose

PHONE = (390, 844)
OWN = "a password of one's own"

pytestmark = pytest.mark.browser


@pytest.fixture
def court(sqlite_url: str) -> Iterator[Served]:
    """The small court behind a server."""
    with served(sqlite_url) as running:
        yield running


def come_in(page: Page, court: Served, login: str, password: str = PASSWORD) -> None:
    """Log in by the front door."""
    page.goto(f"{court.address}/login")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("口令").fill(password)
    page.get_by_role("button", name="登录").click()


def top(page: Page, heading: str) -> float:
    """Give where a heading stands."""
    box = page.locator("h2").filter(has_text=heading).first.bounding_box()
    assert box is not None, heading
    return box["y"]


def test_the_administrator_adds_somebody_who_then_comes_in(court: Served, visitors: Visitors) -> None:
    page = visitors.open(scripts=False)
    come_in(page, court, "administrator")
    page.get_by_role("link", name="新建人员").click()
    page.get_by_label("姓名").fill("第五柳")
    page.get_by_label("部门", exact=True).select_option(label="行装处")
    page.get_by_label("职务").select_option(label="承办人")
    page.get_by_label("登录名").fill("diwuliu")
    page.get_by_role("button", name="新建人员").click()
    password = page.locator("dl dd").nth(1).inner_text()
    page.get_by_role("link", name="已记下").click()
    expect(page.get_by_text("一次性口令未更改")).to_be_visible()
    theirs = visitors.open(PHONE, scripts=False)
    come_in(theirs, court, "diwuliu", password)
    theirs.get_by_label("现在的口令").fill(password)
    theirs.locator("#new").fill(OWN)
    theirs.get_by_label("再输一次新口令").fill(OWN)
    theirs.get_by_role("button", name="修改口令").click()
    expect(theirs.get_by_role("heading", name="我的整改任务")).to_be_visible()
    page.reload()
    expect(page.get_by_text("一次性口令未更改")).to_have_count(0)


def test_settings_are_changed_with_a_real_form(court: Served, visitors: Visitors) -> None:
    page = visitors.open(PHONE, scripts=False)
    come_in(page, court, "office_head")
    page.goto(f"{court.address}/settings/")
    page.get_by_label("签收").fill("8")
    page.get_by_label("宣传部门").select_option(label="尉迟桂（行装处）")
    page.get_by_label("逾期5个工作日后").check()
    page.get_by_role("button", name="保存设置").click()
    expect(page.get_by_text("已保存3项设置。")).to_be_visible()
    expect(page.get_by_label("签收")).to_have_value("8")
    expect(page.get_by_label("逾期5个工作日后")).to_be_checked()


def test_on_a_phone_what_is_open_and_what_may_be_done_comes_first(court: Served, visitors: Visitors) -> None:
    task = court.court.tasks[0]
    court.court.app.config["WTF_CSRF_ENABLED"] = False
    assert propose(court.court, "handler", task, "acknowledge").status_code == 303
    assert propose(court.court, "handler", task, "start").status_code == 303
    court.court.app.config["WTF_CSRF_ENABLED"] = True
    page = visitors.open(PHONE, scripts=False)
    come_in(page, court, "head")
    page.goto(f"{court.address}/tasks/{task}")
    order = [top(page, heading) for heading in ("正在签批", "办理", "任务内容", "时限")]
    assert order == sorted(order)
    desk = visitors.open(scripts=False)
    come_in(desk, court, "head")
    desk.goto(f"{court.address}/tasks/{task}")
    assert top(desk, "办理") == pytest.approx(top(desk, "正在签批"), abs=4)


@pytest.mark.parametrize("size", [PHONE, (1440, 900)], ids=["phone", "desk"])
def test_no_page_is_wider_than_the_screen(court: Served, visitors: Visitors, size: tuple[int, int]) -> None:
    page = visitors.open(size, scripts=True)
    come_in(page, court, "administrator")
    person, place = court.court.people["head"], court.court.departments["行装处"]
    for path in (
        "/admin/",
        "/admin/accounts/",
        "/settings/",
        "/directory/",
        "/directory/people",
        f"/directory/people/{person}",
        f"/directory/departments/{place}",
        "/directory/people/add",
        "/directory/departments/add",
        "/public/",
    ):
        page.goto(f"{court.address}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path
