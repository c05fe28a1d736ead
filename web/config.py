"""What the pages are handed when they are put together. Must not know where any of it comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from storage.database import Database
from workflows.evidence.ports import BlobStore
from workflows.rectification.service import Rules

MEBIBYTE = 1 << 20
"""Bytes of a MiB."""


@dataclass(frozen=True, slots=True)
class WebConfig:
    """The surroundings of the pages.

    Attributes:
        database: Where everything but files is kept.
        blobs: Where the bytes of files are kept.
        rules: Calendar, time zone and ladders.
        secret_key: Signs the cookie that carries the CSRF token; at least 32 characters.
        base_url: What links on paper begin with; no slash at its end.
        clock: Gives the present moment, aware.
        open_line: Whether pages go to other machines without TLS; every page then says so.
        mailbox_url: Where the demonstration's mails can be read; None outside a demonstration.
        file_limit: The most bytes of one file.
        request_limit: The most bytes of one request; several files and what was typed.
        proxies: How many trusted web servers stand in front and tell the visitor's address.
        data_dir: The folder whose disk the administrator's page watches; None where there is none.
    """

    database: Database
    blobs: BlobStore
    rules: Rules
    secret_key: str
    base_url: str
    clock: Callable[[], datetime]
    open_line: bool = False
    mailbox_url: str | None = None
    file_limit: int = 200 * MEBIBYTE
    request_limit: int = 1024 * MEBIBYTE
    proxies: int = 0
    data_dir: Path | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone moments are shown in."""
        return self.rules.timetable.zone

    @property
    def uses_tls(self) -> bool:
        """Whether browsers reach the pages through https; cookies are then sent through nothing else."""
        return self.base_url.startswith("https://")
