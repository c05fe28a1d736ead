"""Sending through real servers: what is taken arrives as it was, and every other end has its own word."""

from __future__ import annotations

import smtplib
import socket
import time
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from tests.notices.servers import BadServer, Postbox, client_tls, real_server
from workflows.notices.message import message_id, to_bytes
from workflows.notices.records import Content, Delivery, Mail
from workflows.notices.results import RecipientResult, Stage
from workflows.notices.senders.line import Limits, Line
from workflows.notices.senders.smtp import SmtpSender
from workflows.notices.senders.talk import Talk
from workflows.notices.senders.target import Security, SmtpTarget

NOW = datetime(2022, 11, 30, 0, 30, tzinfo=UTC)
ANNA, BORA, CHEN = "anna@court.example", "bora@court.example", "chen@court.example"
TEXT = "第一行。\n.第二行以点开头。\n.\n最后一行。\n"


def mail(*recipients: str) -> Mail:
    """Make a mail for these people."""
    content = Content("任务2022-3：今天到期", TEXT, "<p>今天到期。</p>\n", "zh")
    return Mail(
        message_id("outbox:17", "n@court.example"),
        "整改 <n@court.example>",
        recipients or (ANNA,),
        content,
        NOW,
    )


def sender(port: int, limits: Limits | None = None) -> SmtpSender:
    """Make a sender without encryption."""
    return SmtpSender(SmtpTarget("127.0.0.1", port, Security.NONE), limits or Limits(5, 10, 10, 30))


def test_a_mail_arrives_as_it_was_made_and_is_sent() -> None:
    postbox = Postbox()
    with real_server(postbox) as port:
        results = sender(port).send(mail(), [ANNA])

    assert results == (RecipientResult(ANNA, Delivery.SENT, Stage.END, 250, "taken"),)
    (envelope,) = postbox.taken
    assert envelope.mail_from == "n@court.example"
    assert envelope.rcpt_tos == [ANNA]
    assert envelope.content == to_bytes(mail())
    assert isinstance(envelope.content, bytes)
    body = message_from_bytes(envelope.content, policy=default).get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == TEXT


def test_lines_that_begin_with_a_dot_survive() -> None:
    # The bodies are base64, so only a boundary could begin with a dot: the raw line is looked at instead.
    with BadServer("end", "250 taken") as server:
        raw = to_bytes(mail()) + b".hidden\r\n..\r\n"
        limits = Limits(5, 10, 10, 30)
        with Line("127.0.0.1", limits, client_tls(), "[127.0.0.1]") as line:
            talk = Talk(line, SmtpTarget("127.0.0.1", server.port, Security.NONE), limits)
            talk.begin()
            talk.hand_over("n@court.example", [ANNA], raw)

    assert server.received.replace(b"\r\n..", b"\r\n.") == raw
    assert server.received.endswith(b"\r\n..hidden\r\n...\r\n")


@pytest.mark.parametrize(
    ("refuse", "expected"),
    [
        ({"MAIL": "450 later"}, (Delivery.DEFERRED, Stage.SENDER, 450)),
        ({"MAIL": "550 never"}, (Delivery.FAILED, Stage.SENDER, 550)),
        ({ANNA: "452 box is full"}, (Delivery.DEFERRED, Stage.RECIPIENT, 452)),
        ({ANNA: "550 nobody"}, (Delivery.FAILED, Stage.RECIPIENT, 550)),
        ({"DATA": "451 later"}, (Delivery.DEFERRED, Stage.END, 451)),
        ({"DATA": "554 no"}, (Delivery.FAILED, Stage.END, 554)),
    ],
)
def test_a_real_server_that_refuses_decides_for_the_mail(
    refuse: dict[str, str], expected: tuple[Delivery, Stage, int]
) -> None:
    postbox = Postbox(refuse)
    with real_server(postbox) as port:
        (result,) = sender(port).send(mail(), [ANNA])

    assert (result.delivery, result.stage, result.code) == expected
    assert result.detail
    assert postbox.taken == []


def test_each_recipient_has_its_own_end() -> None:
    postbox = Postbox({BORA: "550 nobody", CHEN: "451 later"})
    with real_server(postbox) as port:
        results = sender(port).send(mail(ANNA, BORA, CHEN), [CHEN, ANNA, BORA])

    assert [(r.address, r.delivery) for r in results] == [
        (CHEN, Delivery.DEFERRED),
        (ANNA, Delivery.SENT),
        (BORA, Delivery.FAILED),
    ]
    assert postbox.taken[0].rcpt_tos == [ANNA]


def test_only_those_asked_for_get_the_mail_again() -> None:
    postbox = Postbox()
    with real_server(postbox) as port:
        assert len(sender(port).send(mail(ANNA, BORA), [BORA])) == 1
        assert sender(port).send(mail(ANNA, BORA), []) == ()
        with pytest.raises(ValueError, match="own recipients"):
            sender(port).send(mail(ANNA), [BORA])

    assert [envelope.rcpt_tos for envelope in postbox.taken] == [[BORA]]


