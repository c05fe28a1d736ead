"""The words of each notice, in both languages, and what hostile text cannot do to them."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest

from workflows.notices.compose import compose
from workflows.notices.digest import compose_digest
from workflows.notices.records import (
    Digest,
    Matter,
    Notice,
    NoticeKind,
    Phase,
    Recipient,
    Value,
    needed,
)

BASE = "https://zhenggai.court.example/"
MATTER = Matter("2022-3", "提高办案效率", "/tasks/3")
HOSTILE = '"><script>alert(1)</script>\r\nBcc: thief@evil.example\u202e\x00\ud800'
SAMPLE: dict[str, Value] = {
    "clock": "year_end_report",
    "rung": "before_7",
    "phase": "before",
    "days": 7,
    "due_on": "2022-11-30",
    "original_due_on": "2022-10-31",
    "planned_on": "2022-10-01",
    "fired_on": "2022-09-30",
    "to_do": "ask_inspector",
    "trigger": "complete",
    "instead": "reopen",
    "state": "verified",
    "instruction": "coordination",
    "by": "林知秋",
    "reason": "缺少第二项标准的佐证材料",
    "receipt": "2022-017",
    "since_on": "2022-09-30",
    "until_on": "2022-10-08",
    "count": 12,
    "numbers": "1,3",
    "principal": "沈望舒",
    "delegate": "顾云帆",
    "from_on": "2022-09-30",
}
HOUSE = frozenset(
    {
        NoticeKind.CATCH_UP,
        NoticeKind.DELEGATED,
        NoticeKind.DELEGATED_FOR_YOU,
        NoticeKind.DELEGATION_ENDED,
        NoticeKind.DELEGATION_ENDED_FOR_YOU,
    }
)
"""What is told about no single task."""


def notice(kind: NoticeKind, locale: str = "zh", **more: Value) -> Notice:
    """Make a notice of a kind with the sample's values."""
    params = {name: SAMPLE[name] for name in needed(kind)} | more
    matter = None if kind in HOUSE else MATTER
    return Notice(kind, Recipient(1, locale), matter, params)


