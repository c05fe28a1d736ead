"""Goes from link to link as one person, and meets each kind of page once.

Addresses that differ in a number alone lead to one kind of page; files are not opened. It knows no page by
name but the letters of a demonstration.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

_AT_MOST: Final = 60
_FILES: Final = re.compile(r"/(evidence/\d+|source|scan|drafts/.+|bundle\.json|.+\.(xlsx|docx|eml|csv))$")
_LETTER: Final = re.compile(r"/mailbox/\d+$")


def walk(page: Page, address: str) -> Iterator[tuple[str, int]]:
    """Open every kind of page that can be reached.

    Args:
        page: A window; the walk begins where it stands.
        address: What the addresses begin with that are followed.

    Yields:
        The kind of the page that is open now, and the status of the answer.
    """
    seen: set[str] = set()
    waiting = deque([page.url])
    while waiting and len(seen) < _AT_MOST:
        wanted = waiting.popleft()
        if kind_of(wanted) in seen:
            continue
        seen.add(kind_of(wanted))
        answer = page.goto(wanted)
        reached = kind_of(page.url)
        if answer is None or (reached != kind_of(wanted) and reached in seen):
            continue
        seen.add(reached)
        yield reached, answer.status
        # A letter of the demonstration may be somebody else's, and so may be what it leads to.
        if not _LETTER.search(page.url):
            waiting.extend(_links(page, address))


def _links(page: Page, address: str) -> list[str]:
    found: list[str] = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    plain = [href.partition("#")[0] for href in found]
    return [href for href in plain if href.startswith(address) and not _FILES.search(urlsplit(href).path)]


def kind_of(address: str) -> str:
    """Give an address without what varies from one page of a kind to the next."""
    parts = urlsplit(address)
    path = re.sub(r"\d+", "N", parts.path.strip("/").replace("/", "-")) or "first"
    keys = "-".join(
        f"{key}-{values[0]}" if key == "box" else key for key, values in sorted(parse_qs(parts.query).items())
    )
    return f"{path}--{keys}" if keys else path
