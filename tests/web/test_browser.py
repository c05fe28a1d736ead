"""The task pages in a real browser, without JavaScript, at a desk and on a phone."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from tests.support.seed import PASSWORD, Court
from tests.support.visitors import Visitors
from tests.web.driving import TEXT_FILE, criteria, propose, sign, started

pytestmark = pytest.mark.browser
PHONE = (390, 844)
_PADDING = 16


@pytest.fixture
def address(seeded: Court) -> Iterator[str]:
    """Where the court is served, with its CSRF tokens."""
    seeded.app.config["WTF_CSRF_ENABLED"] = True
    server = make_server("127.0.0.1", 0, seeded.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def log_in(page: Page, address: str, login: str) -> Page:
    page.goto(f"{address}/login")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("口令").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="登录").click()
    return page


def test_a_move_is_proposed_and_signed_without_javascript(
    seeded: Court, address: str, visitors: Visitors
) -> None:
    task = seeded.tasks[0]
    handler = log_in(visitors.open(scripts=False), address, "handler")
    handler.goto(f"{address}/tasks/{task}")
    handler.get_by_role("link", name="签收").click()
    handler.get_by_role("button", name="签收").click()
    expect(handler.get_by_role("status")).to_contain_text("“签收”已办理。")
    handler.get_by_role("link", name="启动整改").click()
    handler.get_by_role("button", name="提请签批").click()
    expect(handler.get_by_role("status")).to_contain_text("已提请“启动整改”，等待签批。")
    for login in ("head", "leader"):
        signer = log_in(visitors.open(scripts=False), address, login)
        signer.goto(f"{address}/tasks/{task}")
        signer.get_by_role("link", name="签批", exact=True).click()
        signer.get_by_label("再次输入口令").fill(PASSWORD)
        signer.get_by_role("button", name="签批").click()
        expect(signer.locator("main")).to_contain_text("已签批1项，共1项。")
        sheet = signer.locator("main .sheet")
        inner = sheet.locator("ul").bounding_box()
        outer = sheet.bounding_box()
        assert inner is not None
        assert outer is not None
        above = inner["y"] - outer["y"]
        below = outer["y"] + outer["height"] - inner["y"] - inner["height"]
        assert min(above, below, inner["x"] - outer["x"]) >= _PADDING
        last = sheet.locator("li").last.locator("p").last.bounding_box()
        assert last is not None
        assert outer["y"] + outer["height"] - last["y"] - last["height"] == pytest.approx(above, abs=1)
    handler.goto(f"{address}/tasks/{task}")
    expect(handler.locator(".task-marks")).to_contain_text("整改中")


def test_a_file_goes_up_and_comes_down_the_same(seeded: Court, address: str, visitors: Visitors) -> None:
    task = seeded.tasks[0]
    seeded.app.config["WTF_CSRF_ENABLED"] = False
    started(seeded, task)
    seeded.app.config["WTF_CSRF_ENABLED"] = True
    page = log_in(visitors.open(scripts=False), address, "handler")
    page.goto(f"{address}/tasks/{task}/propose/complete")
    file = {"name": "办结清单.txt", "mimeType": "text/plain", "buffer": TEXT_FILE}
    for number in criteria(seeded, task):
        page.locator(f"#proof_{number}").set_input_files(file)  # type: ignore[arg-type]  # A file payload.
    page.get_by_role("button", name="提请签批").click()
    page.goto(f"{address}/tasks/{task}")
    with page.expect_download() as download:
        page.get_by_role("link", name="办结清单").first.click()
    assert download.value.suggested_filename == "办结清单.txt"
    assert download.value.path().read_bytes() == TEXT_FILE


def test_no_page_is_wider_than_a_phone(seeded: Court, address: str, visitors: Visitors) -> None:
    seeded.app.config["WTF_CSRF_ENABLED"] = False
    for task in (seeded.tasks[0], seeded.tasks[3]):
        started(seeded, task)
    propose(seeded, "handler", seeded.tasks[0], "suspend", {"text": "等" * 300, "ends_on": "2026-09-01"})
    sign(seeded, "head")
    seeded.app.config["WTF_CSRF_ENABLED"] = True
    pages = {
        "handler": [
            f"/tasks/{seeded.tasks[0]}",
            f"/tasks/{seeded.tasks[3]}/propose/complete",
            f"/tasks/{seeded.tasks[3]}/propose/report_year_end",
            "/proposals/3",
            "/proposals/3/sheet",
            "/password",
            "/nowhere",
        ],
        "office_head": ["/sign"],
        "office": ["/proposals/3/paper"],
    }
    wide = []
    for login, places in pages.items():
        page = log_in(visitors.open(PHONE), address, login)
        for place in places:
            page.goto(f"{address}{place}")
            width = page.evaluate("document.documentElement.scrollWidth")
            wide += [(place, width)] if width > PHONE[0] else []
    assert wide == []


def test_the_menu_of_a_phone_opens_without_javascript(
    seeded: Court, address: str, visitors: Visitors
) -> None:
    page = log_in(visitors.open(PHONE, scripts=False), address, "handler")
    page.goto(f"{address}/tasks/{seeded.tasks[0]}")
    page.get_by_text("菜单", exact=True).click()
    page.locator(".menu.narrow").get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_contain_text("Task 1")
    page.get_by_text("Menu", exact=True).click()
    page.locator(".menu.narrow").get_by_role("button", name="Log out").click()
    expect(page.locator("main")).to_contain_text("You have logged out.")