@pytest.mark.parametrize(
    ("kind", "subject", "lead"),
    [
        (
            "rung",
            "任务2022-3：全年情况报送还有7个工作日到期",
            "全年情况报送还有7个工作日到期。",
        ),
        (
            "to_do",
            "任务2022-3：请决定：提请督察室关注？",
            "全年情况报送还有7个工作日到期。请决定：提请督察室关注？",
        ),
        (
            "raised",
            "任务2022-3：院绩效办提请督察室关注",
            "院绩效办提请督察室关注：全年情况报送已逾期7天。",
        ),
        ("signature_owed", "任务2022-3：“报请核验”待您签批", "林知秋提请“报请核验”，待您签批。"),
        (
            "signature_owed_for",
            "任务2022-3：“报请核验”待签批，您受托可以代签",
            "林知秋提请“报请核验”，待沈望舒签批；您受其委托，可以代签。",
        ),
        (
            "delegated",
            "有人委托您签批",
            "林知秋委托您签批，自2022年9月30日星期五起，至2022年10月8日星期六止；不得转委托。",
        ),
        (
            "delegation_ended",
            "签批委托已撤回",
            "林知秋对您的签批委托（2022年9月30日星期五至2022年10月8日星期六）已撤回，立即失效。",
        ),
        (
            "sent_back",
            "任务2022-3：“报请核验”被退回",
            "林知秋退回了“报请核验”的提请。请修改后重新提请，或者撤回。",
        ),
        (
            "voided",
            "任务2022-3：“报请核验”退回重签，您的签批已作废",
            "林知秋把“报请核验”退回到前面的环节重签，您此前的签批已作废；内容未改。轮到您时请重新审阅。",
        ),
        (
            "withdrawn",
            "任务2022-3：“报请核验”已撤回",
            "林知秋撤回了“报请核验”的提请，不再需要您签批。",
        ),
        (
            "superseded",
            "任务2022-3：“报请核验”因“重新整改”终止",
            "“报请核验”的提请因“重新整改”终止；已有的签批保留在流转记录中。",
        ),
        ("moved", "任务2022-3：“报请核验”已办结", "“报请核验”已办结，任务现为：已核验。"),
        (
            "report_received",
            "任务2022-3：“报请核验”已接收",
            "院绩效办已接收“报请核验”，回执编号2022-017。",
        ),
        (
            "report_returned",
            "任务2022-3：“报请核验”被退回补报",
            "院绩效办退回了“报请核验”，请最迟于2022年11月30日星期三补报。",
        ),
        (
            "finding",
            "任务2022-3：已决定“报请核验”",
            "已对您负责的任务决定“报请核验”。您可以说明意见，但不影响执行。",
        ),
        (
            "assignment_created",
            "任务2022-3：新的整改任务待签收",
            "贵部门承担一项新的整改任务，请最迟于2022年11月30日星期三签收。",
        ),
        (
            "leadership_assigned",
            "任务2022-3：您负责的新整改任务",
            "您担任一项新整改任务的责任领导，牵头部门最迟于2022年11月30日星期三签收。",
        ),
        (
            "urged",
            "任务2022-3：请尽快办理全年情况报送",
            "林知秋催办：任务1、3的全年情况报送尚未报送，时限为2022年11月30日星期三。",
        ),
        (
            "assignment_disputed",
            "任务2022-3：牵头部门对任务分工有异议",
            "林知秋对任务分工提出异议；时限照常计算。",
        ),
        (
            "matter_raised",
            "任务2022-3：有一项需协调事项",
            "林知秋向您提出一项需协调事项，请您批示或者约会议研究。",
        ),
        ("instructed", "任务2022-3：新的协调会", "任务登记了林知秋的协调会，内容见任务页面。"),
        (
            "charged",
            "任务2022-3：协调会有落实事项由您办理",
            "林知秋的协调会确定由您办理落实事项，请最迟于2022年11月30日星期三反馈。",
        ),
        ("answered", "任务2022-3：落实事项已反馈", "林知秋反馈了一项落实事项的办理情况。"),
        (
            "answer_due",
            "任务2022-3：落实事项还有7个工作日到期",
            "由您办理的落实事项还有7个工作日到期，尚未反馈。",
        ),
        (
            "catch_up",
            "提醒曾中断，补记12项",
            "2022年9月30日星期五至2022年10月8日星期六期间提醒中断，已补记12项，每项只通知最高一级。",
        ),
    ],
)
def test_each_notice_has_its_words_in_chinese(kind: str, subject: str, lead: str) -> None:
    content = compose(notice(NoticeKind(kind)), BASE)

    assert content.subject == subject
    assert content.text.startswith(lead + "\n")


@pytest.mark.parametrize("kind", list(NoticeKind))
@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("locale", ["zh", "en"])
def test_every_notice_can_be_said_in_both_languages(kind: NoticeKind, phase: Phase, locale: str) -> None:
    more = {"phase": str(phase)} if "phase" in needed(kind) else {}
    content = compose(notice(kind, locale, **more), BASE)

    assert "%(" not in content.subject + content.text
    assert ("请勿直接回复" in content.text) == (locale == "zh")
    path = "/" if kind in HOUSE else "/tasks/3"
    assert f"https://zhenggai.court.example{path}\n" in content.text
    assert f'href="https://zhenggai.court.example{path}"' in content.html


def test_an_english_reminder_reads_as_english() -> None:
    content = compose(notice(NoticeKind.RUNG, "en-GB"), BASE)

    assert content.subject == "Task 2022-3: Year-end report, working days left: 7"
    assert content.text == (
        "Year-end report: working days left: 7.\n"
        "Task: 2022-3 提高办案效率\n"
        "Due: Wednesday, 30 November 2022\n"
        "Open (needs a login): https://zhenggai.court.example/tasks/3\n"
        "\n"
        "-- \n"
        "This mail was sent by zhenggai by itself; please do not answer it.\n"
    )


def test_a_reminder_moved_by_a_day_off_names_both_days() -> None:
    content = compose(
        notice(NoticeKind.RUNG, planned_on="2022-10-04", fired_on="2022-09-30", due_on="2022-10-04"), BASE
    )

    assert "原定提醒日2022年10月4日星期二为休息日，改在2022年9月30日星期五提醒；时限不变。" in content.text
    assert "时限：2022年10月4日星期二" in content.text


