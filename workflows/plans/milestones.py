"""Finds the days that concern all tasks: reports due, the outside survey, phases of the work.

They stand in the chapters about requirements and steps, or in plain words before and behind the tasks; what
has happened already is none, nor what recurs. It must not know the tasks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workflows.plans import titles
from workflows.plans.dates import grammar
from workflows.plans.dates.grammar import Form, Found
from workflows.plans.dates.resolve import last_day
from workflows.plans.dates.years import Years
from workflows.plans.outline import Node
from workflows.plans.pieces import Piece
from workflows.plans.reading import MilestoneReading, Question
from workflows.plans.records import MilestoneKind
from workflows.plans.titles import Role

_SENTENCE = re.compile(r"[^。\n;]+[。;]?")
_ACTION = re.compile(
    "报|送|完成|形成|开展|评价|测评|验收|召开|组织|提交|总结|公开|公示|通报|调查|评估|自查|核查|核验|销号|制定|建立|整改"
)
_REPORT = re.compile(
    "报送|上报|报告|报至|报给|报到|提交|送交|汇总报|报.{0,16}(?:办|室|部|处|科|组|委|局|院|中心)"
)
_SURVEY = re.compile("满意度|民意调查|测评|第三方评估|社会评价|评议|问卷")
_MID_TERM = re.compile("中期|上半年|半年|阶段性?(?:整改|进展|情况|报告|小结)")
_YEAR_END = re.compile("全年|年终|年度|年底|总结|完成情况")
_PAST = re.compile("了|已|曾")
_LEAD_IN = re.compile(
    r"(?:将|应|须|需|要|请|分别|拟|定|计划|必须|务必|并|统一|原则上|最迟|力争|确保){0,4}(?:于|在|自|从|到)?$"
)
_NO_SUBJECT = re.compile(r"按照?|根据|依据|其中|同时|并|原则上|一般|年$")
_OBJECT = re.compile(r"[,，]?对[^,，。;；]{4,160}?进行")
_BETWEEN = re.compile(r"\s*(?:[和及与、]|以及)\s*")
_SHARED = re.compile(r"(?:将|把)?(?P<objects>.+?)(?P<verb>(?:分别)?(?:报(?!告)|送|上报|提交).*)")
_VERBLESS = re.compile(
    "(?:将|把|中期|(?:上)?半年|阶段性?|全年|年终|年度)(?:(?!报(?!告)|送|交).)*(?:情况|进度|进展|报告|总结|小结|材料)"
)
_NAMES_A_REPORT = re.compile("年终(?:整改|工作)*(?:报告|总结|小结|情况|材料)")
_JOINED = re.compile("(?:以及|同时|[和及与并])$")
_EDGES = " ,，;；。、:："


@dataclass(frozen=True, slots=True)
class _Passage:
    """Words in which milestones may stand, and the chapter they stand in."""

    piece: Piece
    role: Role | None
    before: bool

    def admits(self, found: Found, what: str, *, limited: bool) -> bool:
        """Tell whether a date of this passage is a milestone."""
        if self.role is Role.STEPS:
            return True
        if _PAST.search(what) or (found.first_month and not limited):
            return False
        if self.role is Role.CLOSING:
            return _ACTION.search(what) is not None
        telling = self.before or self.role is Role.PREAMBLE
        return limited and (
            (_REPORT if telling else _ACTION).search(what) is not None or bool(_SURVEY.search(what))
        )


def find(
    root: Node, first_task: int, years: Years
) -> tuple[tuple[MilestoneReading, ...], tuple[Question, ...]]:
    """Give the milestones of a document in their order, and what is to be asked about their years.

    Args:
        root: The outline.
        first_task: Line on which the first task begins.
        years: What is known about missing years.
    """
    found: list[MilestoneReading] = []
    asked: list[Question] = []
    for passage in _passages(root, None, first_task):
        for sentence in _SENTENCE.finditer(passage.piece.folded):
            piece = passage.piece.part(sentence.start(), sentence.end())
            for milestone, question in _in_sentence(piece, passage, years):
                found.append(milestone)
                asked += [question] if question else []
    return tuple(found), tuple(asked)


def _passages(node: Node, above: Role | None, first_task: int) -> Iterator[_Passage]:
    role = above
    described = bool(node.entries) and node.parent is not None
    pieces: list[Piece] = []
    if node.heading is not None:
        title, rest = titles.first_sentence(node.heading)
        role = titles.role_of(title.folded) or above
        pieces += [] if described else [title, rest]
    # Words under the heading of a task describe that task; behind its fields they are about something else.
    pieces += [*([] if described else node.body), *node.tail]
    yield from (_Passage(piece, role, piece.line < first_task) for piece in pieces if piece.text)
    for child in node.children:
        if child.entries or child.children or not described:
            yield from _passages(child, role, first_task)


def _in_sentence(
    piece: Piece, passage: _Passage, years: Years
) -> Iterator[tuple[MilestoneReading, Question | None]]:
    folded = piece.folded
    dates = [
        found
        for found in grammar.find(folded)
        if found.form is Form.DAY
        and (found.exact or found.limited)
        and not _NAMES_A_REPORT.match(folded, found.start)
    ]
    groups = _groups(folded, dates)
    for group, whats in zip(groups, _whats(piece, groups), strict=True):
        limited = any(found.limited for found in group)
        for found, what in zip(group, whats, strict=True):
            if passage.admits(found, what, limited=limited):
                earlier = [other for other in dates if other.start < found.start]
                yield _milestone(piece, found, what, _year_before(earlier, found), years)


def _groups(folded: str, dates: list[Found]) -> list[list[Found]]:
    """Put dates together that share what is said of them (8月15日和11月30日前)."""
    groups: list[list[Found]] = []
    for found in dates:
        if groups and _BETWEEN.fullmatch(folded[groups[-1][-1].end : found.start]):
            groups[-1].append(found)
        else:
            groups.append([found])
    return groups


def _whats(piece: Piece, groups: list[list[Found]]) -> list[list[str]]:
    """Give for each date of each group what is to be done by then, in the words of the text."""
    folded = piece.folded
    kept: list[str] = []
    said: list[str] = []
    for index, group in enumerate(groups):
        begin = max(folded.rfind(sign, 0, group[0].start) for sign in ",;。:") + 1
        within = index > 0 and begin < groups[index - 1][-1].end
        # What stands between two dates of one clause belongs to the first; they share the clause's subject.
        kept.append(kept[-1] if within else _subject(piece, begin, group[0].start))
        stop = groups[index + 1][0].start if index + 1 < len(groups) else len(folded)
        said.append(_said(piece, group[-1].end, stop))
    said = _with_verbs(said)
    return [_each(group, kept[index], said[index]) for index, group in enumerate(groups)]


def _subject(piece: Piece, begin: int, end: int) -> str:
    """Give who acts, where it stands before the date."""
    subject = _LEAD_IN.sub("", piece.folded[begin:end].strip(_EDGES))
    if _NO_SUBJECT.match(subject):
        return ""
    return piece.text[begin : begin + len(subject)].strip(_EDGES).lstrip("请")


def _said(piece: Piece, begin: int, stop: int) -> str:
    """Give what is said behind a date, up to the clause of the next one."""
    text, folded = piece.text, piece.folded
    clause_end = max(folded.rfind(sign, begin, stop) for sign in ",;")
    cut = stop < len(text) and clause_end > 0
    said = re.split(
        "[,，;；。]", _OBJECT.sub("进行", text[begin : clause_end if cut else stop]).strip(_EDGES)
    )
    words = said[0].strip(_EDGES)
    if stop < len(text) and not cut:
        words = _JOINED.sub("", _LEAD_IN.sub("", words).strip(_EDGES)).strip(_EDGES)
    return words


def _with_verbs(said: list[str]) -> list[str]:
    """Lend the verb of the last object to those before it (7月5日前将甲、11月5日前将乙报某室)."""
    found, verb = list(said), ""
    for index in range(len(said) - 1, -1, -1):
        if verb and _VERBLESS.fullmatch(said[index]):
            found[index] = said[index] + verb
        else:
            own = _SHARED.fullmatch(said[index])
            verb = own["verb"] if own else ""
    return found


def _each(group: list[Found], kept: str, said: str) -> list[str]:
    """Give each date of a group its own object, where as many are named as there are dates."""
    shared = _SHARED.fullmatch(said) if len(group) > 1 else None
    objects = re.split("、|和|及", shared["objects"]) if shared else []
    if shared and len(objects) == len(group):
        return [one + shared["verb"] for one in objects]
    return [kept + said] * len(group)


def _year_before(earlier: list[Found], found: Found) -> int | None:
    """Give the year of a date from the one before it in the sentence, if it comes later in that year."""
    if found.year is not None or not earlier:
        return found.year
    last = earlier[-1]
    later = (found.month, found.day or 31) >= (last.month, last.day or 31)
    return last.year if later else None


def _milestone(
    piece: Piece, found: Found, what: str, year: int | None, years: Years
) -> tuple[MilestoneReading, Question | None]:
    words = piece.part(found.start, found.end)
    code = ""
    if year is None and found.shift is None:
        year = years.missing(found)
        code = (
            "plan_year_unknown" if year is None else "plan_year_from_document" if years.given is None else ""
        )
    elif year is None and found.shift is not None:
        current = years.current()
        year = None if current is None else current + found.shift
        code = "plan_year_unknown" if year is None else ""
    day = last_day(found, year) if year is not None else None
    if year is not None and day is None:
        code = "plan_day_impossible"
    params: dict[str, object] = {} if year is None else {"year": year}
    question = Question(code, None, "milestones", words.text, params, words.source) if code else None
    return MilestoneReading(day, what, _kind(what), words.text, words.source), question


def _kind(what: str) -> MilestoneKind:
    if _REPORT.search(what):
        if _MID_TERM.search(what):
            return MilestoneKind.MID_TERM_REPORT
        if _YEAR_END.search(what):
            return MilestoneKind.YEAR_END_REPORT
    return MilestoneKind.SURVEY if _SURVEY.search(what) else MilestoneKind.OTHER