D, F, U = Delivery.DEFERRED, Delivery.FAILED, Delivery.UNKNOWN
ACTIONS = ("421 closing", "451 later", "550 never", "drop", "stall", "garbage", "250 out of turn", "354 what")
MATRIX: dict[str, tuple[Delivery | None, ...]] = {
    # What the server refuses before any mail was named says nothing about the mail.
    "greeting": (D, D, D, D, D, D, D, D),
    "ehlo": (D, D, D, D, D, D, None, D),
    "mail": (D, D, F, D, D, D, None, D),
    "rcpt": (D, D, F, D, D, D, None, D),
    "data": (D, D, F, D, D, D, D, None),
    # After the closing dot a break may hide a mail that was taken.
    "end": (D, D, F, U, U, U, None, U),
}
CELLS = [
    (stage, action, expected)
    for stage, row in MATRIX.items()
    for action, expected in zip(ACTIONS, row, strict=True)
    if expected is not None
]


@pytest.mark.parametrize(("stage", "action", "expected"), CELLS)
def test_whatever_a_server_does_at_any_stage_has_its_documented_end(
    stage: str, action: str, expected: Delivery
) -> None:
    limits = Limits(5, 0.4, 0.4, 10) if action == "stall" else Limits(5, 10, 10, 30)
    with BadServer(stage, action) as server:
        results = sender(server.port, limits).send(mail(ANNA, BORA), [ANNA, BORA])

    assert [result.delivery for result in results] == [expected, expected]
    wanted = {"greeting": "greeting", "ehlo": "hello", "mail": "sender", "rcpt": "recipient"}
    assert {result.stage for result in results} == {wanted.get(stage, stage)}
    assert all("\n" not in result.detail and len(result.detail) <= 200 for result in results)


def test_a_line_that_breaks_inside_the_mail_defers_it() -> None:
    letter = mail()
    long = Mail(
        letter.message_id,
        letter.sender,
        letter.recipients,
        Content("主题", "长" * 4_000_000, "<p>长</p>\n", "zh"),
        NOW,
    )
    with BadServer("body", "drop") as server:
        (result,) = sender(server.port).send(long, [ANNA])

    assert (result.delivery, result.stage) == (Delivery.DEFERRED, Stage.DATA)


def test_a_line_that_breaks_unnoticed_before_the_closing_dot_is_never_taken_for_sent() -> None:
    with BadServer("body", "drop") as server:
        (result,) = sender(server.port).send(mail(), [ANNA])

    assert result.delivery in {Delivery.DEFERRED, Delivery.UNKNOWN}


@pytest.mark.parametrize("half", ["2", "250", "250 tak", "250-taken"])
def test_half_an_answer_to_the_closing_dot_is_not_taken_for_sent(half: str) -> None:
    with BadServer("end", f"half {half}") as server:
        (result,) = sender(server.port).send(mail(), [ANNA])

    assert (result.delivery, result.stage) == (Delivery.UNKNOWN, Stage.END)


@pytest.mark.parametrize(
    ("stage", "expected"), [("greeting", D), ("ehlo", D), ("mail", D), ("data", D), ("end", U)]
)
@pytest.mark.parametrize("action", ["dribble", "flood"])
def test_no_server_holds_a_thread_longer_than_the_whole_limit(
    stage: str, action: str, expected: Delivery
) -> None:
    began = time.monotonic()
    with BadServer(stage, action) as server:
        (result,) = sender(server.port, Limits(5, 5, 5, 0.5)).send(mail(), [ANNA])

    assert result.delivery is expected
    assert time.monotonic() - began < 5


def test_a_server_that_is_not_there_defers_the_mail() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    (result,) = sender(port).send(mail(), [ANNA])

    assert (result.delivery, result.stage, result.code) == (Delivery.DEFERRED, Stage.CONNECT, None)
    assert "ConnectionRefusedError" in result.detail


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a" * 70 + ".example", "..", "\udcff"])
def test_a_host_without_an_address_defers_the_mail(host: str) -> None:
    (result,) = SmtpSender(SmtpTarget(host, 25, Security.NONE)).send(mail(), [ANNA])

    assert (result.delivery, result.stage) == (Delivery.DEFERRED, Stage.CONNECT)


def test_a_malformed_address_fails_before_any_server_is_asked() -> None:
    hostile = "anna@court.example>\r\nRCPT TO:<thief@evil.example"
    (result,) = sender(1).send(mail(hostile), [hostile])

    assert (result.delivery, result.stage) == (Delivery.FAILED, Stage.SENDER)
    assert "mail_address_malformed" in result.detail


def test_the_doctor_can_ask_without_sending() -> None:
    postbox = Postbox()
    with real_server(postbox) as port:
        good = sender(port).check()
    with BadServer("ehlo", "550 never") as server:
        bad = sender(server.port).check()

    assert good.delivery is Delivery.SENT
    assert (bad.delivery, bad.stage, bad.code) == (Delivery.DEFERRED, Stage.HELLO, 550)
    assert postbox.taken == []


def test_the_standard_library_still_asks_line_by_line() -> None:
    # The sender leans on these of smtplib's attributes; a version without them must be noticed here.
    client = smtplib.SMTP()
    for name in ("sock", "file", "helo_resp", "ehlo_resp", "esmtp_features", "does_esmtp"):
        assert hasattr(client, name)
