"""Finds labels in a line (整改目标：, 【责任部门】, 完成时限 alone), one wrong character tolerated.

Owns where a label may stand and where its value begins; the words themselves stand in ``label_words``. It
must not know what becomes of the values.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from workflows.plans import marks
from workflows.plans.label_words import LABELS, WEAK, Field
from workflows.plans.pieces import closing_bracket

_BOUNDARY = "。;,、:!?()[]【】|\t\"'“”《》\n"
_LONGEST = 14
_TOLERANT_FROM = 4
_VALUE = 30
_ORDER = tuple(LABELS)
_DATE_LIKE = re.compile(r"[年月日\d]|季度|立行|即知|长期|持续")
# Behind a value without any punctuation (责任领导：甲乙责任部门：…) only these may follow directly.
_GLUED = frozenset(
    {
        Field.LEADERS,
        Field.DEPARTMENTS,
        Field.LEAD,
        Field.SUPPORTING,
        Field.DEADLINE,
        Field.MEASURES,
        Field.CRITERIA,
    }
)
_COUNTED = re.compile(r"^(.+?)[(]?(\d{1,3}|[一二三四五六七八九十]{1,3})[)]?$")
_COUNTING = re.compile(
    r"\s*([^\s\d()。,;:、]{2,6}?)\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:\s*[.、](?!\d)\s*|\s+)(?=\S)"
)
_COUNTABLE = frozenset({Field.PROBLEM, Field.TASK, Field.OPINION})
_NOTE = re.compile(r"\(([^()]{0,24})\)$")
_BOXED = re.compile(r"[【\[]([^】\]\[【]{2,16})[】\]]\s*:?")
_ROLE_NOTES = {"牵头": Field.LEAD, "主办": Field.LEAD, "配合": Field.SUPPORTING, "协办": Field.SUPPORTING}


@dataclass(frozen=True, slots=True)
class Label:
    """A label as a word, wherever it was found.

    Attributes:
        field: What it announces.
        tolerated: The right word where the document has one wrong character in it, else empty.
        counted: Whether the label carries a number of its own (问题一, 措施2).
    """

    field: Field
    tolerated: str = ""
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A label in a line.

    Attributes:
        label: What it is.
        start: Where it begins.
        end: Where its value begins.
        close: Where the bracket that it opens closes again; ``None`` where it stands in none.
    """

    label: Label
    start: int
    end: int
    close: int | None = None

    @property
    def field(self) -> Field:
        """What the label announces."""
        return self.label.field


@cache
def _neighbours() -> dict[str, set[str]]:
    """Give each label under every form in which one character is left open."""
    table: defaultdict[str, set[str]] = defaultdict(set)
    for word in LABELS:
        if len(word) >= _TOLERANT_FROM:
            for index in range(len(word)):
                table[f"{word[:index]}?{word[index + 1 :]}"].add(word)
    return dict(table)


def known(words: str, *, tolerant: bool = True, value: str = "") -> Label | None:
    """Give the label that ``words`` (folded) are: the whole of a cell or a line, or what a colon follows.

    Args:
        words: Blanks inside do not count, nor does a remark in brackets behind the label.
        tolerant: Whether one wrong character is forgiven, in labels of four characters or more.
        value: What stands behind it, which tells 整改日标 (objective) from 整改日期 (deadline).
    """
    if len(words) > _VALUE + 2 * _LONGEST:
        return None
    compact = re.sub(r"\s+", "", words).strip("*#【】[]:")
    note = _NOTE.search(compact)
    stem = compact[: note.start()] if note else compact
    for candidate in (compact, stem):
        found = _exact(candidate)
        if found is not None:
            return _with_role(found, note.group(1) if note and candidate == stem else "")
    return _forgiven(stem, value) if tolerant else None


def _with_role(label: Label, note: str) -> Label:
    if label.field is not Field.DEPARTMENTS:
        return label
    role = next((field for word, field in _ROLE_NOTES.items() if note.startswith(word)), label.field)
    return Label(role, label.tolerated, label.counted)


def _exact(word: str) -> Label | None:
    if word in LABELS:
        return Label(LABELS[word])
    counted = _COUNTED.match(word)
    if counted and counted.group(1) in LABELS:
        return Label(LABELS[counted.group(1)], counted=True)
    return None


def _forgiven(word: str, value: str) -> Label | None:
    if not _TOLERANT_FROM <= len(word) <= _LONGEST:
        return None
    near: set[str] = set()
    for index in range(len(word)):
        near |= _neighbours().get(f"{word[:index]}?{word[index + 1 :]}", set())
    if value and not _DATE_LIKE.search(value):
        near = {candidate for candidate in near if LABELS[candidate] is not Field.DEADLINE}
    fields = {LABELS[candidate] for candidate in near}
    # A word one character away from labels of two different fields is not understood at all.
    return Label(fields.pop(), tolerated=min(near, key=_ORDER.index)) if len(fields) == 1 else None


