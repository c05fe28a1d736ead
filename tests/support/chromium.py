"""Finds a Chromium for Playwright and says with which flags it is started.

It installs nothing; ``browser_setup.py`` does.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Playwright

from tests.support.surroundings import SurroundingsError

VARIABLE: Final = "ZHENGGAI_TEST_CHROMIUM"
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # A test's browser speaks to the test's server and to nobody else.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A container's /dev/shm may hold no more than 64 MB.
    "--disable-dev-shm-usage",
)


def executable(playwright: Playwright) -> Path | None:
    """The browser that is named, installed, or was brought by Playwright, in this order."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    brought = Path(playwright.chromium.executable_path)
    return brought if brought.exists() else None


def launch(playwright: Playwright) -> Browser:
    """Starts a headless browser.

    Raises:
        SurroundingsError: there is none.
    """
    path = executable(playwright)
    if path is None:
        raise SurroundingsError(f"No Chromium: run 'make test', which installs one, or set {VARIABLE}.")
    # Chromium's sandbox refuses to work for root.
    flags = [*_FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(_FLAGS)
    return playwright.chromium.launch(executable_path=path, args=flags)
