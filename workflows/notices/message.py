"""Turns a mail into the bytes that travel.

Owns the headers. Sending the same mail again gives the same bytes, so a second copy can be recognised by its
Message-ID. Header injection is impossible: every value is made one line before the message is built, and the
message's own policy refuses what is not.
"""

from __future__ import annotations

import hashlib
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from workflows.notices.cleaning import mail_address, one_line, sender_address
from workflows.notices.records import Mail


def message_id(key: str, sender: str) -> str:
    """Give the Message-ID of what ``key`` names, for example ``outbox:17``; the same key gives the same.

    Args:
        key: What is mailed, unique among all mails of the product; the reader cannot tell it from the id.
        sender: The setting ``ZHENGGAI_MAIL_FROM``, whose domain the id ends with.

    Raises:
        ZhenggaiError: ``mail_address_malformed``.
    """
    domain = sender_address(sender)[1].rpartition("@")[2]
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def to_message(mail: Mail) -> EmailMessage:
    """Build the message.

    Raises:
        ZhenggaiError: ``mail_address_malformed``: the sender or a recipient is no address.
    """
    name, address = sender_address(mail.sender)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(display_name=name, addr_spec=address)
    # Addresses alone: a person's name has no business in a header, and a hostile one no way into it.
    message["To"] = tuple(Address(addr_spec=mail_address(recipient)) for recipient in mail.recipients)
    message["Subject"] = one_line(mail.content.subject)
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = one_line(mail.message_id)
    message["Auto-Submitted"] = "auto-generated"
    # Exchange answers with absence notes unless it is told not to; it does not read the header above.
    message["X-Auto-Response-Suppress"] = "All"
    # base64 keeps every line short and plain, whatever the server can carry.
    message.set_content(mail.content.text, cte="base64")
    message.add_alternative(mail.content.html, subtype="html", cte="base64")
    # Set last: adding the second body moves headers of this family to the first.
    message["Content-Language"] = "zh-CN" if mail.content.locale == "zh" else "en"
    message.set_boundary(hashlib.sha256(mail.message_id.encode()).hexdigest()[:32])
    return message


def to_bytes(mail: Mail) -> bytes:
    """Give the message as bytes with CRLF line ends; see :func:`to_message`."""
    return to_message(mail).as_bytes()
