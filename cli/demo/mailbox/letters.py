"""The mails that arrived, as files in a folder, so that they outlast a restart.

Owns the order and the filter of the list. Must not know how a mail arrives or how it is shown.
"""

from __future__ import annotations

import re
import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from pathlib import Path
from threading import Lock

_NAME = re.compile(r"[0-9]{6,}\.eml")
_HEADERS = BytesHeaderParser(policy=policy.default)
_WHOLE = BytesParser(policy=policy.default)


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail of the list.

    Attributes:
        number: Its number, in the order of arrival.
        to: The address it went to.
        subject: Its subject.
        at: When it was written, in UTC.
        words: Its text.
        html: The same as a page; empty where it has none.
    """

    number: int
    to: str
    subject: str
    at: datetime
    words: str = ""
    html: str = ""


class Letters:
    """Every mail that arrived; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Open a folder, making it where it is missing.

        Raises:
            OSError: It cannot be read or made.
        """
        self._folder = folder
        self._lock = Lock()
        folder.mkdir(parents=True, exist_ok=True)
        paths = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))
        self._all = [_summary(int(path.stem), path.read_bytes()) for path in paths]
        self._last = max((letter.number for letter in self._all), default=0)

    def take(self, mail: bytes) -> int:
        """Keep a mail and give it its number.

        Raises:
            OSError: It cannot be written; then it has not arrived.
        """
        with self._lock:
            number = self._last + 1
            # Written aside and renamed: a mail is whole or it is not there.
            part = self._folder / f"{secrets.token_hex(8)}.part"
            try:
                part.write_bytes(mail)
                part.replace(self._path(number))
            finally:
                part.unlink(missing_ok=True)
            self._last = number
            self._all.append(_summary(number, mail))
        return number

    def newest(self, to: str, start: int, count: int) -> tuple[Letter, ...]:
        """Give a part of the list, the newest first.

        Args:
            to: The address whose mails are wanted; all where it is empty.
            start: How many newer ones are left out.
            count: How many are wanted.
        """
        with self._lock:
            wanted = [letter for letter in self._all if not to or letter.to == to]
        wanted.sort(key=lambda letter: (letter.at, letter.number), reverse=True)
        return tuple(wanted[start : start + count])

    def counts(self) -> dict[str, int]:
        """Give how many mails went to each address."""
        with self._lock:
            return dict(Counter(letter.to for letter in self._all))

    def raw(self, number: int) -> bytes | None:
        """Give a mail exactly as it arrived; None where there is none of this number."""
        try:
            return self._path(number).read_bytes()
        except FileNotFoundError:
            return None

    def read(self, number: int) -> Letter | None:
        """Give one mail with its words."""
        raw = self.raw(number)
        if raw is None:
            return None
        whole = _parsed(raw)
        found = _summary(number, raw)
        return Letter(
            found.number, found.to, found.subject, found.at, _body(whole, "plain"), _body(whole, "html")
        )

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:06d}.eml"


def _parsed(raw: bytes) -> EmailMessage:
    return _WHOLE.parsebytes(raw)


def _summary(number: int, raw: bytes) -> Letter:
    headers = _HEADERS.parsebytes(raw)
    written = getattr(headers["Date"], "datetime", None)
    at = written.astimezone(UTC) if isinstance(written, datetime) else datetime.fromtimestamp(0, UTC)
    return Letter(number, str(headers["To"] or ""), str(headers["Subject"] or ""), at)


def _body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""
