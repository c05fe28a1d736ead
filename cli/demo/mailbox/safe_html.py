"""Shows somebody else's HTML as harmless HTML: a few tags without attributes, and links to our own pages.

Whatever is not on the list is left out; its words stay, unless they are a script's or a style's.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from markupsafe import Markup

_TAGS = frozenset(
    {"p", "h1", "h2", "h3", "strong", "em", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
)
# The one look that is given back: without it the cells of a table would touch.
_TABLE = '<table class="table table-sm w-auto">'
_EMPTY = frozenset({"br", "hr"})
# The port may have been another when the mail was written; a path never begins like another host's address.
_OWN = re.compile(r"http://127\.0\.0\.1(?::\d+)?(?P<path>/(?![/\\]).*)")
_SILENT = frozenset({"script", "style", "title", "template", "iframe", "object", "noscript"})


def safe(page: str) -> Markup:
    """Give what a page says as harmless HTML; a link that is not ours keeps its words alone."""
    cleaner = _Cleaner()
    cleaner.feed(page)
    cleaner.close()
    return cleaner.result()


class _Cleaner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._open: list[str] = []
        self._silent = 0

    def result(self) -> Markup:
        """What was let through, every tag closed again."""
        closing = "".join(f"</{tag}>" for tag in reversed(self._open))
        # Every piece was escaped or is a tag of the list.
        return Markup("".join(self._out) + closing)  # noqa: S704

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Let a tag of the list through, bare."""
        if tag in _SILENT:
            self._silent += 1
        elif self._silent:
            return
        elif tag in _EMPTY:
            self._out.append(f"<{tag}>")
        elif tag in _TAGS:
            self._begin(tag, _TABLE if tag == "table" else f"<{tag}>")
        elif tag == "a":
            own = _OWN.fullmatch(dict(attrs).get("href") or "")
            if own:
                self._begin(tag, f'<a href="{html.escape(own["path"])}">')

    def handle_endtag(self, tag: str) -> None:
        """Close a tag, and whatever was left open inside it."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif not self._silent and tag in self._open:
            while self._open:
                last = self._open.pop()
                self._out.append(f"</{last}>")
                if last == tag:
                    break

    def handle_data(self, data: str) -> None:
        """Let words through, escaped."""
        if not self._silent:
            self._out.append(html.escape(data))

    def _begin(self, tag: str, text: str) -> None:
        self._open.append(tag)
        self._out.append(text)
