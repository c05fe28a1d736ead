"""Makes a demonstration where there is none, and runs it: mail server, deadline process and pages.

One process, nothing to configure: the settings of an installation are not looked at.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from flask import Flask

import scheduler
from cli import surroundings
from cli.demo import court
from cli.demo.home import Home
from cli.demo.mailbox import pages
from cli.demo.mailbox.letters import Letters
from cli.demo.mailbox.server import MailServer
from cli.demo.making import Workshop, make
from cli.demo.serving import HOST, server_of
from cli.language import pick
from cli.output import note, progress
from cli.scheduler import around
from cli.secret import secret_key
from cli.settings import Settings
from storage.database import Database
from web import WebConfig, create_app
from workflows.deadlines.timetable import DEFAULT_ZONE

_MAILBOX: Final = "mailbox"
_MAIL_FROM: Final = f"整改督办 <zhenggai@{court.MAIL_DOMAIN}>"
_STEPS: Final = 100


def base_url(line: socket.socket) -> str:
    """Give what the address of every page begins with."""
    return f"http://{HOST}:{line.getsockname()[1]}"


def today() -> date:
    """Give the day it is where the demonstration plays."""
    return datetime.now(DEFAULT_ZONE).date()


def prepare(home: Home, address: str, now: datetime) -> None:
    """Make the demonstration, telling how far it is.

    Args:
        home: Where it is put.
        address: What links in its mails begin with.
        now: The present.
    """
    note(pick("正在准备演示数据……", "Preparing the demonstration …"))
    with progress(range(_STEPS), "", _STEPS) as bar:
        steps = iter(bar)

        def told(happened: int, of: int) -> None:
            for _ in range(_STEPS * happened // of - _STEPS * (happened - 1) // of):
                next(steps, None)

        def build(folder: Path) -> None:
            settings = _settings(folder, address)
            database = Database(settings.database_url)
            try:
                database.migrate()
                letters, blobs = Letters(folder / _MAILBOX), surroundings.open_blobs(settings)
                shop = Workshop(database, blobs, letters, surroundings.rules(settings), _MAIL_FROM, address)
                make(shop, now, told)
            finally:
                database.close()

        home.make(now.astimezone(DEFAULT_ZONE).date(), build)


@contextmanager
def running(home: Home, line: socket.socket) -> Iterator[None]:
    """Start everything; afterwards all of it has ended."""
    settings = _settings(home.folder, base_url(line))
    with ExitStack() as stack:
        database = Database(settings.database_url)
        stack.callback(database.close)
        database.migrate()
        letters = Letters(home.folder / _MAILBOX)
        mail = MailServer(letters)
        settings = replace(settings, smtp_url=mail.start())
        stack.callback(mail.stop)
        app = _pages(settings, database, letters)
        metronome = scheduler.start(around(settings, database, surroundings.rules(settings)))
        stack.callback(metronome.shutdown, wait=True)
        server = server_of(app, line)
        stack.callback(server.server_close)
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        stack.callback(serving.join)
        stack.callback(server.shutdown)
        yield


def _pages(settings: Settings, database: Database, letters: Letters) -> Flask:
    app = create_app(
        WebConfig(
            database=database,
            blobs=surroundings.open_blobs(settings),
            rules=surroundings.rules(settings),
            secret_key=secret_key(settings),
            base_url=settings.base_url,
            clock=lambda: datetime.now(UTC),
            mailbox_url=pages.ADDRESS,
            data_dir=settings.data_dir,
        )
    )
    pages.register(app, letters, {member.address: member.name for member in court.MEMBERS})
    return app


def _settings(folder: Path, address: str) -> Settings:
    return Settings(
        database_url=f"sqlite:///{folder / 'zhenggai.db'}",
        data_dir=folder,
        smtp_url=None,
        mail_from=_MAIL_FROM,
        base_url=address,
        secret_key=None,
        timezone=DEFAULT_ZONE,
        allow_clock=False,
        allow_http=False,
    )
