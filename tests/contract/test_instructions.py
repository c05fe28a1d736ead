"""Matters, instructions and conclusions in a store of each kind: written whole, reminded of twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from engine.actor import Actor
from engine.audit import check_chain
from engine.errors import NotFoundError
from engine.reasons import RefusedError
from storage.database import Database
from storage.instruction_store import SqlInstructionStore
from storage.reminder_store import SqlReminderStore
from storage.tables import (
    account,
    audit_entry,
    conclusion,
    evidence,
    instruction,
    matter,
    notice,
    secretary,
    task,
)
from tests.contract.court import (
    DISABLED,
    LEFT,
    NOW,
    ORGANISATION,
    OTHER_ORGANISATION,
    PEOPLE,
    POSITIONS,
    RULES,
    SECOND_HANDLER,
    SUBSTITUTE,
    TASK,
    actor,
    case,
    furnish,
)
from tests.fakes.instructions import MemoryInstructionStore, MemoryReminderStore
from workflows.deadlines.timetable import DEFAULT_ZONE
from workflows.evidence.records import Blob
from workflows.instructions.ports import InstructionStore, ReminderStore
from workflows.instructions.records import (
    AnswerConclusion,
    Attachment,
    Command,
    NewConclusion,
    RaiseMatter,
    RecordInstruction,
)
from workflows.instructions.reminding import remind
from workflows.instructions.service import carry_out
from workflows.rectification.vocabulary import Role

HANDLER, HEAD, LEADER = Role.HANDLER, Role.DEPARTMENT_HEAD, Role.RESPONSIBLE_LEADER
OFFICE, PUBLICITY = Role.PERFORMANCE_OFFICE, Role.PUBLICITY_OFFICE
FRIDAY = date(2026, 3, 6)
FILE = Attachment(Blob("a" * 64, "b" * 64, 3, ("a" * 64,)), "纪要.txt", "internal")
MATTER = RaiseMatter(PEOPLE[LEADER], "请协调设备到货。", "raise1")
INSTRUCTION = RecordInstruction(
    leader=PEOPLE[LEADER],
    kind="coordination",
    given_on=date(2026, 3, 2),
    text="供货不能再拖。",
    conclusions=(
        NewConclusion("约定到货日期。", PEOPLE[HANDLER], FRIDAY),
        NewConclusion("说明公开口径。", PEOPLE[PUBLICITY], date(2026, 3, 7)),
    ),
    matters=(1,),
    file=FILE,
    key="record1",
)


@dataclass(frozen=True)
class Kept:
    """What a store keeps, in the same shape for each of them."""

    matters: list[tuple[int, str, int, int | None]]
    instructions: list[tuple[int, str, str, int, bool]]
    conclusions: list[tuple[str, int, date, date | None, str, int | None, bool]]
    notices: set[tuple[int, str, str, bool]]
    entries: list[tuple[str, int | None]]


@dataclass(frozen=True)
class Place:
    """A store with the task, its reminders, and a look at what it keeps."""

    store: InstructionStore
    reminders: ReminderStore
    kept: Callable[[], Kept]

    def act(self, role: Role, command: Command, now: datetime = NOW, who: Actor | None = None) -> int:
        """Let somebody carry out a command."""
        return carry_out(self.store, RULES.timetable, TASK, command, who or actor(role), now)

    def refused(self, role: Role, command: Command) -> tuple[str, ...]:
        """Say why somebody may not."""
        with pytest.raises(RefusedError) as told:
            self.act(role, command)
        return tuple(reason.code for reason in told.value.refusal.reasons)


def memory_place() -> Place:
    """The stores without a database."""
    people = frozenset({who for who, _, role in POSITIONS if role is not Role.INSPECTOR})
    heads = dict.fromkeys((PEOPLE[HANDLER], PEOPLE[HEAD], SECOND_HANDLER), frozenset({PEOPLE[HEAD]}))
    store = MemoryInstructionStore(case(), people, heads, frozenset({PEOPLE[PUBLICITY]}))

    def kept() -> Kept:
        rows = store.kept
        return Kept(
            matters=[(one.leader, one.text, by, taken) for one, by, taken in rows.matters.values()],
            instructions=[
                (one.leader, one.kind, one.text, by, one.file is not None)
                for one, by in rows.instructions.values()
            ],
            conclusions=[
                (
                    o.charge.text,
                    o.charge.person,
                    o.charge.due_on,
                    o.next_on,
                    o.answer,
                    o.answered_by,
                    bool(o.file),
                )
                for o in rows.conclusions.values()
            ],
            notices={(who, cause, row.kind, row.urgent) for (who, cause), row in rows.notices.items()},
            entries=[(json.loads(e.body)["action"], json.loads(e.body)["actor"]) for e in rows.chain],
        )

    return Place(store, MemoryReminderStore(store), kept)


def sql_place(database: Database) -> Place:
    """The stores on a database."""
    furnish(database)

    def kept() -> Kept:
        with database.read() as connection:
            found = connection.execute
            return Kept(
                matters=[
                    (r.leader_id, r.text, r.raised_by, r.instruction_id)
                    for r in found(select(matter).order_by(matter.c.id))
                ],
                instructions=[
                    (r.leader_id, r.kind, r.text, r.recorded_by, r.evidence_id is not None)
                    for r in found(select(instruction).order_by(instruction.c.id))
                ],
                conclusions=[
                    (r.text, r.person_id, r.due_on, r.next_on, r.answer, r.answered_by, bool(r.evidence_id))
                    for r in found(select(conclusion).order_by(conclusion.c.id))
                ],
                notices={(r.person_id, r.cause, r.kind, r.urgent) for r in found(select(notice))},
                entries=[
                    (r.action, r.person_id) for r in found(select(audit_entry).order_by(audit_entry.c.seq))
                ],
            )

    return Place(SqlInstructionStore(database, DEFAULT_ZONE), SqlReminderStore(database), kept)


@pytest.fixture(
    params=["memory", "sqlite_database", "postgres_database"], ids=["memory", "sqlite", "postgresql"]
)
def place(request: pytest.FixtureRequest) -> Place:
    """A store of each kind."""
    if request.param == "memory":
        return memory_place()
    return sql_place(request.getfixturevalue(request.param))


@pytest.fixture
def instructed(place: Place) -> Place:
    """A matter that a meeting took up, with two conclusions."""
    assert place.act(HANDLER, MATTER) == 1
    assert place.act(LEADER, INSTRUCTION) == 1
    return place


def morning(day: date) -> datetime:
    """The moment at which people are reminded."""
    return RULES.timetable.morning(day)


def test_a_meeting_is_one_record_with_its_matter_conclusions_notices_and_entries(instructed: Place) -> None:
    kept = instructed.kept()
    leader, handler, publicity = PEOPLE[LEADER], PEOPLE[HANDLER], PEOPLE[PUBLICITY]
    assert kept.matters == [(leader, "请协调设备到货。", handler, 1)]
    assert kept.instructions == [(leader, "coordination", "供货不能再拖。", leader, True)]
    assert kept.conclusions == [
        ("约定到货日期。", handler, FRIDAY, FRIDAY, "", None, False),
        # The seventh is a Saturday: people hear of it on the Friday before.
        ("说明公开口径。", publicity, date(2026, 3, 7), FRIDAY, "", None, False),
    ]
    assert kept.notices == {
        (leader, "matter:1", "matter_raised", False),
        (handler, "instruction:1", "charged", True),
        (publicity, "instruction:1", "charged", True),
        (PEOPLE[HEAD], "instruction:1", "instructed", False),
        (SECOND_HANDLER, "instruction:1", "instructed", False),
    }
    assert kept.entries == [("raise_matter", handler), ("record_instruction", leader)]


def test_a_repeated_request_is_answered_and_written_once(instructed: Place) -> None:
    before = instructed.kept()
    assert instructed.act(HANDLER, MATTER) == 1
    assert instructed.act(LEADER, INSTRUCTION) == 1
    assert instructed.kept() == before


def test_a_key_that_meant_something_else_is_refused(instructed: Place) -> None:
    assert instructed.refused(HANDLER, replace(MATTER, text="别的事。")) == ("key_reused",)
    assert instructed.refused(LEADER, replace(INSTRUCTION, text="别的话。")) == ("key_reused",)


def test_what_was_taken_up_cannot_be_taken_up_again(instructed: Place) -> None:
    assert instructed.refused(LEADER, replace(INSTRUCTION, key="record2")) == ("matter_taken_up",)


def test_a_refusal_writes_nothing(place: Place) -> None:
    before = place.kept()
    assert place.refused(LEADER, MATTER) == ("matter_not_yours",)
    assert place.kept() == before


def test_an_answer_ends_the_reminders_and_tells_the_leader(instructed: Place) -> None:
    answer = AnswerConclusion(1, "四月一日到货。", FILE)
    assert instructed.act(HANDLER, answer) == 1
    kept = instructed.kept()
    assert kept.conclusions[0] == (
        *("约定到货日期。", PEOPLE[HANDLER], FRIDAY, None, "四月一日到货。", PEOPLE[HANDLER], True),
    )
    assert (PEOPLE[LEADER], "answer:1", "answered", False) in kept.notices
    assert kept.entries[-1] == ("answer_conclusion", PEOPLE[HANDLER])
    assert instructed.refused(HANDLER, answer) == ("conclusion_answered",)


def test_who_heads_the_department_may_answer_for_who_was_charged_and_nobody_else(instructed: Place) -> None:
    assert instructed.refused(LEADER, AnswerConclusion(1, "好。", None)) == ("conclusion_not_yours",)
    instructed.act(HEAD, AnswerConclusion(1, "已经约定。", None))
    kept = instructed.kept()
    assert kept.conclusions[0][5] == PEOPLE[HEAD]
    assert (PEOPLE[HANDLER], "answer:1", "answered", False) in kept.notices


def test_a_conclusion_opens_the_task_to_who_is_charged(place: Place) -> None:
    with pytest.raises(NotFoundError):
        place.act(PUBLICITY, AnswerConclusion(2, "好。", None))
    place.act(HANDLER, MATTER)
    place.act(LEADER, INSTRUCTION)
    place.act(PUBLICITY, AnswerConclusion(2, "口径已经定好。", None))
    assert place.kept().conclusions[1][4] == "口径已经定好。"


def test_nobody_of_another_organisation_gets_near(place: Place) -> None:
    foreigner = Actor(PEOPLE[HANDLER], OTHER_ORGANISATION, actor(HANDLER).holdings)
    with pytest.raises(NotFoundError):
        place.act(HANDLER, MATTER, who=foreigner)


@pytest.mark.parametrize("who", [DISABLED, LEFT, SUBSTITUTE, PEOPLE[Role.INSPECTOR]])
def test_who_is_gone_or_takes_no_part_is_not_charged(place: Place, who: int) -> None:
    charged = replace(INSTRUCTION, matters=(), conclusions=(NewConclusion("办。", who, FRIDAY),))
    assert place.refused(LEADER, charged) == ("conclusion_person_unfit",)


def test_people_are_reminded_on_the_day_and_on_the_day_after(instructed: Place) -> None:
    told = []
    for day in range(2, 14):
        for _ in range(2):  # A second look the same day reminds nobody again.
            now = morning(date(2026, 3, day))
            told += [(day, remind(instructed.reminders, RULES.timetable, now))]
    assert [(day, count) for day, count in told if count] == [(6, 2), (9, 2)]
    causes = {cause for who, cause, kind, _ in instructed.kept().notices if kind == "answer_due"}
    assert causes == {
        *("conclusion:1:2026-03-06", "conclusion:1:2026-03-09"),
        *("conclusion:2:2026-03-06", "conclusion:2:2026-03-09"),
    }
    assert [action for action, _ in instructed.kept().entries].count("remind") == 4


def test_nobody_is_reminded_before_the_morning_nor_of_what_is_answered(instructed: Place) -> None:
    assert remind(instructed.reminders, RULES.timetable, morning(FRIDAY) - timedelta(minutes=1)) == 0
    instructed.act(HANDLER, AnswerConclusion(1, "四月一日到货。", None))
    assert remind(instructed.reminders, RULES.timetable, morning(FRIDAY)) == 1


def test_after_an_outage_one_reminder_comes_and_no_second(instructed: Place) -> None:
    assert remind(instructed.reminders, RULES.timetable, morning(date(2026, 3, 20))) == 2
    assert remind(instructed.reminders, RULES.timetable, morning(date(2026, 3, 23))) == 0


def test_the_task_stays_as_it_is_and_its_chain_holds(sqlite_database: Database) -> None:
    place = sql_place(sqlite_database)
    with sqlite_database.read() as connection:
        before = connection.execute(select(task)).all()
    place.act(HANDLER, MATTER)
    place.act(LEADER, INSTRUCTION)
    place.act(HANDLER, AnswerConclusion(1, "四月一日到货。", FILE))
    with sqlite_database.read() as connection:
        assert connection.execute(select(task)).all() == before
        stream = f"task:{TASK}"
        rows = connection.execute(select(audit_entry).where(audit_entry.c.stream == stream)).all()
        files = connection.execute(select(evidence).order_by(evidence.c.id)).all()
    assert check_chain(stream, ((r.seq, r.body, r.sha256, r.sm3) for r in rows)) is None
    assert [json.loads(row.body)["references"].get("file") for row in rows] == [None, "a" * 64, "a" * 64]
    assert [(f.kind, f.title, f.level, f.handed_in_by) for f in files] == [
        ("decision", "纪要", "internal", PEOPLE[LEADER]),
        ("other", "纪要", "internal", PEOPLE[HANDLER]),
    ]


def test_the_office_records_a_meeting_with_minutes_and_no_instruction(place: Place) -> None:
    meeting = replace(INSTRUCTION, matters=())
    assert place.act(OFFICE, meeting) == 1
    assert place.kept().instructions[0][3] == PEOPLE[OFFICE]
    assert (PEOPLE[LEADER], "instruction:1", "instructed", False) in place.kept().notices
    own = replace(meeting, kind="instruction", key="record2")
    assert place.refused(OFFICE, own) == ("instruction_not_of_this_leader",)


def test_a_secretary_whom_the_leader_allows_records_an_instruction_until_that_ends(
    sqlite_database: Database,
) -> None:
    place = sql_place(sqlite_database)
    own = replace(INSTRUCTION, kind="instruction", matters=())
    assert place.refused(HANDLER, own) == ("instruction_not_yours",)
    allowed = {"organisation_id": ORGANISATION, "principal_id": PEOPLE[LEADER], "person_id": PEOPLE[HANDLER]}
    with sqlite_database.write() as connection:
        connection.execute(insert(secretary), allowed | {"allowed_at": NOW})
    assert place.act(HANDLER, own) == 1
    with sqlite_database.write() as connection:
        connection.execute(update(secretary).values(ended_at=NOW))
    assert place.refused(HANDLER, replace(own, key="record2")) == ("instruction_not_yours",)


def test_who_lost_their_account_can_no_more_be_charged(sqlite_database: Database) -> None:
    place = sql_place(sqlite_database)
    with sqlite_database.write() as connection:
        connection.execute(
            update(account)
            .where(account.c.person_id == PEOPLE[HANDLER], account.c.organisation_id == ORGANISATION)
            .values(disabled_at=NOW)
        )
    assert place.refused(LEADER, replace(INSTRUCTION, matters=())) == ("conclusion_person_unfit",)
