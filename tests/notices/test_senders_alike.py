"""The in-memory sender is held to the same contract as the one over SMTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.notices.servers import Postbox, real_server
from workflows.notices.message import message_id
from workflows.notices.ports import MailSender
from workflows.notices.records import Content, Delivery, Mail
from workflows.notices.senders.memory import MemorySender
from workflows.notices.senders.smtp import SmtpSender
from workflows.notices.senders.target import Security, SmtpTarget

ANNA, BORA, CHEN = "anna@court.example", "bora@court.example", "chen@court.example"


@pytest.fixture(params=["memory", "smtp"])
def sender(request: pytest.FixtureRequest) -> Iterator[MailSender]:
    """Each sender: Anna's mail is taken, Bora's refused for good, Chen's for now."""
    if request.param == "memory":
        yield MemorySender({BORA: Delivery.FAILED, CHEN: Delivery.DEFERRED})
    else:
        with real_server(Postbox({BORA: "550 nobody", CHEN: "451 later"})) as port:
            yield SmtpSender(SmtpTarget("127.0.0.1", port, Security.NONE))


def mail(*recipients: str) -> Mail:
    """Make a mail."""
    content = Content("主题", "正文\n", "<p>正文</p>\n", "zh")
    return Mail(
        message_id("outbox:1", "n@court.example"),
        "n@court.example",
        recipients,
        content,
        datetime(2022, 11, 30, tzinfo=UTC),
    )


def test_every_recipient_asked_for_has_one_result_in_order(sender: MailSender) -> None:
    results = sender.send(mail(ANNA, BORA, CHEN), [CHEN, BORA, ANNA])

    assert [(result.address, result.delivery) for result in results] == [
        (CHEN, Delivery.DEFERRED),
        (BORA, Delivery.FAILED),
        (ANNA, Delivery.SENT),
    ]


def test_nobody_asked_for_gets_nothing(sender: MailSender) -> None:
    assert sender.send(mail(ANNA), []) == ()


def test_a_malformed_address_has_failed(sender: MailSender) -> None:
    assert sender.send(mail("a@b\r\nBcc: x"), ["a@b\r\nBcc: x"])[0].delivery is Delivery.FAILED


def test_somebody_elses_mail_is_a_mistake_of_the_caller(sender: MailSender) -> None:
    with pytest.raises(ValueError, match="own recipients"):
        sender.send(mail(ANNA), [BORA])
