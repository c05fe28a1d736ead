"""Reading the setting that names the mail server."""

from __future__ import annotations

import pytest

from engine.errors import ZhenggaiError
from workflows.notices.senders.target import Security, SmtpTarget, smtp_target


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", SmtpTarget("mail.example", 25, Security.NONE)),
        ("smtp://127.0.0.1:2525/", SmtpTarget("127.0.0.1", 2525, Security.NONE)),
        ("smtps://mail.example", SmtpTarget("mail.example", 465, Security.TLS)),
        ("smtp+starttls://mail.example", SmtpTarget("mail.example", 587, Security.STARTTLS)),
        ("smtp://[::1]:25", SmtpTarget("::1", 25, Security.NONE)),
        (
            "smtps://a%40court:p%2Fw%3A@mail.example:4650",
            SmtpTarget("mail.example", 4650, Security.TLS, "a@court", "p/w:"),
        ),
    ],
)
def test_an_address_of_a_server_is_read(url: str, expected: SmtpTarget) -> None:
    assert smtp_target(url) == expected


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("http://mail.example", "scheme"),
        ("mail.example:25", "scheme"),
        ("", "scheme"),
        ("smtp://", "host"),
        ("smtp://:25", "host"),
        ("smtp://mail.example:many", "port"),
        ("smtp://mail.example:70000", "port"),
        ("smtp://mail.example:0", "port"),
        ("smtp://s3cret@mail.example", "user"),
        ("smtp://:s3cret@mail.example", "user"),
        ("smtp://u:s3cret@mail.example/box", "path"),
        ("smtp://u:s3cret@mail.example?tls=1", "path"),
    ],
)
def test_a_malformed_address_of_a_server_is_refused_without_telling_the_password(url: str, part: str) -> None:
    with pytest.raises(ZhenggaiError) as caught:
        smtp_target(url)

    assert (caught.value.code, caught.value.params["part"]) == ("smtp_url_malformed", part)
    assert "s3cret" not in str(caught.value)


def test_a_password_is_no_part_of_a_log_line() -> None:
    assert "s3cret" not in repr(smtp_target("smtps://robot:s3cret@mail.example"))
