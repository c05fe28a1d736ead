"""Values that no form of ours sends: whatever comes in, nothing breaks, on either database."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.support.seed import MEMBERS, Court
from tests.web.addresses import Address, addresses
from tests.web.driving import completed, criteria, fields, propose, sentences, started, upload
from web.permissions import declared, permissions_of

ENDLESS = "9" * 5000
"""More digits than Python turns into a number."""

ODD = (
    "9223372036854775808",
    f"{ENDLESS}-{ENDLESS}-{ENDLESS}",
    "a\0b",
    "0001-01-01",
    "9999-12-31",
    "0001-01-01T00:00:00+14:00",
    "\uffff\u202e\U0010ffff'\";--%s%(x)s{{7*7}}",
)
"""Too small, too large, no number, no day, no text that a database keeps."""

ASKED = ("after", "before", "since", "until", "stream", "person", "plan", "leader", "words", "revision")
"""What addresses carry behind their question mark."""

ASKING = (
    ("inspector", "/record/"),
    ("handler", "/inbox/done"),
    ("handler", "/inbox/started"),
    ("handler", "/inbox/to_read"),
    ("handler", "/ledger/"),
    ("handler", "/ledger/export.xlsx"),
    ("handler", "/proposals/1"),
    ("handler", "/directory/people"),
    ("administrator", "/admin/accounts/"),
    ("administrator", "/directory/people/add"),
    ("office_head", "/sign"),
    ("office_head", "/milestones/1/mid_term_report"),
    ("office_head", "/public/"),
    ("office_head", "/public/1"),
)
"""Pages that read what stands behind it, with somebody who may open them."""

PLACED = (
    "/tasks/1/propose/{}",
    "/tasks/1/drafts/{}/{}",
    "/inbox/{}",
    "/milestones/1/{}",
    "/milestones/1/{}/summary.{}",
    "/proposals/{}",
    "/static/{}",
)
"""Addresses with words in them."""

TYPED = (
    *("action", "version", "revision", "key", "item", "proposal", "report", "notice", "signer", "signed_on"),
    *("digest", "department", "role", "from_on", "until_on", "last_day", "name", "email", "login", "year"),
    *("reason", "text", "ref_report", "ref_source", "ref_basis", "new_due_on", "ends_on", "use", "also"),
    *("add_address", "add_number", "add_place", "add_custodian", "add_effective", "add_proves", "add_level"),
    *("m1_first_on", "m1_last_on", "c1_reached", "c1_verdict", "c1_expected_on", "next", "language", "box"),
    *("tasks", "milestones", "task.1.adopted", "task.1.due_on", "leader:某人", "department:某处", "shown"),
    *("outcome", "stay", "words", "opinion", "old", "new", "limit.acknowledge", "substitute.inspector"),
)
"""What forms are made of."""

WHO = ("handler", "office_head", "inspector", "administrator")
"""Between them they may open every page."""

PLAN = """某法院整改工作方案
一、审判质量方面
整改目标：提高审判质效。
整改措施：一是加强管理；二是强化监督。
核验标准：质效指标达到平均水平。
责任领导：某某
牵头部门：审判管理办公室
完成时限：2026年12月底前
"""
DRAFT = "/plans/drafts/1"


@pytest.fixture
def busy(seeded_both: Court) -> Court:
    """A court with something under the numbers that addresses begin with."""
    court = seeded_both
    started(court, court.tasks[0])
    completed(court, court.tasks[0])
    for trigger in ("acknowledge", "start"):
        assert propose(court, "handler", court.tasks[3], trigger).status_code == 303
    imported(court)
    return court


def imported(court: Court) -> None:
    """Hand in a plan that waits to be confirmed."""
    file = (io.BytesIO(PLAN.encode()), "方案.txt")
    answer = court.visitor("office_head").post("/plans/", data={"file": file, "year": "2026"})
    assert answer.headers.get("Location") == DRAFT, sentences(answer.text)


def opened(court: Court) -> Iterator[tuple[str, Address]]:
    """Give every form's address with somebody who may hand it in."""
    allowed = {login: permissions_of(MEMBERS[login][2]) for login in WHO}
    for address in addresses(court):
        wanted = declared(court.app.view_functions[address.endpoint])
        if address.method == "POST" and address.endpoint != "account.logout":
            yield next(login for login in WHO if wanted in allowed[login]), address


def test_no_page_breaks_on_what_is_asked_of_it(busy: Court) -> None:
    broken = []
    for login, url in ASKING:
        for odd in ODD:
            answer = busy.visitor(login).get(url, query_string=dict.fromkeys(ASKED, odd))
            if answer.status_code >= 500:
                broken.append((url, odd[:40], answer.status_code))
    assert broken == []


