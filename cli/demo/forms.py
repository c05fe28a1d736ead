"""Forms as the people of the demonstration fill them in: one function per move.

Each gives what the stage turns into a bundle. Must not know who proposes or when.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from cli.demo.papers.pdf import pdf
from cli.demo.papers.reports import Subject
from cli.demo.stage import Form, Said, Stage
from cli.demo.tales import Paper, Tale
from engine.bundle import Claim, Entry
from workflows.extension.guards import CATEGORY, NEW_DAY, PRESENT_DAY
from workflows.extension.vocabulary import Category
from workflows.rectification.records import Case, DeadlineKind, Part
from workflows.rectification.vocabulary import EvidenceKind, Level, ReportKind, Verdict

_BEGINS_AFTER = timedelta(days=3)


def nothing(_case: Case) -> Said:
    """Say nothing: the move speaks for itself."""
    return Said()


def work_plan(stage: Stage, tale: Tale, now: datetime) -> Form:
    """Plan the measures one after the other; the last ends on the task's day."""

    def fill(case: Case) -> Said:
        today = stage.today(now)
        first, last = today + _BEGINS_AFTER, case.task.due_on or case.task.review_on
        span = (last - first) // len(case.measures)
        days = [(first + span * n, first + span * (n + 1)) for n in range(len(case.measures))]
        days[-1] = (days[-1][0], last)
        entries = tuple(
            _entry("measure", part, first_on=begins.isoformat(), last_on=ends.isoformat())
            for part, (begins, ends) in zip(case.measures, days, strict=True)
        )
        written = _subject(stage, tale, case).work_plan(today, days)
        claim = stage.claim(EvidenceKind.WORK_PLAN, "推进计划", ("推进计划.docx", written), now)
        return Said("措施已经分解到人，时间已经排定，报请启动整改。", (claim,), entries)

    return fill


def mid_term(stage: Stage, tale: Tale, now: datetime) -> Form:
    """Report how far each measure is."""

    def fill(case: Case) -> Said:
        said = zip(case.measures, tale.progress, strict=True)
        entries = tuple(
            _entry("measure", part, progress=words, problems=tale.problems if part.number > 1 else "")
            for part, words in said
        )
        written = _subject(stage, tale, case).mid_term(stage.today(now), tale.progress, tale.problems)
        file = ("中期进度报告.docx", written)
        claim = stage.claim(EvidenceKind.MID_TERM_REPORT, "中期进度报告", file, now)
        return Said("现将中期整改进度报上。", (claim,), entries)

    return fill


def completion(stage: Stage, tale: Tale, papers: Sequence[Paper], now: datetime) -> Form:
    """Report the end, with at least one paper for each criterion."""

    def fill(case: Case) -> Said:
        criteria = {part.number: part for part in case.criteria}
        proving = {n: [paper.title for paper in papers if paper.criterion == n] for n in criteria}
        written = _subject(stage, tale, case).completion(stage.today(now), tale.done, proving)
        file = ("完成情况报告.docx", written)
        report = stage.claim(EvidenceKind.COMPLETION_REPORT, "完成情况报告", file, now)
        known = stage.handed_in(tale.handler, case.task.task)
        proofs = tuple(
            known.get(paper.title) or _proof(stage, now, paper, criteria[paper.criterion]) for paper in papers
        )
        entries = (
            *(
                _entry("measure", part, progress=words)
                for part, words in zip(case.measures, tale.done, strict=True)
            ),
            *(_entry("criterion", part, verdict=Verdict.MET) for part in case.criteria),
        )
        return Said("各项措施已经落实，报请核验。", (report, *proofs), entries)

    return fill


def verification(stage: Stage, now: datetime) -> Form:
    """Judge every criterion met."""

    def fill(case: Case) -> Said:
        lines = [f"核验标准{part.number}：达到" for part in case.criteria]
        claim = _printed(stage, EvidenceKind.VERIFICATION_RECORD, "核验记录", lines, now)
        return Said("经查阅材料、现场核实，各项核验标准均已达到。", (claim,), _judged(case.criteria, {}))

    return fill


def rework(stage: Stage, now: datetime, new_day: date, unmet: dict[int, str]) -> Form:
    """Send a task back into work; ``unmet`` says by number why a criterion is not fully met."""

    def fill(case: Case) -> Said:
        opinion = _printed(stage, EvidenceKind.WRITTEN_OPINION, "核验意见书", list(unmet.values()), now)
        text = "".join(unmet.values())
        return Said(text, (opinion,), _judged(case.criteria, unmet), (("new_due_on", new_day),))

    return fill


def publication(address: str, text: str) -> Form:
    """Tell the public, at an address of the court's own pages."""

    def fill(_case: Case) -> Said:
        title = "本院网站公开页面"
        claim = Claim(EvidenceKind.PUBLICATION, title, level=Level.PUBLIC, address=address)
        return Said(text, (claim,))

    return fill


def receipt(kind: ReportKind) -> Form:
    """Receive the newest report of a kind."""
    return lambda case: Said(references=(("report", _newest(case, kind)),))


def returned(kind: ReportKind, reason: str, new_day: date) -> Form:
    """Return the newest report of a kind."""
    return lambda case: Said(
        reason, dates=(("new_due_on", new_day),), references=(("report", _newest(case, kind)),)
    )


def suspension(reason: str, until: date) -> Form:
    """Ask for a rest until a day."""
    return lambda _case: Said(reason, dates=(("ends_on", until),))


def extension(stage: Stage, reason: str, days: int, category: Category, now: datetime) -> Form:
    """Ask for so many calendar days more, with a letter that shows why."""

    def fill(case: Case) -> Said:
        clock = next(one for one in case.clocks if one.kind is DeadlineKind.COMPLETION)
        claim = _printed(stage, EvidenceKind.EXTENSION_PROOF, "延期情况说明", [reason], now)
        asked = ((PRESENT_DAY, clock.due_on), (NEW_DAY, clock.due_on + timedelta(days=days)))
        return Said(reason, (claim,), dates=asked, references=((CATEGORY, category),))

    return fill


def _proof(stage: Stage, now: datetime, paper: Paper, criterion: Part) -> Claim:
    proves = (f"criterion:{criterion.identifier}",)
    return stage.claim(EvidenceKind.PROOF, paper.title, (paper.name, paper.data), now, proves)


def _subject(stage: Stage, tale: Tale, case: Case) -> Subject:
    return stage.subject(tale.handler, case.task.task, tale.leader)


def _newest(case: Case, kind: ReportKind) -> str:
    return str(max(report.report for report in case.reports if report.kind is kind))


def _judged(criteria: Iterable[Part], unmet: dict[int, str]) -> tuple[Entry, ...]:
    return tuple(
        _entry(
            "criterion",
            part,
            verdict=Verdict.PARTLY if part.number in unmet else Verdict.MET,
            note=unmet.get(part.number, ""),
        )
        for part in criteria
    )


def _entry(kind: str, part: Part, **values: str) -> Entry:
    given = tuple((name, str(value)) for name, value in values.items() if value)
    return Entry(f"{kind}:{part.identifier}", given)


def _printed(stage: Stage, kind: EvidenceKind, title: str, lines: Sequence[str], now: datetime) -> Claim:
    return stage.claim(kind, title, (f"{title}.pdf", pdf(title, lines)), now)
