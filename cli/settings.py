"""The settings of one installation, read from the environment once and checked.

This is the only place that reads them; everybody else is handed what they need. It creates nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from cli import setting_values
from cli.errors import Unusable
from cli.language import pick
from cli.setting_values import MalformedError

DEFAULT_BASE_URL: Final = "http://127.0.0.1:8000"
"""What links begin with where nobody said anything else."""

_PREFIX: Final = "ZHENGGAI_"
_Value = TypeVar("_Value")
# What only the tests read is no setting of an installation.
_TESTS_PREFIX: Final = "ZHENGGAI_TEST_"
_NAMES: Final = (
    "ZHENGGAI_DATABASE_URL",
    "ZHENGGAI_DATA_DIR",
    "ZHENGGAI_SMTP_URL",
    "ZHENGGAI_MAIL_FROM",
    "ZHENGGAI_BASE_URL",
    "ZHENGGAI_SECRET_KEY",
    "ZHENGGAI_TIMEZONE",
    "ZHENGGAI_ALLOW_CLOCK",
    "ZHENGGAI_ALLOW_HTTP",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What one installation is told about its surroundings.

    Attributes:
        database_url: an address for SQLAlchemy, ``sqlite:///…`` or ``postgresql+psycopg://…``.
        data_dir: where SQLite file, evidence and secret key live; absolute, perhaps not there yet.
        smtp_url: the mail server; without it no mail leaves.
        mail_from: the sender of every mail; given wherever ``smtp_url`` is.
        base_url: what links in mails and on paper begin with; no slash at its end.
        secret_key: signs cookies; ``None`` where it is kept in the data directory instead.
        timezone: where a calendar day begins and ends.
        allow_clock: whether a command may be told what time it is.
        allow_http: whether pages may be served to other machines without TLS.
    """

    database_url: str
    data_dir: Path
    smtp_url: str | None
    mail_from: str | None
    base_url: str
    secret_key: str | None
    timezone: ZoneInfo
    allow_clock: bool
    allow_http: bool

    @property
    def uses_tls(self) -> bool:
        """Whether browsers reach the pages through https."""
        return self.base_url.startswith("https://")


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """Reads the settings.

    Args:
        environ: where they stand; the process's environment unless told otherwise.

    Raises:
        Unusable: a setting is malformed, missing beside another, or unknown; the sentence names it.
    """
    given = os.environ if environ is None else environ
    _refuse_unknown(given)
    data_dir = _checked(given, "ZHENGGAI_DATA_DIR", setting_values.folder) or Path("data").absolute()
    in_data_dir = f"sqlite:///{data_dir / 'zhenggai.db'}"
    settings = Settings(
        database_url=_checked(given, "ZHENGGAI_DATABASE_URL", setting_values.database_url) or in_data_dir,
        data_dir=data_dir,
        smtp_url=_checked(given, "ZHENGGAI_SMTP_URL", setting_values.smtp_url),
        mail_from=_checked(given, "ZHENGGAI_MAIL_FROM", setting_values.mail_address),
        base_url=_checked(given, "ZHENGGAI_BASE_URL", setting_values.base_url) or DEFAULT_BASE_URL,
        secret_key=_checked(given, "ZHENGGAI_SECRET_KEY", setting_values.secret_key),
        timezone=_checked(given, "ZHENGGAI_TIMEZONE", setting_values.timezone) or ZoneInfo("Asia/Shanghai"),
        allow_clock=_checked(given, "ZHENGGAI_ALLOW_CLOCK", setting_values.switch) or False,
        allow_http=_checked(given, "ZHENGGAI_ALLOW_HTTP", setting_values.switch) or False,
    )
    if settings.smtp_url and not settings.mail_from:
        raise Unusable(
            pick(
                "设置了 ZHENGGAI_SMTP_URL，还须设置 ZHENGGAI_MAIL_FROM（发件人地址）。",
                "ZHENGGAI_SMTP_URL is set, so ZHENGGAI_MAIL_FROM (the sender's address) must be set too.",
            )
        )
    return settings


def _checked(given: Mapping[str, str], name: str, reader: Callable[[str], _Value]) -> _Value | None:
    # An empty variable is what a service unit writes for "not set".
    text = given.get(name, "").strip()
    if not text:
        return None
    try:
        return reader(text)
    except MalformedError as error:
        raise Unusable(
            pick(f"{name} 的值不可用：{error.zh}。", f"{name} is unusable: {error.en}.")
        ) from error


def _refuse_unknown(given: Mapping[str, str]) -> None:
    for name in sorted(given):
        if name.startswith(_PREFIX) and not name.startswith(_TESTS_PREFIX) and name not in _NAMES:
            near = get_close_matches(name, _NAMES, 1)
            zh, en = (f"，是不是 {near[0]}？", f"; did you mean {near[0]}?") if near else ("。", ".")
            raise Unusable(pick(f"没有 {name} 这个设置{zh}", f"There is no setting {name}{en}"))
