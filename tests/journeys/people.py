"""Somebody in front of a browser: logs in, opens tasks, fills in forms, signs, by what a page says.

It knows the words on the pages and no address beyond the first one. Everything works without JavaScript.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import FilePayload, Locator, Page, expect

Named = tuple[str, bytes]
"""A file: its name and its bytes."""

_TYPES: Final = {
    "pdf": "application/pdf",
    "png": "image/png",
    "txt": "text/plain",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person of the court and their window.

    Attributes:
        page: The window.
        address: What the product's addresses begin with.
        login: What is typed to log in.
        password: What is typed to log in and to sign.
    """

    page: Page
    address: str
    login: str
    password: str

    def log_in(self) -> None:
        """Come in by the front door; ends on the first screen."""
        self.page.goto(self.address)
        self.page.get_by_label("登录名").fill(self.login)
        self.page.get_by_label("口令").fill(self.password)
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.get_by_role("button", name="登录")).to_have_count(0)

    def open_task(self, objective: str) -> None:
        """Open a task from the first screen, or from the ledger where it is not on the first screen."""
        self.page.goto(self.address)
        link = self.page.locator("main").get_by_role("link", name=objective)
        if link.count() == 0:
            self.menu("台账")
        link.first.click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(objective)

    def menu(self, entry: str) -> None:
        """Choose an entry of the main menu."""
        self.page.get_by_role("navigation", name="主导航").get_by_role("link", name=entry).first.click()

    def begin(self, objective: str, move: str) -> None:
        """Open a task and from it the form of a move."""
        self.open_task(objective)
        self.page.get_by_role("link", name=move, exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(move)

    def hand_in(self, label: str, *files: Named, within: Locator | None = None) -> None:
        """Choose files for a field."""
        payloads = [FilePayload(name=n, mimeType=_type_of(n), buffer=data) for n, data in files]
        (within or self.page).get_by_label(label).set_input_files(payloads)

    def part(self, name: str) -> Locator:
        """Give the part of a form about one measure or criterion."""
        return self.page.get_by_role("group", name=name, exact=True)

    def submit(self, button: str, told: str) -> None:
        """Press a form's button and read what is said afterwards."""
        self.page.get_by_role("button", name=button, exact=True).click()
        expect(self.page.get_by_role("status").first).to_contain_text(told)

    def press(self, button: str, *, unchecked: bool = False) -> int:
        """Press a form's button and give the status of the answer.

        Args:
            button: Its words.
            unchecked: Whether the browser hands in what it would itself ask to be corrected first.
        """
        pressed = self.page.locator("main").get_by_role("button", name=button, exact=True).first
        if unchecked:
            pressed.evaluate("button => { button.form.noValidate = true }")
        with self.page.expect_response(lambda answer: answer.request.method == "POST") as answer:
            pressed.click()
        self.page.wait_for_load_state()
        return answer.value.status

    def refused(self) -> Locator:
        """Give what a page says about why something did not happen, one sentence each."""
        return self.page.get_by_role("alert").get_by_role("listitem")

    def sign(self, objective: str, words: str, *, opinion: str = "同意", inside: Sequence[str] = ()) -> None:
        """Sign what waits about one task, and nothing else.

        Args:
            objective: The task's.
            words: What is added to the opinion.
            opinion: What is chosen with one click.
            inside: What has to be readable in what is signed.
        """
        self.choose(objective)
        section = self.page.locator("section.sign-item")
        expect(section).to_have_count(1)
        for text in inside:
            expect(section).to_contain_text(text)
        self.page.get_by_role("radio", name=opinion, exact=True).check()
        self.page.get_by_label("其他意见（可不填）").fill(words)
        self.page.get_by_label(re.compile("再次输入口令")).fill(self.password)
        self.page.get_by_role("button", name="签批", exact=True).click()
        expect(self.page.get_by_text("已签批1项，共1项。")).to_be_visible()

    def choose(self, *objectives: str) -> None:
        """From the box of what waits for a signature choose some tasks and go to the page that signs them."""
        self.page.goto(self.address)
        self.menu("待办")
        self.page.get_by_role("navigation", name="收件箱").get_by_role("link", name="待签").click()
        for line in self.page.locator(".signing > li").all():
            wanted = any(objective in line.inner_text() for objective in objectives)
            line.get_by_role("checkbox").set_checked(wanted)
        self.page.get_by_role("button", name="去签批所选事项").click()

    def fill(self, fields: Mapping[str, str], within: Locator | None = None) -> None:
        """Fill in fields by their labels."""
        for label, value in fields.items():
            (within or self.page).get_by_label(label).fill(value)


class Crowd(dict[str, Somebody]):
    """People by login; everybody opens a window and logs in when they are first needed.

    Args:
        address: What the product's addresses begin with.
        password: Everybody's.
        window: Opens a window.
    """

    def __init__(self, address: str, password: str, window: Callable[[], Page]) -> None:
        super().__init__()
        self.address, self.password, self.window = address, password, window

    def __missing__(self, login: str) -> Somebody:
        """Bring somebody in."""
        self[login] = Somebody(self.window(), self.address, login, self.password)
        self[login].log_in()
        return self[login]


def _type_of(name: str) -> str:
    return _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
