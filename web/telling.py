"""Notices as a page shows them: the sentence of the mail, without the mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from storage.queries.notices import NoticeLine
from web.language import reader_language
from workflows.notices.compose import letter
from workflows.notices.letters import Letter
from workflows.notices.records import Matter, Notice, NoticeKind, Recipient

SHOWN_ANYHOW = (
    NoticeKind.SIGNATURE_OWED,
    NoticeKind.SIGNATURE_OWED_FOR,
    NoticeKind.MATTER_RAISED,
    NoticeKind.CHARGED,
    NoticeKind.ANSWER_DUE,
)
"""What is no news: what is owed stands among what there is to sign or to do, and goes when it is done."""


@dataclass(frozen=True, slots=True)
class Told:
    """A notice with its words; ``path`` leads to what it is about."""

    line: NoticeLine
    letter: Letter
    path: str | None


def told(lines: Iterable[NoticeLine]) -> list[Told]:
    """Give notices in the reader's words."""
    return [_told(line) for line in lines]


def _told(line: NoticeLine) -> Told:
    matter = None
    if line.task is not None:
        matter = Matter(str(line.number), line.objective, f"/tasks/{line.task}")
    notice = Notice(NoticeKind(line.kind), Recipient(0, reader_language()), matter, line.params)
    return Told(line, letter(notice, ""), matter.path if matter else None)
