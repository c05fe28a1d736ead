"""Looks at the machine: folders, room, the key of the cookies, calendar and fonts."""

from __future__ import annotations

import secrets
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

from cli.doctor.finding import Finding, Level
from cli.language import pick, terminal_locale

if TYPE_CHECKING:
    from cli.settings import Settings

_MEBIBYTE: Final = 1 << 20
_LITTLE: Final = 2048 * _MEBIBYTE
_TOO_LITTLE: Final = 200 * _MEBIBYTE
_OTHERS: Final = 0o077


def look_at_machine(given: Settings) -> Iterator[Finding]:
    """Looks at everything but the database and the mail server."""
    yield _address(given)
    yield _room(given)
    # A doctor makes no folder that is missing.
    if given.data_dir.is_dir():
        yield _evidence(given)
        yield _key(given)
    yield _calendar(given)
    yield _fonts()


def _address(given: Settings) -> Finding:
    from urllib.parse import urlsplit

    from cli.setting_values import is_loopback

    title = pick("网址", "Address")
    if given.uses_tls or is_loopback(urlsplit(given.base_url).hostname or ""):
        return Finding("base_url", title, Level.GOOD, given.base_url)
    advice = pick(
        "在前面放 TLS 代理，并把 ZHENGGAI_BASE_URL 设为 https 网址。",
        "Put a TLS proxy in front and set ZHENGGAI_BASE_URL to its https address.",
    )
    detail = pick(f"{given.base_url} 未加密", f"{given.base_url} is not encrypted")
    return Finding("base_url", title, Level.MIND, detail, advice)


def _room(given: Settings) -> Finding:
    title = pick("数据目录", "Data directory")
    folder = given.data_dir
    if not folder.is_dir():
        advice = pick("运行 zhenggai init。", "Run zhenggai init.")
        detail = pick(f"没有 {folder}", f"There is no {folder}")
        return Finding("data_dir", title, Level.BAD, detail, advice)
    free = shutil.disk_usage(folder).free
    level = Level.BAD if free < _TOO_LITTLE else Level.MIND if free < _LITTLE else Level.GOOD
    detail = pick(f"{folder}，剩余 {free // _MEBIBYTE} MB", f"{folder}, {free // _MEBIBYTE} MB left")
    advice = "" if level is Level.GOOD else pick("腾出磁盘空间。", "Make room on the disk.")
    return Finding("data_dir", title, level, detail, advice)


def _evidence(given: Settings) -> Finding:
    """Stores a few bytes, reads them back and removes them."""
    from cli import surroundings
    from engine.errors import ZhenggaiError
    from workflows.catalogue import sentence

    title = pick("佐证材料库", "Evidence store")
    probe = secrets.token_bytes(64)
    try:
        store = surroundings.open_blobs(given)
        blob = store.put(BytesIO(probe), len(probe))
        whole = b"".join(store.open(blob)) == probe
        store.delete(blob.digest)
    except ZhenggaiError as error:
        advice = pick("检查文件夹的权限和磁盘。", "Check the folder's permissions and the disk.")
        detail = sentence(error.code, error.params, terminal_locale())
        return Finding("evidence", title, Level.BAD, detail, advice)
    if not whole:
        advice = pick("检查磁盘。", "Check the disk.")
        return Finding("evidence", title, Level.BAD, pick("读回的内容不同", "Reads back other bytes"), advice)
    return Finding("evidence", title, Level.GOOD, pick("可写可读", "Can be written and read"))


def _key(given: Settings) -> Finding:
    from cli.secret import key_file

    title, path = pick("密钥", "Secret key"), key_file(given)
    if given.secret_key is not None:
        return Finding("secret_key", title, Level.GOOD, "ZHENGGAI_SECRET_KEY")
    if not path.exists():
        advice = pick("运行 zhenggai init。", "Run zhenggai init.")
        return Finding("secret_key", title, Level.MIND, pick("尚未生成", "Not made yet"), advice)
    if path.stat().st_mode & _OTHERS:
        detail = pick(f"{path} 可被他人读取", f"{path} can be read by others")
        return Finding("secret_key", title, Level.BAD, detail, f"chmod 600 {path}")
    return Finding("secret_key", title, Level.GOOD, str(path))


def _calendar(given: Settings) -> Finding:
    from cli.surroundings import rules

    title = pick("工作日历", "Calendar")
    today = datetime.now(UTC).astimezone(given.timezone).date()
    guessed = [
        year for year in (today.year, today.year + 1) if rules(given).timetable.calendar.estimated(year)
    ]
    detail = pick(f"{today} {given.timezone.key}", f"{today}, {given.timezone.key}")
    if not guessed:
        return Finding("calendar", title, Level.GOOD, detail)
    years = "、".join(map(str, guessed))
    advice = pick(
        "节假日安排公布后升级 chinesecalendar。",
        "Upgrade chinesecalendar when the official notice is out.",
    )
    level = Level.MIND
    detail += pick(f"；{years}年节假日为推算", f"; the days off of {years} are guessed")
    return Finding("calendar", title, level, detail, advice)


def _fonts() -> Finding:
    """Pages are drawn by browsers; a server needs a font only for what it draws itself."""
    title = pick("中文字体", "Chinese font")
    program = shutil.which("fc-list")
    advice = pick("安装 fonts-noto-cjk。", "Install fonts-noto-cjk.")
    if program is None:
        return Finding("fonts", title, Level.MIND, pick("没有 fc-list", "There is no fc-list"), advice)
    listed = subprocess.run(  # noqa: S603  # A program of the system with words of ours.
        [program, ":lang=zh", "family"], capture_output=True, text=True, check=False, timeout=30
    )
    families = sorted({line.split(",")[0] for line in listed.stdout.splitlines() if line})
    if not families:
        return Finding("fonts", title, Level.MIND, pick("没有中文字体", "There is none"), advice)
    return Finding("fonts", title, Level.GOOD, families[0])
