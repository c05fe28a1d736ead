"""Makes hostile text harmless for mails: no control characters, no direction overrides, no second address.

Must not know what the text is about. HTML is escaped where HTML is written, not here.
"""

from __future__ import annotations

import re
import unicodedata
from email.utils import parseaddr

from engine.errors import ZhenggaiError

SUBJECT_LENGTH = 120
"""Characters of a subject; a longer one is cut, with an ellipsis."""

_SPACES = re.compile(r"\s+")
# Local part and domain in plain ASCII; nothing that could end an address or a header and begin another.
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'/=&{}~^`|$#!?*-]+@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
_LONGEST_ADDRESS = 254
_LONGEST_LOCAL_PART = 64


def clean(text: str) -> str:
    """Give text without control characters, direction marks and broken code points; line ends stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})


def one_line(text: str, longest: int = SUBJECT_LENGTH) -> str:
    """Give clean text on one line, cut to ``longest`` characters."""
    line = _SPACES.sub(" ", clean(text)).strip()
    return line if len(line) <= longest else line[: longest - 1] + "…"


def mail_address(text: str) -> str:
    """Give a bare mail address, checked.

    Raises:
        ZhenggaiError: ``mail_address_malformed``: it is none, or could be read as more than one.
    """
    address = text.strip(" ")
    local = address.partition("@")[0]
    plain = _ADDRESS.fullmatch(address) is not None and ".." not in address
    if (
        not plain
        or local.startswith(".")
        or local.endswith(".")
        or len(address) > _LONGEST_ADDRESS
        or len(local) > _LONGEST_LOCAL_PART
    ):
        raise ZhenggaiError("mail_address_malformed", address=one_line(text))
    return address


def sender_address(text: str) -> tuple[str, str]:
    """Give name and address of the setting ``ZHENGGAI_MAIL_FROM``, such as ``整改 <noreply@court.example>``.

    Raises:
        ZhenggaiError: ``mail_address_malformed``.
    """
    name, address = parseaddr(text)
    return one_line(name), mail_address(address or text)
