from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.actor import system
from storage.directory import add_position
from storage.queries.seats import open_proposals_of
from storage.queries.setting_changes import setting_changes
from storage.queries.settings import settings_of
from storage.settings import set_settings
from tests.support.seed import Court
from tests.web.driving import fields, propose, sentences, upload
from web.permissions import ROLE_PERMISSIONS, Permission
from workflows.rectification.vocabulary import Role
from workflows.settings import SETTINGS, TAKES_NO_PART

LIMIT = "limit.acknowledge"
SUBSTITUTE = "substitute.performance_office_head"


def form(client: FlaskClient) -> dict[str, str]:
    """Give the form as a browser would send it back untouched."""
    page = client.get("/settings/").text
    found = fields(page)
    for name, options in re.findall(r'<select[^>]+name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="(\d+)" selected', options)
        found[name] = chosen.group(1) if chosen else ""
    return found


def save(client: FlaskClient, **typed: str) -> TestResponse:
    """Open the form, change what is given by the names with dots as double underscores, and save."""
    given = {name.replace("__", "."): value for name, value in typed.items()}
    return client.post("/settings/", data=form(client) | given)


def chosen(court: Court) -> dict[str, str]:
    with court.database.read() as connection:
        return settings_of(connection, court.actor("office_head"))


@pytest.mark.parametrize("login", ["office_head", "administrator"])
def test_who_may_change_settings_sees_every_setting_with_its_default(seeded: Court, login: str) -> None:
    page = seeded.visitor(login).get("/settings/")
    assert page.status_code == 200
    assert all(f'name="{setting.name}"' in page.text for setting in SETTINGS)
    text = sentences(page.text)
    assert "默认5个工作日" in text
    assert "默认关闭" in text


@pytest.mark.parametrize("login", ["office", "handler", "leader", "inspector", "nobody"])
def test_nobody_else_opens_them(seeded: Court, login: str) -> None:
    client = seeded.visitor(login)
    assert client.get("/settings/").status_code == 403
    assert client.post("/settings/", data={LIMIT: "9"}).status_code == 403
    assert LIMIT not in chosen(seeded)


def test_a_change_is_written_and_its_author_and_moment_are_shown(seeded_both: Court) -> None:
    client = seeded_both.visitor("office_head")
    assert save(client, limit__acknowledge="7").status_code == 302
    assert chosen(seeded_both)[LIMIT] == "7"
    with seeded_both.database.read() as connection:
        (change,) = setting_changes(connection, seeded_both.actor("office_head"))
    assert (change.name, change.before, change.after, change.by) == (LIMIT, "", "7", "赫连枫")
    text = sentences(client.get("/settings/").text)
    assert "赫连枫修改于" in text
    assert "签收 默认（5个工作日） → 7个工作日" in text


def test_what_was_left_as_it_stood_is_not_written(seeded_both: Court) -> None:
    client = seeded_both.visitor("office_head")
    before = chosen(seeded_both)
    assert "没有改动" in client.post("/settings/", data=form(client), follow_redirects=True).text
    assert chosen(seeded_both) == before
    with seeded_both.database.read() as connection:
        assert setting_changes(connection, seeded_both.actor("office_head")) == ()


def test_an_emptied_field_goes_back_to_the_default(seeded: Court) -> None:
    client = seeded.visitor("office_head")
    save(client, limit__acknowledge="7")
    save(client, limit__acknowledge="")
    assert LIMIT not in chosen(seeded)
    assert "7个工作日 → 默认（5个工作日）" in sentences(client.get("/settings/").text)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"limit__acknowledge": "0"}, "设置“签收”为0天，应在1至366之间。"),
        ({"limit__acknowledge": "367"}, "设置“签收”为367天"),
        ({"limit__acknowledge": "九"}, "设置“签收”须是天数"),
        ({"limit__acknowledge": "9" * 30}, "设置“签收”须是天数"),
        ({"inspector_by_itself": "yes"}, "只能是开启或关闭"),
        ({"substitute__inspector": "987654"}, "“督察室”的代行人须是在职"),
        ({"substitute__inspector": "x"}, "“督察室”的代行人须是在职"),
    ],
)
def test_what_cannot_be_is_refused_and_kept_on_the_form(
    seeded: Court, typed: dict[str, str], said: str
) -> None:
    client = seeded.visitor("office_head")
    before = chosen(seeded)
    answer = save(client, limit__publicity="30", **typed)
    assert answer.status_code == 422
    assert said in sentences(answer.text)
    assert 'value="30"' in answer.text
    assert chosen(seeded) == before


