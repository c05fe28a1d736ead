"""Which language a command speaks: Chinese, unless the terminal asks for English.

It reads the terminal's locale variables alone; the sentences of codes stand in the catalogues.
"""

from __future__ import annotations

import os


def terminal_locale() -> str:
    """The locale that the terminal asks for, as ``zh_CN`` or ``en_GB``; empty where it asks for none."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return value.split(".", 1)[0]
    return ""


def pick(zh: str, en: str) -> str:
    """The one of two sentences that the terminal's reader understands."""
    return en if terminal_locale().startswith("en") else zh