def test_no_address_breaks_on_the_words_in_it(busy: Court) -> None:
    broken = []
    for place in PLACED:
        for odd in ("\0", "a\nb", "9" * 30, "x" * 3000, "\uffff", "..%2f..%2fetc"):
            for login in ("handler", "office_head"):
                answer = busy.visitor(login).get(place.replace("{}", quote(odd)))
                if answer.status_code >= 500 or "Content-Security-Policy" not in answer.headers:
                    broken.append((place, odd[:40], answer.status_code))
    assert broken == []


def test_no_form_breaks_on_what_is_typed_into_it(busy: Court) -> None:
    broken = []
    for login, address in opened(busy):
        for odd in ODD:
            answer = busy.visitor(login).post(address.url, data=dict.fromkeys(TYPED, odd))
            if answer.status_code >= 500:
                broken.append((address.url, odd[:40], answer.status_code))
    assert broken == []


def test_no_name_of_a_field_or_file_breaks_a_form(busy: Court) -> None:
    client, url = busy.visitor("handler"), f"/tasks/{busy.tasks[1]}/propose/acknowledge"
    for names in (
        {"a\0b": "x"},
        {"f" * 70_000: "x"},
        {"file\0": upload()},
        {"file": upload("a\0b\r\nX: y.txt")},
    ):
        kind = "multipart/form-data"
        assert client.post(url, data={**names, "action": "save"}, content_type=kind).status_code < 500


@pytest.mark.parametrize(
    "typed",
    [
        {"milestones": "999999999"},
        {"milestones": ENDLESS},
        {"milestones": ENDLESS, "action": "add_milestone"},
        {"tasks": ENDLESS},
        {"tasks": "999999999"},
        {"task.1.adopted": ENDLESS},
        {"action": f"adopt:{ENDLESS}"},
        {"action": f"adopt:1:{ENDLESS}"},
        {"leader:某某": ENDLESS},
        {"department:审判管理办公室": ENDLESS},
        {"version": ENDLESS},
        {"version": "0", "shown": '{"title": "\\ud800"}'},
        {"version": "0", "shown": '{"leader:\\ud800": "1"}'},
        {"version": "0", "shown": "[" * 100_000},
    ],
)
def test_no_correction_makes_an_import_unreadable(seeded: Court, typed: dict[str, str]) -> None:
    imported(seeded)
    client = seeded.visitor("office_head")
    data = {**fields(client.get(DRAFT).text), "action": "save", **typed}
    assert client.post(DRAFT, data=data).status_code in {302, 409}
    page = client.get(DRAFT)
    assert page.status_code == 200
    assert len(page.text) < 3_000_000


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2101-01-01"])
def test_a_day_beyond_every_calendar_is_no_day(seeded: Court, day: str) -> None:
    started(seeded, seeded.tasks[0])
    completed(seeded, seeded.tasks[0])
    for login, trigger, name in (("verifier", "rework", "new_due_on"), ("handler", "suspend", "ends_on")):
        task = seeded.tasks[0 if trigger == "rework" else 1]
        typed = {"text": "理由", name: day, "action": "submit"}
        assert propose(seeded, login, task, trigger, typed).status_code == 422


def test_a_number_reached_may_be_as_long_as_it_likes(seeded: Court) -> None:
    task = seeded.tasks[0]
    started(seeded, task)
    typed: dict[str, object] = {f"c{number}_reached": ENDLESS for number in criteria(seeded, task)}
    assert propose(seeded, "handler", task, "complete", typed).status_code == 422


def test_a_text_without_end_is_refused_in_words_and_kept(seeded: Court) -> None:
    typed = {"text": "长" * 20_001, "action": "submit"}
    answer = propose(seeded, "handler", seeded.tasks[0], "acknowledge", typed)
    assert answer.status_code == 422
    assert "有一处文字超过20000个字" in answer.text
    assert "长" * 20_001 in answer.text
    typed["text"] = "长" * 20_000
    assert propose(seeded, "handler", seeded.tasks[0], "acknowledge", typed).status_code == 303


def test_fields_without_end_are_refused(seeded: Court) -> None:
    body, kind = "report=1-1-1&" * 4001, "application/x-www-form-urlencoded"
    url = "/milestones/1/mid_term_report/receive"
    assert seeded.visitor("office").post(url, data=body, content_type=kind).status_code == 413


def test_no_address_writes_a_line_of_its_own_into_the_log(
    seeded: Court, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        seeded.visitor("handler").get("/tasks/1/propose/x%0aERROR%20forged")
    assert "forged" in caplog.text
    assert all("\n" not in record.getMessage() for record in caplog.records)