@pytest.mark.parametrize("login", ["administrator", "inspector", "nobody"])
def test_whoever_takes_no_part_in_tasks_stands_in_for_nobody(seeded: Court, login: str) -> None:
    client = seeded.visitor("office_head")
    assert f'value="{seeded.people[login]}"' not in client.get("/settings/").text
    answer = save(client, substitute__publicity_office=str(seeded.people[login]))
    assert answer.status_code == 422


def test_whoever_holds_a_role_is_not_its_substitute(seeded: Court) -> None:
    client = seeded.visitor("office_head")
    answer = save(client, substitute__performance_office_head=str(seeded.people["office_head"]))
    assert answer.status_code == 422
    assert "赫连枫本人就担任“院绩效办负责人”" in sentences(answer.text)


def test_every_role_that_can_stand_in_may_sign_and_no_other() -> None:
    signing = {role for role in Role if Permission.PROPOSAL_SIGN in ROLE_PERMISSIONS[role]}
    assert signing == set(Role) - TAKES_NO_PART


def test_a_switch_is_turned_on_and_off(seeded: Court) -> None:
    client = seeded.visitor("office_head")
    save(client, inspector_by_itself="1")
    assert chosen(seeded)["inspector_by_itself"] == "1"
    without = {name: value for name, value in form(client).items() if name != "inspector_by_itself"}
    client.post("/settings/", data=without)
    assert "inspector_by_itself" not in chosen(seeded)


def test_a_form_that_was_open_too_long_changes_nothing_and_loses_nothing(seeded_both: Court) -> None:
    client = seeded_both.visitor("office_head")
    stale = form(client)
    save(seeded_both.visitor("administrator"), limit__acknowledge="8", limit__publicity="25")
    answer = client.post("/settings/", data=stale | {LIMIT: "7"})
    assert answer.status_code == 409
    assert chosen(seeded_both)[LIMIT] == "8"
    again = fields(answer.text)
    assert (again[LIMIT], again[f"seen.{LIMIT}"], again["limit.publicity"]) == ("7", "8", "25")


def test_a_stale_form_does_not_take_back_what_somebody_else_changed(seeded: Court) -> None:
    client = seeded.visitor("office_head")
    stale = form(client)
    save(seeded.visitor("administrator"), limit__publicity="25")
    assert client.post("/settings/", data=stale | {LIMIT: "7"}).status_code == 302
    assert (chosen(seeded)["limit.publicity"], chosen(seeded)[LIMIT]) == ("25", "7")


def test_what_commands_choose_is_named_as_the_systems_doing(seeded: Court) -> None:
    with seeded.database.write() as connection:
        set_settings(connection, {LIMIT: "6"}, system(seeded.organisation, "test"), seeded.clock())
    assert "系统修改于" in sentences(seeded.visitor("office_head").get("/settings/").text)


def test_a_proposal_that_waited_for_the_former_substitute_finds_the_new_one(seeded: Court) -> None:
    # The head of the office proposes as one of its officers, so the substitute has to sign.
    with seeded.database.write() as connection:
        add_position(
            connection,
            seeded.people["office_head"],
            seeded.departments["机关党委"],
            Role.PERFORMANCE_OFFICE,
            date(2026, 1, 1),
            seeded.actor("administrator"),
            seeded.clock(),
        )
    typed = {"text": "院党组会议决定不再列入", "attached": upload("纪要.txt")}
    answer = propose(seeded, "office_head", seeded.tasks[0], "cancel", typed)
    assert answer.status_code == 303, sentences(answer.text)
    former, new = seeded.people["reviewer"], seeded.people["supporter_head"]
    assert waiting(seeded, former)
    page = save(seeded.visitor("administrator"), substitute__performance_office_head=str(new))
    assert page.status_code == 302
    assert not waiting(seeded, former)
    assert waiting(seeded, new)
    assert "1项提请已另定签批人" in seeded.visitor("administrator").get("/settings/").text


def waiting(court: Court, person: int) -> tuple[tuple[int, int], ...]:
    with court.database.read() as connection:
        return open_proposals_of(connection, person, court.actor("office_head"))


def test_the_page_reads_in_english(seeded: Court) -> None:
    client = seeded.visitor("office_head")
    client.post("/language", data={"language": "en"})
    text = sentences(client.get("/settings/").text)
    assert "Settings" in text
    assert "Substitutes" in text
    assert "5 working days by default" in text
    assert "设置" not in text
