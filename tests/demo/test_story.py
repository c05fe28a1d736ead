"""What the demonstration tells: real files, every substitute at work, mails that can be read."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date

import pytest

from cli.demo import court
from storage.queries import ledger
from storage.queries.ledger import LedgerFilter
from tests.demo.made import Made, made
from workflows.evidence.check import check_file
from workflows.rectification.vocabulary import Role

_LEADING = {"审判管理办公室", "刑事审判第三庭", "行装处", "督察室", "机关党委", "立案庭", "民事审判第一庭"}


@pytest.fixture(scope="module")
def demo() -> Iterator[Made]:
    with made(date(2026, 3, 4)) as found:
        yield found


def test_every_role_is_held_and_every_substitute_named(demo: Made) -> None:
    held = {role for (role,) in demo.rows("SELECT DISTINCT role FROM position")}
    assert held == set(Role)
    named = demo.rows("SELECT name, value FROM setting WHERE name LIKE 'substitute.%'")
    assert {str(name): value for name, value in named} == {
        f"substitute.{role}": str(demo.settled.people[login]) for role, login in court.SUBSTITUTES.items()
    }
    assert len(named) == 5


def test_no_name_is_a_real_persons_and_no_mail_could_reach_anybody() -> None:
    names = [member.name for member in court.MEMBERS]
    assert len(set(names)) == len(names)
    # Two signs of surname and one plant.
    assert {len(name) for name in names} == {3}
    assert {member.address.partition("@")[2] for member in court.MEMBERS} == {"example.test"}


def test_substitutes_did_what_the_holders_may_not(demo: Made) -> None:
    people = {number: login for login, number in demo.settled.people.items()}
    received = demo.rows(
        "SELECT s.person_id FROM step s JOIN task t ON t.id = s.task_id"
        " WHERE s.trigger = 'receive_report' AND t.number = 6"
    )
    assert [people[row[0]] for row in received] == ["zhonglizhang"]  # type: ignore[index]
    signed = demo.rows(
        "SELECT g.person_id FROM signature g JOIN proposal p ON p.id = g.proposal_id"
        " WHERE p.trigger = 'rework' AND g.role = 'performance_leader'"
    )
    assert [people[row[0]] for row in signed] == ["ouyangbai"]  # type: ignore[index]


def test_a_leader_on_a_journey_has_another_one_sign_this_week(demo: Made) -> None:
    people = {number: login for login, number in demo.settled.people.items()}
    signed = demo.rows("SELECT person_id, on_behalf_of FROM signature WHERE on_behalf_of IS NOT NULL")
    assert [(people[row[0]], people[row[1]]) for row in signed] == [("ouyangbai", "shangguanmei")]  # type: ignore[index]
    granted = demo.rows("SELECT principal_id, delegate_id, until_on > '2026-03-04' FROM delegation")
    assert [(people[row[0]], people[row[1]], row[2]) for row in granted] == [  # type: ignore[index]
        ("shangguanmei", "ouyangbai", 1)
    ]


def test_every_file_handed_in_is_there_and_is_what_it_says(demo: Made) -> None:
    files = demo.rows(
        "SELECT DISTINCT e.sha256, e.file_name, e.size FROM evidence e WHERE e.sha256 IS NOT NULL"
    )
    assert len(files) > 30
    from storage.blob_index import find_blob

    for digest, name, size in files:
        with demo.shop.database.read() as connection:
            blob = find_blob(connection, str(digest))
        assert blob is not None
        data = b"".join(demo.shop.blobs.open(blob))
        assert len(data) == size
        assert check_file(str(name), io.BytesIO(data)).name == name
    kinds = {str(name).rpartition(".")[2] for _, name, _ in files}
    assert kinds == {"docx", "pdf", "png"}


def test_the_files_of_both_plans_are_kept(demo: Made) -> None:
    assert demo.rows("SELECT count(*) FROM plan p JOIN blob b ON b.digest = p.source_digest") == [(2,)]


def test_one_report_waits_to_be_received_and_one_was_returned(demo: Made) -> None:
    assert demo.rows(
        "SELECT t.number, r.kind FROM report r JOIN task t ON t.id = r.task_id"
        " WHERE r.received_at IS NULL AND r.returned_at IS NULL ORDER BY 1, 2"
    ) == [(4, "mid_term"), (6, "year_end")]
    assert demo.rows("SELECT count(*) FROM report WHERE returned_at IS NOT NULL") == [(1,)]


def test_people_are_told_which_report_was_received_or_returned(demo: Made) -> None:
    said = {letter.subject for letter in demo.shop.letters.newest("", 0, 1000)}
    assert "任务4：“报送中期进度”被退回补报" in said
    told = [
        json.loads(str(params))["trigger"]
        for (params,) in demo.rows("SELECT params FROM notice WHERE kind = 'report_received'")
    ]
    assert set(told) == {"report_mid_term", "report_year_end"}


def test_the_overdue_task_asks_the_performance_office_to_decide(demo: Made) -> None:
    asked = demo.rows("SELECT t.number, d.kind, d.role FROM to_do d JOIN task t ON t.id = d.task_id")
    assert asked == [(4, "ask_inspector", "performance_office")]


def test_one_matter_was_taken_up_with_a_conclusion_to_answer_and_one_waits(demo: Made) -> None:
    raised = demo.rows("SELECT instruction_id IS NULL FROM matter ORDER BY id")
    assert [bool(waits) for (waits,) in raised] == [False, True]
    assert demo.rows("SELECT kind FROM instruction") == [("instruction",)]
    ((due_on, answered_at),) = demo.rows("SELECT due_on, answered_at FROM conclusion")
    assert date.fromisoformat(str(due_on)) > demo.today
    assert answered_at is None


def test_one_proposal_was_sent_back_with_its_reason(demo: Made) -> None:
    ((reason,),) = demo.rows("SELECT reason FROM proposal WHERE state = 'sent_back'")
    assert "参加人数" in str(reason)


def test_everything_happened_in_working_hours(demo: Made) -> None:
    calendar, zone = demo.shop.rules.timetable.calendar, demo.shop.rules.timetable.zone
    from datetime import UTC, datetime

    moments = [
        datetime.fromisoformat(str(at)).replace(tzinfo=UTC).astimezone(zone)
        for (at,) in demo.rows("SELECT at FROM audit_entry")
    ]
    assert all(calendar.is_working_day(moment.date()) for moment in moments)
    assert {moment.hour for moment in moments} <= {8, 9, 10, 11, 14, 16}


def test_mails_bear_the_day_they_were_written_on_and_can_be_read(demo: Made) -> None:
    (newest, *_rest) = demo.shop.letters.newest("", 0, 1000)
    oldest = _rest[-1]
    assert (newest.at - oldest.at).days > 90
    letter = demo.shop.letters.read(newest.number)
    assert letter is not None
    assert "http://127.0.0.1:8000/" in letter.words
    assert letter.html


def test_the_making_tells_how_far_it_is(demo: Made) -> None:
    happened = [step for step, _ in demo.steps]
    assert happened == list(range(1, len(happened) + 1))
    assert {of for _, of in demo.steps} == {len(happened)}


@pytest.mark.parametrize(
    ("login", "seen"),
    [
        ("zhonglizhang", {"行装处", "机关党委"}),
        ("yuwenju", {"行装处", "机关党委"}),
        ("zhangsunli", {"督察室"}),
        ("bailizhi", {"民事审判第一庭"}),
        ("zongzhenggui", _LEADING),
    ],
)
def test_who_stands_in_sees_the_tasks_the_office_does_not_rule_on(
    demo: Made, login: str, seen: set[str]
) -> None:
    with demo.shop.database.read() as connection:
        found = ledger.everything(connection, demo.actor(login), LedgerFilter(), demo.today, 100)
    assert {line.leads[0] for line in found} == seen


def test_one_extension_is_granted_and_one_waits(demo: Made) -> None:
    found = demo.rows(
        "SELECT e.state, e.category, e.late, t.extensions, t.due_on > t.original_due_on"
        " FROM extension e JOIN task t ON t.id = e.task_id ORDER BY e.asked_at"
    )
    assert found == [("granted", "outsiders", 0, 1, 1), ("asked", "outsiders", 0, 0, 1)]
    waiting = demo.rows(
        "SELECT count(*) FROM awaiting a JOIN proposal p ON p.id = a.proposal_id WHERE p.trigger = 'grant'"
    )
    assert waiting == [(1,)]
