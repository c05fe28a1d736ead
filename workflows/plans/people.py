"""Takes a list of people apart; it must not know the directory.

People are divided by 、 or a blank. Titles before or behind a name are no part of it. What names nobody
(各责任单位主要负责同志) is kept as it is written.
"""

from __future__ import annotations

import re

from workflows.plans.names import divided
from workflows.plans.pieces import Piece, Words, join

_OFFICES = (
    "书记|常委|委员|主任|局长|院长|庭长|处长|科长|部长|组长|会长|主席|检察长|秘书长|校长|县长|区长|市长|镇长|乡长|厅长"
    "|所长|队长|支队长|总队长|政委|成员|调研员|巡视员|经理|董事长|站长|馆长|园长"
)
_TITLE = rf"[\u4e00-\u9fff]{{0,14}}?(?:{_OFFICES})"
_ONLY_TITLE = re.compile(_TITLE)
_TITLED = re.compile(rf"(?:{_TITLE})+\s*(?=[\u4e00-\u9fff]{{2,3}}$)")
_WORD = re.compile(r"[^\s(]+(?:\s*\([^)]*\))?")
_NOBODY = frozenset({"无", "-", "--", "/", "暂无", "略"})
_POLITE = "同志"
_LONGEST_NAME = 4
_LONGEST_TITLED = 30


def people(pieces: tuple[Piece, ...]) -> tuple[Words, ...]:
    """Give the people of a list that may go over several lines."""
    found = [name for piece in pieces for part in divided(piece, "、,;。/") for name in _by_blanks(part)]
    named = [_without_title(name) for name in found]
    if any(name is not None for name in named):
        # 党组书记、局长张三: the title before the 、 belongs to the name behind it and names nobody else.
        return _once([name for name in named if name is not None])
    return _once(found)


def _once(found: list[Words]) -> tuple[Words, ...]:
    return tuple({name.text: name for name in found}.values())


def _is_title(text: str) -> bool:
    return _ONLY_TITLE.fullmatch(text) is not None


def _without_title(name: Words) -> Words | None:
    text = re.sub(r"\s*[(（][^()（）]*[)）]$", "", name.text)
    if text.endswith(_POLITE) and len(text) <= _LONGEST_NAME + len(_POLITE):
        text = text.removesuffix(_POLITE)
    titled = _TITLED.match(text) if len(text) <= _LONGEST_TITLED else None
    if titled:
        text = text[titled.end() :]
    elif _is_title(text):
        return None
    return Words(text, name.sources) if text else name


def _by_blanks(part: Piece) -> list[Words]:
    """Divide at blanks, but keep a name of two characters that are set apart (张 三) together."""
    kept: list[list[Piece]] = []
    for match in _WORD.finditer(part.folded):
        word = part.part(match.start(), match.end())
        last = kept[-1] if kept else []
        if len(word.text) == 1 and len(last) == 1 and len(last[0].text) == 1:
            last.append(word)
        elif last and _is_title(last[0].text):
            kept[-1] = [word]
        elif word.folded not in _NOBODY:
            kept.append([word])
    return [words for words in map(join, kept) if words is not None]
