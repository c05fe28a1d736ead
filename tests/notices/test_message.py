"""The bytes that travel: headers that nobody can bend, words that come back as they were."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ZhenggaiError
from workflows.notices.cleaning import clean, mail_address, one_line, sender_address
from workflows.notices.message import message_id, to_bytes
from workflows.notices.records import Content, Mail
from workflows.notices.retry import GIVE_UP_AFTER, next_attempt

NOW = datetime(2022, 11, 30, 0, 30, tzinfo=UTC)
SENDER = "整改 <noreply@court.example>"
HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress",
    "Content-Language", "MIME-Version", "Content-Type",
}  # fmt: skip


def mail(subject: str = "任务2022-3：今天到期", sender: str = SENDER, **changes: object) -> Mail:
    """Make a mail."""
    content = Content(subject, "全年情况报送今天到期。\n", "<p>全年情况报送今天到期。</p>\n", "zh")
    recipients = cast("tuple[str, ...]", changes.get("recipients", ("handler@court.example",)))
    return Mail(message_id("outbox:17", sender), sender, recipients, content, NOW)


def parsed(raw: bytes) -> EmailMessage:
    """Read a message as a mail program does."""
    return message_from_bytes(raw, policy=default)


def test_a_mail_says_who_when_and_that_a_machine_wrote_it() -> None:
    message = parsed(to_bytes(mail()))

    assert message["From"] == "整改 <noreply@court.example>"
    assert message["To"] == "handler@court.example"
    assert message["Subject"] == "任务2022-3：今天到期"
    assert message["Date"] == "Wed, 30 Nov 2022 00:30:00 +0000"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "zh-CN"
    assert set(message.keys()) == HEADERS


def test_both_bodies_come_back_as_they_were() -> None:
    message = parsed(to_bytes(mail()))

    plain = message.get_body(("plain",))
    page = message.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert plain.get_content() == "全年情况报送今天到期。\r\n"
    assert page.get_content() == "<p>全年情况报送今天到期。</p>\r\n"


def test_the_same_mail_is_the_same_bytes_for_ever() -> None:
    assert to_bytes(mail()) == to_bytes(mail())


def test_a_message_id_is_fixed_by_its_key_and_ends_with_the_senders_domain() -> None:
    assert message_id("outbox:17", SENDER) == message_id("outbox:17", SENDER)
    assert message_id("outbox:17", SENDER) != message_id("outbox:18", SENDER)
    assert message_id("outbox:17", SENDER).endswith("@court.example>")
    assert parsed(to_bytes(mail()))["Message-ID"] == message_id("outbox:17", SENDER)


def test_every_line_is_short_plain_and_ends_as_smtp_wants() -> None:
    raw = to_bytes(mail(subject="任务" + "长" * 200))

    assert raw.isascii()
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert raw.count(b"\n") == raw.count(b"\r\n")


@given(st.text(max_size=300))
def test_no_subject_makes_a_header_and_each_decodes_to_its_cleaned_self(subject: str) -> None:
    message = parsed(to_bytes(mail(subject=subject)))

    assert set(message.keys()) == HEADERS
    assert len(message.keys()) == len(HEADERS)
    assert message["To"] == "handler@court.example"
    assert message["Subject"] == one_line(subject)


@given(st.text(max_size=60))
def test_no_senders_name_makes_another_header_or_address(name: str) -> None:
    sender = f'"{clean(name).replace(chr(92), "").replace(chr(34), "")}" <noreply@court.example>'
    message = parsed(to_bytes(mail(sender=sender)))

    assert len(message.keys()) == len(HEADERS)
    assert [address.addr_spec for address in message["From"].addresses] == ["noreply@court.example"]


@pytest.mark.parametrize(
    "hostile",
    [
        "a@b.example\r\nBcc: thief@evil.example",
        "a@b.example, thief@evil.example",
        "a@b.example>, <thief@evil.example",
        "<a@b.example>",
        '"a@b.example> RCPT TO:<thief"@evil.example',
        "a b@court.example",
        "@court.example",
        "a@",
        "a@@court.example",
        "a@court.example ORCPT=x",
        "a@-court.example",
        "a@court..example",
        ".a@court.example",
        "a.@court.example",
        "名@court.example",
        "a@法院.example",
        "a" * 65 + "@court.example",
        "a@" + "b" * 260 + ".example",
        "a@court.example\x00",
        "a@[127.0.0.1]",
        "",
    ],
)
def test_what_is_not_one_plain_address_is_refused(hostile: str) -> None:
    with pytest.raises(ZhenggaiError, match="mail_address_malformed") as caught:
        to_bytes(mail(recipients=(hostile,)))

    assert "\n" not in str(caught.value.params["address"])


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_an_accepted_address_travels_as_itself_and_alone(text: str) -> None:
    try:
        address = mail_address(f"{text}@court.example")
    except ZhenggaiError:
        return
    message = parsed(to_bytes(mail(recipients=(address,))))

    assert [found.addr_spec for found in message["To"].addresses] == [address]


def test_a_sender_may_be_a_bare_address_or_have_a_name() -> None:
    assert sender_address("noreply@court.example") == ("", "noreply@court.example")
    assert sender_address(SENDER) == ("整改", "noreply@court.example")
    with pytest.raises(ZhenggaiError):
        sender_address("noreply")


def test_waits_double_up_to_four_hours_and_end_after_five_days() -> None:
    waits = []
    for attempts in (1, 2, 3, 9, 10, 1000):
        at = next_attempt(attempts, NOW, NOW, 0)
        assert at is not None
        waits.append(at - NOW)

    assert waits == [timedelta(minutes=m) for m in (1, 2, 4, 240, 240, 240)]
    assert next_attempt(1, NOW, NOW, 1) == NOW + timedelta(seconds=90)
    assert next_attempt(1, NOW, NOW + GIVE_UP_AFTER, 0) is None
    assert next_attempt(1, NOW, NOW + GIVE_UP_AFTER - timedelta(minutes=1), 0) is not None