def test_a_late_guessed_or_unmanned_reminder_says_so() -> None:
    plain = compose(notice(NoticeKind.RUNG), BASE).text
    content = compose(
        notice(NoticeKind.RUNG, late_days=3, estimated=1, vacant="handler,department_head"), BASE
    ).text

    assert "迟发的工作日数：3" in content
    assert "估算" in content
    assert "目前无人担任：承办人、部门负责人。" in content
    assert "迟发" not in plain
    assert "估算" not in plain
    assert "无人担任" not in plain


def test_rows_tell_reason_and_both_days_where_they_are_known() -> None:
    text = compose(notice(NoticeKind.FINDING, original_due_on="2022-10-31"), BASE).text

    assert "理由：缺少第二项标准的佐证材料" in text
    assert "时限：2022年11月30日星期三\n原定时限：2022年10月31日星期一" in text


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_no_subject_names_a_person_a_title_or_free_text(locale: str) -> None:
    for kind in NoticeKind:
        subject = compose(notice(kind, locale), BASE).subject
        assert "林知秋" not in subject
        assert "办案" not in subject
        assert "佐证" not in subject


class _Seen(HTMLParser):
    """Collects the tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}


def test_hostile_text_stays_text_in_both_bodies_and_out_of_the_subject() -> None:
    hostile = Notice(
        NoticeKind.SENT_BACK,
        Recipient(1),
        Matter(HOSTILE, HOSTILE, "/tasks/3"),
        {"trigger": "complete", "by": HOSTILE, "reason": HOSTILE},
    )

    content = compose(hostile, BASE)

    page = _Seen()
    page.feed(content.html)
    assert "script" not in page.tags
    assert page.attributes <= {"lang", "charset", "style", "scope", "href"}
    for text in (content.subject, content.text, content.html):
        assert not {"\u202e", "\x00", "\ud800", "\r"} & set(text)
    assert "\n" not in content.subject
    assert len(content.subject) <= 120


def test_an_html_body_loads_nothing_from_anywhere() -> None:
    page = _Seen()
    page.feed(compose(notice(NoticeKind.FINDING), BASE).html)

    assert "src" not in page.attributes
    assert not {"img", "link", "script", "iframe"} & set(page.tags)


def test_a_digest_gathers_the_weightiest_first_and_counts() -> None:
    digest = Digest(
        Recipient(1),
        date(2022, 11, 30),
        (
            notice(NoticeKind.MOVED),
            notice(NoticeKind.RUNG),
            notice(NoticeKind.RUNG, phase="last_day"),
            notice(NoticeKind.RUNG, phase="overdue", days=2),
            notice(NoticeKind.TO_DO, phase="overdue"),
            notice(NoticeKind.SIGNATURE_OWED),
            notice(NoticeKind.RUNG, phase="today"),
        ),
    )

    content = compose_digest(digest, BASE)

    assert content.subject == "整改事项每日汇总（2022年11月30日星期三）：7项"
    headings = [line for line in content.text.splitlines() if line.startswith("【")]
    assert headings == [
        "【请您决定（1项）】",
        "【待您签批（1项）】",
        "【已逾期（1项）】",
        "【今天到期（1项）】",
        "【即将到期（2项）】",
        "【其他消息（1项）】",
    ]
    assert content.text.count("https://zhenggai.court.example/tasks/3") == 7
    assert content.html.count("<h2>") == 6


def test_a_digest_is_in_the_readers_language() -> None:
    digest = Digest(Recipient(1, "en"), date(2022, 11, 30), (notice(NoticeKind.MOVED, "en"),))

    content = compose_digest(digest, BASE)

    assert content.subject == "Your tasks on Wednesday, 30 November 2022: 1"
    assert content.text.count("【") == 1


def test_nothing_to_tell_makes_no_digest() -> None:
    with pytest.raises(ValueError, match="at least one"):
        compose_digest(Digest(Recipient(1), date(2022, 11, 30), ()), BASE)


def test_a_notice_without_a_value_it_needs_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="missing \\['reason'\\]"):
        Notice(NoticeKind.SENT_BACK, Recipient(1), MATTER, {"trigger": "complete", "by": "林知秋"})
    with pytest.raises(ValueError, match="unknown \\['mood'\\]"):
        notice(NoticeKind.MOVED, mood="good")


@pytest.mark.parametrize("path", ["tasks/3", "//evil.example/x", "https://evil.example", ""])
def test_a_matter_never_leads_elsewhere(path: str) -> None:
    with pytest.raises(ValueError, match="slash"):
        Matter("1", "x", path)
