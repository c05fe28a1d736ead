"""What the value of each kind of setting must look like.

It knows neither the names of settings nor where they stand. A value is never repeated in what is said about
it: an address may hold a password.
"""

from __future__ import annotations

import ipaddress
import re
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

_SECRET_LENGTH: Final = 32
_POSTGRESQL: Final = {"postgresql", "postgres", "postgresql+psycopg"}
_MAIL_SCHEMES: Final = {"smtp", "smtps", "smtp+starttls"}
_SWITCH: Final = {"1": True, "0": False}


class MalformedError(Exception):
    """A value that cannot be used: what is wrong, in both languages, without a full stop."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def folder(text: str) -> Path:
    """An absolute path of a folder, which need not exist.

    Raises:
        MalformedError: it cannot be part of a database's address, or something else is in its place.
    """
    path = Path(text).expanduser().absolute()
    if "?" in text:
        raise MalformedError("路径中不能有问号", "the path must not contain a question mark")
    if path.exists() and not path.is_dir():
        raise MalformedError("该路径不是文件夹", "the path is not a folder")
    return path


def database_url(text: str) -> str:
    """The address of a SQLite file or of a PostgreSQL database, with the driver that the product uses.

    Raises:
        MalformedError: it is neither, or the driver is not installed.
    """
    parts = _split(text)
    if parts.scheme == "sqlite":
        # A database in memory belongs to one process; server and scheduler are two.
        if not text.startswith("sqlite:///") or parts.path.strip("/") in {"", ":memory:"}:
            raise MalformedError("SQLite 须写成 sqlite:///文件路径", "SQLite is written sqlite:///PATH")
        return text
    if parts.scheme not in _POSTGRESQL or not parts.path.strip("/"):
        raise MalformedError(
            "须写成 sqlite:///文件路径 或 postgresql+psycopg://用户:口令@主机/数据库",
            "it is written sqlite:///PATH or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE",
        )
    if find_spec("psycopg") is None:
        raise MalformedError(
            "使用 PostgreSQL 须安装 zhenggai[postgresql]", "PostgreSQL needs zhenggai[postgresql] installed"
        )
    return re.sub(r"^[a-z+]+", "postgresql+psycopg", text, count=1)


def smtp_url(text: str) -> str:
    """The address of a mail server.

    Raises:
        MalformedError: the scheme is not one of the three, or the host is missing.
    """
    parts = _split(text)
    if parts.scheme not in _MAIL_SCHEMES or not parts.hostname:
        raise MalformedError(
            "须写成 smtp://主机:端口、smtps://… 或 smtp+starttls://…",
            "it is written smtp://HOST:PORT, smtps://… or smtp+starttls://…",
        )
    return text


def mail_address(text: str) -> str:
    """One sender, as an address or as a name with an address in angle brackets.

    Raises:
        MalformedError: it is not exactly one address.
    """
    address = parseaddr(text)[1]
    if not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+", address) or len(text.splitlines()) > 1:
        raise MalformedError("须是一个邮件地址", "it must be one mail address")
    return text


def base_url(text: str) -> str:
    """What every link begins with, without the slash at its end.

    Raises:
        MalformedError: it is no address of a web server.
    """
    parts = _split(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise MalformedError("须写成 https://主机 这样的网址", "it is written like https://HOST")
    return text.rstrip("/")


def secret_key(text: str) -> str:
    """The key that signs cookies.

    Raises:
        MalformedError: it is short enough to be guessed.
    """
    if len(text) < _SECRET_LENGTH:
        raise MalformedError(
            f"至少要有 {_SECRET_LENGTH} 个字符", f"it needs at least {_SECRET_LENGTH} characters"
        )
    return text


def timezone(text: str) -> ZoneInfo:
    """A time zone by its name in the IANA list.

    Raises:
        MalformedError: the list does not have it.
    """
    try:
        return ZoneInfo(text)
    # A name with a dot-dot is a ValueError, one of a folder an OSError, an unknown one a KeyError.
    except (KeyError, ValueError, OSError) as error:
        raise MalformedError(
            "须是 Asia/Shanghai 这样的时区名", "it must be the name of a time zone like Asia/Shanghai"
        ) from error


def switch(text: str) -> bool:
    """Yes or no.

    Raises:
        MalformedError: it is neither 1 nor 0.
    """
    if text not in _SWITCH:
        raise MalformedError("只能是 1 或 0", "it is either 1 or 0")
    return _SWITCH[text]


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach ``host``."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        # The port is looked at here, because reading it is what finds it malformed.
        _ = parts.port
    except ValueError as error:
        raise MalformedError("网址格式不对", "it is no well-formed address") from error
    return parts
