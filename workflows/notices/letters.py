"""The form of a mail's body: a first sentence, rows, remarks and one link, as plain text and as HTML.

Owns the markup; every text is escaped here and nowhere else. Must not know what is said.
"""

from __future__ import annotations

import html
from dataclasses import dataclass

from workflows.notices.cleaning import clean


@dataclass(frozen=True, slots=True)
class Link:
    """An address with the words to show for it."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One thing to say, in the reader's words.

    Attributes:
        lead: The sentence that says it.
        rows: Labels with their values.
        remarks: Further sentences.
        link: Where to go.
    """

    lead: str
    rows: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Letters under a heading; the heading is empty where there is but one."""

    heading: str
    letters: tuple[Letter, ...]


def as_text(sections: tuple[Section, ...], colon: str, footer: str) -> str:
    """Write sections as plain text; ``colon`` stands between a label and its value."""
    parts: list[str] = []
    for section in sections:
        if section.heading:
            parts.append(f"【{section.heading}】")
        parts += [_letter_text(letter, colon) for letter in section.letters]
    parts.append(f"-- \n{footer}")
    return clean("\n\n".join(parts)) + "\n"


def _letter_text(letter: Letter, colon: str) -> str:
    lines = [letter.lead]
    lines += [f"{label}{colon}{value}" for label, value in letter.rows]
    lines += letter.remarks
    if letter.link:
        lines.append(f"{letter.link.words}{colon}{letter.link.url}")
    return "\n".join(lines)


def as_html(sections: tuple[Section, ...], title: str, footer: str, language: str) -> str:
    """Write sections as an HTML page that loads nothing from anywhere."""
    body = "".join(_section_html(section) for section in sections)
    return (
        f'<!DOCTYPE html>\n<html lang="{_escaped(language)}"><head><meta charset="utf-8">'
        f"<title>{_escaped(title)}</title></head>\n"
        f'<body style="font-family:sans-serif;line-height:1.6;color:#212529">\n{body}'
        f'<hr><p style="color:#6c757d;font-size:smaller">{_escaped(footer)}</p>\n</body></html>\n'
    )


def _section_html(section: Section) -> str:
    heading = f"<h2>{_escaped(section.heading)}</h2>\n" if section.heading else ""
    return heading + "".join(_letter_html(letter) for letter in section.letters)


def _letter_html(letter: Letter) -> str:
    parts = [f"<p><strong>{_escaped(letter.lead)}</strong></p>\n"]
    if letter.rows:
        rows = "".join(
            f'<tr><th scope="row" style="text-align:left;padding-right:1em;vertical-align:top">'
            f"{_escaped(label)}</th><td>{_escaped(value)}</td></tr>\n"
            for label, value in letter.rows
        )
        parts.append(f"<table>\n{rows}</table>\n")
    parts += [f"<p>{_escaped(remark)}</p>\n" for remark in letter.remarks]
    if letter.link:
        parts.append(f'<p><a href="{_escaped(letter.link.url)}">{_escaped(letter.link.words)}</a></p>\n')
    return "".join(parts)


def _escaped(text: str) -> str:
    return html.escape(clean(text)).replace("\n", "<br>\n")
