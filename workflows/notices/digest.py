"""One mail a day: gathers everything that was not urgent for one person, weightiest first.

Must not know how the day's notices are found; the scheduler hands them in.
"""

from __future__ import annotations

from workflows.catalogue import language, sentence
from workflows.notices.cleaning import one_line
from workflows.notices.compose import letter, pack, spoken_day
from workflows.notices.letters import Section
from workflows.notices.records import Content, Digest, Notice, NoticeKind, Phase

_SECTIONS = ("decide", "sign", "overdue", "today", "soon", "news")


def compose_digest(digest: Digest, base_url: str) -> Content:
    """Put a person's digest into a mail's words; its subject counts the notices and names nothing else.

    Raises:
        ValueError: There is nothing to tell; no mail is made for that.
    """
    if not digest.notices:
        raise ValueError("A digest gathers at least one notice.")
    locale = language(digest.recipient.locale)
    sorted_in: dict[str, list[Notice]] = {name: [] for name in _SECTIONS}
    for notice in digest.notices:
        sorted_in[_section(notice)].append(notice)
    sections = tuple(
        Section(
            sentence(f"notice.digest.{name}", {"count": len(notices)}, locale),
            tuple(letter(notice, base_url) for notice in notices),
        )
        for name, notices in sorted_in.items()
        if notices
    )
    values = {"count": len(digest.notices), "day": spoken_day(digest.day, locale)}
    return pack(one_line(sentence("notice.digest.subject", values, locale)), sections, locale)


def _section(notice: Notice) -> str:
    if notice.kind in (NoticeKind.TO_DO, NoticeKind.MATTER_RAISED):
        return "decide"
    if notice.kind in (NoticeKind.SIGNATURE_OWED, NoticeKind.SIGNATURE_OWED_FOR):
        return "sign"
    by_phase = {Phase.OVERDUE: "overdue", Phase.TODAY: "today"}
    if notice.kind in (NoticeKind.RUNG, NoticeKind.ANSWER_DUE):
        return by_phase.get(Phase(str(notice.params["phase"])), "soon")
    return "news"
