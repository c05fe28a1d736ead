"""Takes a list of departments apart; it must not know the directory, nor what a name stands for.

A list is divided at 、，； but never inside brackets (县（市、区）). What the list says about itself
(排序第一的为牵头部门, 按职责分工负责, 等) is no department.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workflows.plans.pieces import Piece, Words, depths, join

_DIVIDERS = "、,;。/"
_REMARK = re.compile(r".*(?:排序|排名|排在|第一位|第一个|首位|列第一|下同|简称|为牵头)")
_HELPS = "配合|协办|参与|协助|协同"
_ROLE = re.compile(rf"\((牵头|主办|主责|{_HELPS})(?:单位|部门|处室|科室)?\)$")
_NAMED_LEAD = re.compile(r"\(([^()]{2,20}?)(?:负责)?牵头(?:单位|部门)?\)$")
_LEADS = re.compile(r"(?:负责)?(?:牵头|主办)(?:负责|办理|落实|实施)?$")
_TAIL = re.compile(
    rf"(?:按(?:照)?(?:各自)?职责(?:分工)?)?(?:分别|共同)?(?:负责落实|{_HELPS}|负责|落实)$|按(?:照)?职责分工$"
)
_AND_SO_ON = re.compile(r"等(?:\d+|[一二三四五六七八九十]+)?个?(?:相关|有关)?(?:单位|部门|处室|科室)?$")
_HEAD = re.compile(r"^(?:由|请|会同|以及|牵头(?:单位|部门)?:|配合(?:单位|部门)?:)")
_NOBODY = frozenset({"", "无", "-", "--", "/", "暂无", "略"})


@dataclass(frozen=True, slots=True)
class Departments:
    """A list of departments.

    Attributes:
        names: Each with its place, in the order of the text.
        leading: Those that the text itself marks as leading (甲牵头, 甲（牵头）).
        helping: Those that it marks as helping.
    """

    names: tuple[Words, ...] = ()
    leading: tuple[Words, ...] = ()
    helping: tuple[Words, ...] = ()


def departments(pieces: tuple[Piece, ...]) -> Departments:
    """Give the departments of a list that may go over several lines."""
    names: dict[str, Words] = {}
    roles: dict[str, str] = {}
    for part in (part for piece in pieces for part in divided(piece, _DIVIDERS)):
        named = _NAMED_LEAD.search(part.folded)
        if named:
            roles[named.group(1)] = "leads"
        name, role = _understood(part.part(0, named.start()) if named else part)
        if name is not None:
            names.setdefault(name.text, name)
            roles.setdefault(name.text, role)
    return Departments(
        tuple(names.values()),
        tuple(name for text, name in names.items() if roles.get(text) == "leads"),
        tuple(name for text, name in names.items() if roles.get(text) == "helps"),
    )


def _understood(part: Piece) -> tuple[Words | None, str]:
    role = ""
    part = _without_remark(part.trimmed(_DIVIDERS))
    for form in (_HEAD, _ROLE, _LEADS, _TAIL, _AND_SO_ON):
        match = form.search(part.folded)
        if match is None or match.group() == part.folded:
            continue
        if re.search("牵头|主办|主责", match.group()):
            role = "leads"
        elif re.search(_HELPS, match.group()):
            role = "helps"
        part = part.part(match.end()) if match.start() == 0 else part.part(0, match.start())
        part = part.trimmed(_DIVIDERS)
    return (None, "") if part.folded in _NOBODY else (join([part]), role)


def _without_remark(part: Piece) -> Piece:
    folded = part.folded
    if not folded.endswith(")"):
        return part
    level = depths(folded)
    opened = max((index for index, sign in enumerate(folded) if sign == "(" and level[index] == 1), default=0)
    if opened and _REMARK.match(folded[opened + 1 : -1]):
        return part.part(0, opened).trimmed()
    return part


def divided(piece: Piece, dividers: str) -> list[Piece]:
    """Divide a piece at any of the signs, but nowhere inside brackets; remarks about the list fall away."""
    folded = piece.folded
    level = depths(folded)
    parts: list[Piece] = []
    begin = 0
    for index, sign in enumerate(folded):
        if sign in dividers and level[index] == 0:
            parts.append(piece.part(begin, index).trimmed())
            begin = index + 1
    parts.append(piece.part(begin).trimmed())
    return [part for part in parts if part.text and not _is_remark(part.folded)]


def _is_remark(folded: str) -> bool:
    """Tell whether a part is no name but speaks about the list; a remark that lost a bracket falls apart."""
    whole = folded.startswith("(") or (folded.endswith(")") and "(" not in folded) or folded == "下同"
    return whole and _REMARK.match(folded) is not None