def find(folded: str, start: int = 0) -> list[Hit]:
    """Give the labels of a folded line whose value stands behind them, in order, from ``start`` on."""
    hits = [*_boxed(folded, start)]
    taken = {hit.end for hit in hits}
    for colon in re.finditer(":", folded):
        if colon.start() < start or colon.end() in taken:
            continue
        hit = _before_colon(folded, start, colon.start(), glued=bool(hits))
        if hit is not None:
            hits.append(hit)
    hits.sort(key=lambda hit: hit.start)
    opening = _opening(folded, start)
    if opening is not None and (not hits or hits[0].start > opening.start):
        hits.insert(0, opening)
    if not hits:
        spaced = _spaced(folded, start)
        hits = [spaced] if spaced else []
    return _in_brackets(folded, _apart(hits), start)


def _apart(hits: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _boxed(folded: str, start: int) -> list[Hit]:
    found = []
    for match in _BOXED.finditer(folded, start):
        label = known(match.group(1))
        if label is not None:
            found.append(Hit(label, match.start(), match.end()))
    return found


def _before_colon(folded: str, start: int, colon: int, *, glued: bool) -> Hit | None:
    # A label and its remark are short: looking no further keeps a line of a million signs readable.
    start = max(start, colon - 3 * _LONGEST - _VALUE)
    stop = len(folded[start:colon].rstrip()) + start
    word_end = stop
    if folded[start:stop].endswith(")"):
        note = _NOTE.search(folded[start:stop])
        word_end = start + note.start() if note else stop
    begin = word_end
    while begin > start and folded[begin - 1] not in _BOUNDARY and word_end - begin < 2 * _LONGEST:
        begin -= 1
    bounded = begin == start or folded[begin - 1] in _BOUNDARY
    mark = marks.leading(folded[begin:word_end]) if bounded else None
    begin += mark.end if mark and mark.end < word_end - begin else 0
    exact = _bounded(folded, begin, word_end, stop, start) if bounded else None
    exact = exact or (_suffix(folded, begin, word_end) if glued else None)
    if exact is not None:
        return Hit(exact[1], exact[0], colon + 1)
    forgiven = known(folded[begin:stop], value=folded[colon + 1 : colon + 1 + _VALUE]) if bounded else None
    return Hit(forgiven, begin, colon + 1) if forgiven is not None and forgiven.tolerated else None


def _bounded(folded: str, begin: int, word_end: int, stop: int, start: int) -> tuple[int, Label] | None:
    begin += len(folded[begin:word_end]) - len(folded[begin:word_end].lstrip())
    # Words before the last blank belong to the value of the label before (甲乙 责任部门：…).
    blanks = [begin + match.end() for match in re.finditer(r"\s+", folded[begin:word_end])]
    for at in (begin, *reversed(blanks)):
        label = known(folded[at:stop], tolerant=False)
        strong = at == begin and _strong(folded, begin, word_end, start)
        if label is not None and (strong or folded[at:word_end].strip() not in WEAK):
            return at, label
    return None


def _strong(folded: str, begin: int, word_end: int, start: int) -> bool:
    """Tell whether the word may be a label here; a weak one only at the start of its line or of a bracket."""
    if re.sub(r"\s+", "", folded[begin:word_end]) not in WEAK:
        return True
    before = folded[start:begin].rstrip()
    return (
        not before
        or before[-1] in "(【|\t"
        or marks.leading(before) == marks.leading(before + "x") is not None
    )


def _suffix(folded: str, begin: int, word_end: int) -> tuple[int, Label] | None:
    for length in range(_LONGEST, _TOLERANT_FROM - 1, -1):
        at = word_end - length
        word = folded[at:word_end]
        if at >= begin and LABELS.get(word) in _GLUED:
            return at, Label(LABELS[word])
    return None


def _opening(folded: str, start: int) -> Hit | None:
    """Give the counted label that opens a line without a colon (问题1.档案不全, 任务二、…)."""
    match = _COUNTING.match(folded, start)
    field = LABELS.get(match.group(1)) if match else None
    if match is None or field not in _COUNTABLE:
        return None
    return Hit(Label(field, counted=True), match.start(1), match.end())


def _spaced(folded: str, start: int) -> Hit | None:
    """Give the label that opens a line and is divided from its value by a blank or a dash."""
    match = re.compile(r"\s*([^\s:()。,;、-]{2,12}(?:\([^()]{0,24}\))?)(?:\s*-{1,2}\s*|\s+)(?=\S)").match(
        folded, start
    )
    if match is None:
        return None
    label = known(match.group(1), tolerant=False)
    if label is None or match.group(1) in WEAK or label.field is Field.OTHER:
        return None
    return Hit(label, match.start(1), match.end())


def _in_brackets(folded: str, hits: list[Hit], start: int) -> list[Hit]:
    """Tell each label in which bracket it stands, if that bracket begins with a label."""
    found: list[Hit] = []
    close: int | None = None
    for hit in hits:
        before = folded[max(start, hit.start - _VALUE) : hit.start].rstrip()
        if close is not None and hit.start > close:
            close = None
        if close is None and before.endswith("("):
            end = closing_bracket(folded, max(start, hit.start - _VALUE) + len(before) - 1)
            close = len(folded) if end is None else end
        found.append(Hit(hit.label, hit.start, hit.end, close))
    return found
