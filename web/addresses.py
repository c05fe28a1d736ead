"""Where a page may lead on its own: only back into the product."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import url_for


def safe_target(wanted: str | None) -> str:
    """Give an address inside the product: the wanted one if it is one, else the first page.

    Browsers read backslashes as slashes and drop tabs and line breaks, so an address with any of these, with
    a host, or with a scheme leads to the first page.
    """
    first = url_for("start.index")
    if not wanted or not wanted.startswith("/") or wanted.startswith("//"):
        return first
    if "\\" in wanted or any(ord(character) < ord(" ") for character in wanted):
        return first
    parts = urlsplit(wanted)
    return first if parts.scheme or parts.netloc else wanted
