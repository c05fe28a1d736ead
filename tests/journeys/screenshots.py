"""``python -m tests.journeys.screenshots FOLDER``: every page for every role, wide and narrow, and on paper.

Starts a demonstration and walks wherever links lead, so a page added later is in the pictures too; what no
link leads to is played. It looks at nothing: that is for whoever asked for the pictures.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.demonstration import Demonstration, demonstration
from tests.journeys.people import Somebody
from tests.journeys.scenes import SCENES, SIGNER, WAITING
from tests.journeys.walking import walk
from tests.support import chromium

WIDE: Final = 1440
NARROW: Final = 390
_HEIGHTS: Final = {WIDE: 900, NARROW: 844}
_PAPER: Final = re.compile(r"/(sheet|receipt|ledger/|tasks/\d+)$")
_README_HEIGHT: Final = 1180
_ENGLISH: Final = ("", "huangfushan", SIGNER, "chanyunan", "zongzhenggui", "xuanyuandi")


def main(folder: Path) -> int:
    """Shoot everything into a folder; gives how many pictures there are."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        demonstration(Path(scratch) / "court") as demo,
        sync_playwright() as playwright,
    ):
        browser = chromium.launch(playwright)
        _for_the_readme(browser, demo, folder)
        _of_somebody(browser, demo, "", folder / "nobody")
        for number, login in enumerate(demo.logins, 1):
            _of_somebody(browser, demo, login, folder / f"{number:02d}-{login}")
        _played(browser, demo, folder / "played")
        # Last: a person's choice of a language stays.
        for login in _ENGLISH:
            _of_somebody(browser, demo, login, folder / f"english-{login or 'nobody'}", english=True)
        browser.close()
    return sum(1 for _ in folder.rglob("*.png"))


def _of_somebody(
    browser: Browser, demo: Demonstration, login: str, folder: Path, *, english: bool = False
) -> None:
    folder.mkdir(exist_ok=True)
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.goto(demo.address + "/login")
    if login:
        page.get_by_label("登录名").fill(login)
        page.get_by_label("口令").fill(demo.password)
        page.get_by_role("button", name="登录").click()
    if english:
        with page.expect_navigation():
            page.locator("button[lang=en]").first.evaluate("button => button.click()")
    for number, (kind, _) in enumerate(walk(page, demo.address)):
        name = f"{number:02d}-{kind}"
        _shoot(page, folder, name)
        if _PAPER.search(urlsplit(page.url).path):
            _print(page, folder, name)
    context.close()
    print(folder.name, flush=True)


def _played(browser: Browser, demo: Demonstration, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name, login, play in SCENES:
        context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
        somebody = Somebody(context.new_page(), demo.address, login, demo.password)
        somebody.log_in()
        play(somebody)
        _shoot(somebody.page, folder, name)
        context.close()


def _shoot(page: Page, folder: Path, name: str) -> None:
    for width, height in _HEIGHTS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)


def _for_the_readme(browser: Browser, demo: Demonstration, folder: Path) -> None:
    """Shoot the upper part of a task's page as a leader sees it who is to sign: ``task.png``."""
    context = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": WIDE, "height": _README_HEIGHT}
    )
    leader = Somebody(context.new_page(), demo.address, SIGNER, demo.password)
    leader.log_in()
    leader.open_task(WAITING)
    leader.page.screenshot(path=folder / "task.png")
    context.close()


def _print(page: Page, folder: Path, name: str) -> None:
    """Show a page as a sheet of A4 shows it, and as the file that a printer is handed."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    page.screenshot(path=folder / f"{name}-paper.png", full_page=True)
    page.pdf(path=folder / f"{name}.pdf", format="A4", prefer_css_page_size=True)
    page.emulate_media(media="screen")


if __name__ == "__main__":
    print(main(Path(sys.argv[1])), "pictures")
