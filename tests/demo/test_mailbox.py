"""The mailbox keeps every mail that arrives, lists it, and shows it without harm."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from cli.demo.mailbox import pages
from cli.demo.mailbox.letters import Letters
from cli.demo.mailbox.safe_html import safe
from cli.demo.mailbox.server import MailServer

_NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
_TABLE = '<table class="table table-sm w-auto">'
_BASE = "http://127.0.0.1:8000"


def _mail(to: str = "a@example.test", subject: str = "您有待办事项", at: datetime = _NOON) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "zhenggai@example.test"
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = at
    mail.set_content("第一行\n.第二行\n", cte="base64")
    mail.add_alternative("<p>第一行</p>", subtype="html", cte="base64")
    return mail.as_bytes()


@pytest.fixture
def letters(tmp_path: Path) -> Letters:
    return Letters(tmp_path / "mailbox")


@pytest.fixture
def server(letters: Letters) -> Iterator[tuple[str, int]]:
    running = MailServer(letters)
    address = urlsplit(running.start())
    assert address.hostname is not None
    assert address.port is not None
    yield address.hostname, address.port
    running.stop()


def test_a_mail_handed_to_the_server_can_be_read(letters: Letters, server: tuple[str, int]) -> None:
    with smtplib.SMTP(*server) as line:
        line.sendmail("zhenggai@example.test", ["a@example.test"], _mail())
    (listed,) = letters.newest("", 0, 10)
    read = letters.read(listed.number)
    assert read is not None
    assert (listed.to, listed.subject, listed.at) == ("a@example.test", "您有待办事项", _NOON)
    assert read.words.split() == ["第一行", ".第二行"]
    assert read.html.strip() == "<p>第一行</p>"


def test_the_mail_server_listens_on_the_loopback_address_alone(server: tuple[str, int]) -> None:
    host, port = server
    assert host == "127.0.0.1"
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for other in {str(address) for address in others if not str(address).startswith("127.")}:
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((other, port), timeout=5).close()


def test_a_mailbox_that_cannot_be_written_takes_no_mail(
    letters: Letters, server: tuple[str, int], tmp_path: Path
) -> None:
    (tmp_path / "mailbox").rmdir()
    with smtplib.SMTP(*server) as line, pytest.raises(smtplib.SMTPDataError, match="cannot be written"):
        line.sendmail("zhenggai@example.test", ["a@example.test"], _mail())
    assert letters.newest("", 0, 10) == ()


def test_mails_outlast_a_restart_and_go_on_counting(letters: Letters, tmp_path: Path) -> None:
    first = letters.take(_mail())
    again = Letters(tmp_path / "mailbox")
    assert [letter.number for letter in again.newest("", 0, 10)] == [first]
    assert again.take(_mail()) == first + 1


def test_the_list_is_filtered_by_recipient_and_begins_with_the_newest(letters: Letters) -> None:
    for day, to in enumerate(("a@example.test", "b@example.test", "a@example.test")):
        letters.take(_mail(to=to, subject=f"第{day}封", at=_NOON + timedelta(days=day)))
    assert [letter.subject for letter in letters.newest("a@example.test", 0, 10)] == ["第2封", "第0封"]
    assert [letter.subject for letter in letters.newest("", 1, 1)] == ["第1封"]
    assert letters.counts() == {"a@example.test": 2, "b@example.test": 1}


def test_what_is_no_mail_of_the_box_is_not_there(letters: Letters) -> None:
    assert letters.read(7) is None
    assert letters.raw(7) is None


def test_bytes_that_are_hardly_a_mail_are_shown_all_the_same(letters: Letters) -> None:
    number = letters.take(b"\xff\xfe no header at all")
    read = letters.read(number)
    assert read is not None
    assert (read.to, read.subject) == ("", "")


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p onclick='x()' style='color:red'>好</p>", "<p>好</p>"),
        ("<script>alert(1)</script>好", "好"),
        ("<style>p{}</style><img src=x onerror=y>好", "好"),
        ("<iframe src='//a'></iframe><object>x</object>好", "好"),
        ("1 &lt; 2 &amp; <b>粗</b>", "1 &lt; 2 &amp; 粗"),
        ("<p><strong>未闭合", "<p><strong>未闭合</strong></p>"),
        ("<p><strong>错</p>位", "<p><strong>错</strong></p>位"),
        ("<br/><hr>", "<br><hr>"),
        ("</p></table>好", "好"),
        ("<table width=9><tr><td>好</table>", f"{_TABLE}<tr><td>好</td></tr></table>"),
        (f"<a href='{_BASE}/tasks/3?a=1&b=2'>看</a>", '<a href="/tasks/3?a=1&amp;b=2">看</a>'),
        (f'<a href="{_BASE}/&quot;onclick=x">看</a>', '<a href="/&quot;onclick=x">看</a>'),
        ("<a href='https://elsewhere.example/'>看</a>", "看"),
        (f"<a href='{_BASE}.elsewhere.example/'>看</a>", "看"),
        ("<a href='javascript:x()'>看</a>", "看"),
        ("<svg><script>x</script></svg>", ""),
    ],
)
def test_html_is_shown_without_what_could_harm(page: str, shown: str) -> None:
    assert str(safe(page)) == shown


@pytest.mark.parametrize("path", ["//elsewhere.example/", "/\\elsewhere.example/", ""])
def test_a_link_of_our_own_cannot_lead_to_another_host(path: str) -> None:
    assert str(safe(f"<a href='{_BASE}{path}'>看</a>")) == "看"


def test_a_link_of_our_own_survives_another_port() -> None:
    assert str(safe("<a href='http://127.0.0.1:9000/tasks/1'>看</a>")) == '<a href="/tasks/1">看</a>'


@pytest.mark.parametrize(
    ("wanted", "page"), [("2", 2), ("0", 1), ("-1", 1), ("9" * 5000, 1), ("123456789", 10_000), ("x", 1)]
)
def test_no_number_of_a_page_breaks_the_list(wanted: str, page: int) -> None:
    with Flask("box").test_request_context(query_string={"page": wanted}):
        assert pages.wanted_page() == page
