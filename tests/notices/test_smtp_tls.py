"""Encryption and logins: no password and no mail for a server that is not believed."""

from __future__ import annotations

import socket
import threading
from datetime import UTC, datetime

import pytest

from tests.notices.servers import Postbox, client_tls, only, real_server, server_tls
from workflows.notices.message import message_id
from workflows.notices.records import Content, Delivery, Mail
from workflows.notices.results import Stage
from workflows.notices.senders.line import Limits
from workflows.notices.senders.smtp import SmtpSender
from workflows.notices.senders.target import Security, SmtpTarget

ANNA = "anna@court.example"


def mail() -> Mail:
    """Make a mail for one person."""
    content = Content("任务2022-3：今天到期", "今天到期。\n", "<p>今天到期。</p>\n", "zh")
    now = datetime(2022, 11, 30, 0, 30, tzinfo=UTC)
    return Mail(message_id("outbox:17", "n@court.example"), "n@court.example", (ANNA,), content, now)


def encrypted(port: int, security: Security, *, host: str = "localhost", trusted: bool = True) -> SmtpSender:
    """Make a sender that encrypts and logs in."""
    target = SmtpTarget(host, port, security, "robot", "s3cret")
    return SmtpSender(target, Limits(5, 10, 10, 30), client_tls() if trusted else None)


def test_mail_goes_out_over_starttls_with_a_login() -> None:
    postbox = Postbox()
    options = {
        "tls_context": server_tls(),
        "require_starttls": True,
        "authenticator": only("robot", "s3cret"),
        "auth_required": True,
    }
    with real_server(postbox, **options) as port:
        (result,) = encrypted(port, Security.STARTTLS).send(mail(), [ANNA])

    assert result.delivery is Delivery.SENT
    assert postbox.sessions[0].ssl is not None
    assert postbox.sessions[0].authenticated


def test_mail_goes_out_over_tls_with_a_login() -> None:
    postbox = Postbox()
    options = {
        "ssl_context": server_tls(),
        "authenticator": only("robot", "s3cret"),
        "auth_require_tls": False,
    }
    with real_server(postbox, **options) as port:
        (result,) = encrypted(port, Security.TLS).send(mail(), [ANNA])

    assert result.delivery is Delivery.SENT
    assert postbox.sessions[0].authenticated


def test_a_server_that_offers_no_starttls_gets_neither_mail_nor_password() -> None:
    postbox = Postbox()
    with real_server(postbox, authenticator=only("robot", "s3cret"), auth_require_tls=False) as port:
        (result,) = encrypted(port, Security.STARTTLS).send(mail(), [ANNA])

    assert (result.delivery, result.stage) == (Delivery.DEFERRED, Stage.STARTTLS)
    assert postbox.taken == []


@pytest.mark.parametrize(("security", "stage"), [("smtps", "connect"), ("smtp+starttls", "starttls")])
@pytest.mark.parametrize(("host", "trusted"), [("localhost", False), ("127.0.0.1", True)])
def test_a_certificate_that_is_not_believed_defers_the_mail(
    security: str, stage: str, host: str, *, trusted: bool
) -> None:
    postbox = Postbox()
    tls = {"ssl_context": server_tls()} if security == "smtps" else {"tls_context": server_tls()}
    with real_server(postbox, **tls) as port:
        (result,) = encrypted(port, Security(security), host=host, trusted=trusted).send(mail(), [ANNA])

    assert (result.delivery, result.stage) == (Delivery.DEFERRED, stage)
    assert "CERTIFICATE_VERIFY_FAILED" in result.detail
    assert postbox.taken == []


def test_a_wrong_password_defers_the_mail_and_is_not_told_to_anybody() -> None:
    postbox = Postbox()
    options = {"tls_context": server_tls(), "authenticator": only("robot", "another")}
    with real_server(postbox, **options) as port:
        (result,) = encrypted(port, Security.STARTTLS).send(mail(), [ANNA])

    assert (result.delivery, result.stage, result.code) == (Delivery.DEFERRED, Stage.LOGIN, 535)
    assert "s3cret" not in result.detail


def test_a_password_that_cannot_be_said_defers_the_mail() -> None:
    postbox = Postbox()
    target_options = {"authenticator": only("robot", "s3cret"), "auth_require_tls": False}
    with real_server(postbox, **target_options) as port:
        target = SmtpTarget("127.0.0.1", port, Security.NONE, "robot", "密码")
        (result,) = SmtpSender(target, Limits(5, 10, 10, 30)).send(mail(), [ANNA])

    assert (result.delivery, result.stage) == (Delivery.DEFERRED, Stage.LOGIN)
    assert "密码" not in result.detail


def test_what_was_said_before_encryption_is_forgotten() -> None:
    heard: list[bytes] = []

    def serve(listener: socket.socket) -> None:
        plain, _ = listener.accept()
        with plain:
            plain.sendall(b"220 here\r\n")
            plain.recv(1000)
            plain.sendall(b"250-here\r\n250 STARTTLS\r\n")
            plain.recv(1000)
            # Somebody on the way slips in an answer to the next question.
            plain.sendall(b"220 go on\r\n250-here\r\n250 AUTH PLAIN\r\n")
            with server_tls().wrap_socket(plain, server_side=True) as line:
                heard.append(line.recv(1000))
                line.sendall(b"554 the true server lets nobody in\r\n")
                heard.append(line.recv(1000))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        (result,) = encrypted(listener.getsockname()[1], Security.STARTTLS).send(mail(), [ANNA])
        thread.join(10)

    assert result.stage is Stage.HELLO
    assert b"AUTH" not in b"".join(heard)
