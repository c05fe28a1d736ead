"""Looks at the database: whether it answers, fits the program, and what its clock and its jobs say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from cli.doctor.finding import Finding, Level
from cli.language import pick, terminal_locale

if TYPE_CHECKING:
    from cli.settings import Settings
    from storage.database import Database
    from storage.health import Health

_APART: Final = timedelta(seconds=30)
_SILENT: Final = timedelta(minutes=5)


def look_at_database(given: Settings) -> Iterator[Finding]:
    """Looks at the database; where it does not answer, at nothing else in it."""
    from cli.surroundings import open_database
    from engine.errors import ZhenggaiError
    from storage.health import health
    from workflows.catalogue import sentence

    try:
        database = open_database(given)
    except ZhenggaiError as error:
        advice = pick(
            "检查 ZHENGGAI_DATABASE_URL；新装或升级后运行 zhenggai init。",
            "Check ZHENGGAI_DATABASE_URL; after installing or upgrading run zhenggai init.",
        )
        detail = sentence(error.code, error.params, terminal_locale())
        yield Finding("database", pick("数据库", "Database"), Level.BAD, detail, advice)
        return
    try:
        now = datetime.now(UTC)
        found = health(database)
        yield _product(found)
        yield _clock(found, now)
        yield _organisation(database)
        yield _scheduler(database, now)
    finally:
        database.close()


def _product(found: Health) -> Finding:
    from storage.health import may_write_ahead

    title, detail = pick("数据库", "Database"), f"{found.product}, {found.journal}"
    if found.product.startswith("SQLite") and found.journal == "wal" and not may_write_ahead():
        advice = pick("停止其他程序后重启本系统。", "Stop other programs and restart.")
        return Finding("database", title, Level.BAD, detail, advice)
    return Finding("database", title, Level.GOOD, detail)


def _clock(found: Health, now: datetime) -> Finding:
    title, detail = pick("时钟", "Clock"), now.isoformat(timespec="seconds")
    advice = pick("校准服务器时钟（NTP）。", "Set the machine's clock (NTP).")
    if found.clock is not None and abs(found.clock - now) > _APART:
        detail += pick(f"，数据库为 {found.clock}", f", the database says {found.clock}")
        return Finding("clock", title, Level.BAD, detail, advice)
    if found.newest_entry is not None and found.newest_entry - now > _APART:
        detail += pick(
            f"，但最新操作记录是 {found.newest_entry}", f", but the newest entry is of {found.newest_entry}"
        )
        return Finding("clock", title, Level.BAD, detail, advice)
    return Finding("clock", title, Level.GOOD, detail)


def _organisation(database: Database) -> Finding:
    from storage.directory import organisations

    title = pick("单位", "Organisation")
    with database.read() as connection:
        names = [one.name for one in organisations(connection)]
    if names:
        return Finding("organisation", title, Level.GOOD, pick("、", ", ").join(names))
    advice = pick("运行 zhenggai init。", "Run zhenggai init.")
    return Finding("organisation", title, Level.BAD, pick("尚未建立", "There is none"), advice)


def _scheduler(database: Database, now: datetime) -> Finding:
    from storage.job_runs import job_runs

    title = pick("时限进程", "Deadline process")
    with database.read() as connection:
        started = max((run.started_at for run in job_runs(connection)), default=None)
    advice = pick("启动 zhenggai scheduler。", "Start zhenggai scheduler.")
    if started is None:
        return Finding("scheduler", title, Level.MIND, pick("从未运行", "Never ran"), advice)
    detail = pick(f"上次运行 {started:%Y-%m-%d %H:%M:%S}Z", f"Last ran {started:%Y-%m-%d %H:%M:%S}Z")
    if now - started > _SILENT:
        return Finding("scheduler", title, Level.MIND, detail, advice)
    return Finding("scheduler", title, Level.GOOD, detail)
