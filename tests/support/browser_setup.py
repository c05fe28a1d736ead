"""Sees to a Chromium and a font for Chinese before the tests begin.

As root it takes Debian's packages; otherwise, or where that fails, Playwright's own browser.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from tests.support import chromium
from tests.support.surroundings import SurroundingsError

_BROWSER_PACKAGE: Final = "chromium"
# fontconfig brings the program that tells which fonts there are.
_FONT_PACKAGES: Final = ("fonts-noto-cjk", "fontconfig")
_FONT_FOLDERS: Final = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
_FONT_FILES: Final = ("*CJK*", "*wqy*", "*SourceHan*", "*simsun*", "*simhei*", "*msyh*", "*HanSans*")


def see_to_it() -> None:
    """Installs what is missing of the two.

    Raises:
        SurroundingsError: something is missing and cannot be installed; the sentence says what to do.
    """
    if os.geteuid() == 0 and shutil.which("apt-get"):
        wanted = [] if _browser_answers() else [_BROWSER_PACKAGE]
        wanted += [] if _has_font() else _FONT_PACKAGES
        if wanted:
            _apt_get(wanted)
    if not _browser_answers():
        _take_playwrights_own()
    if not _browser_answers():
        raise SurroundingsError(
            "No Chromium: Debian's package 'chromium' could not be installed (that needs root), Playwright's"
            f" own could not be downloaded. Install one; if it has an unusual name, set {chromium.VARIABLE}."
        )
    if not _has_font():
        raise SurroundingsError(
            "No font for Chinese: install Debian's package 'fonts-noto-cjk' as root, or put a font such as"
            " Noto Sans CJK into ~/.local/share/fonts."
        )


def _browser_answers() -> bool:
    # A distribution may ship a program of this name that only tells how to install the real one.
    with sync_playwright() as playwright:
        path = chromium.executable(playwright)
    if path is None:
        return False
    try:
        done = subprocess.run([path, "--version"], capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _take_playwrights_own() -> None:
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    with sync_playwright() as playwright:
        brought = Path(playwright.chromium.executable_path)
    if brought.exists():
        os.environ[chromium.VARIABLE] = str(brought)


def _has_font() -> bool:
    program = shutil.which("fc-list")
    if program:
        listed = subprocess.run([program, ":lang=zh-cn", "file"], capture_output=True, check=False)
        return bool(listed.stdout.strip())
    folders = [Path(folder).expanduser() for folder in _FONT_FOLDERS]
    return any(True for folder in folders for pattern in _FONT_FILES for _ in folder.rglob(pattern))


def _apt_get(packages: list[str]) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        # What went wrong is on the screen; whether it matters is found out by looking again.
        subprocess.run(["apt-get", "--quiet", *arguments], env=environment, check=False)
