"""A definition is published once as the next version; what runs stays on the version it began with."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from engine.errors import DefinitionError
from engine.reasons import RefusedError
from storage.tables import audit_entry, definition_version, task
from tests.versions.changed import changed, more_signers, unsound
from tests.versions.conftest import NOW, Office
from workflows.plans.confirming import WORKFLOW
from workflows.rectification.definition import built_in_text
from workflows.versions.known import TASKS, load
from workflows.versions.publishing import UnsoundError, newest, publish


def test_the_next_version_is_published_with_an_entry_in_the_record(office: Office) -> None:
    done = publish(office.versions, more_signers(), office.system, NOW)
    assert (done.definition.version, done.new) == (2, True)
    stored = office.versions.versions(office.system, TASKS)
    assert [(one.version, one.reference) for one in stored] == [
        (1, "rectification@1"),
        (2, "rectification@2"),
    ]
    assert stored[-1].text == more_signers()
    with office.database.read() as connection:
        bodies = connection.execute(select(audit_entry.c.body).where(audit_entry.c.action == "publish"))
        last = [json.loads(row.body) for row in bodies][-1]
    assert (last["definition"], last["references"]["text"]) == ("rectification@2", done.definition.digest)


def test_the_same_text_again_changes_nothing(office: Office) -> None:
    office.publish(more_signers())
    done = publish(office.versions, more_signers(), office.system, NOW)
    assert not done.new
    assert len(office.versions.versions(office.system, TASKS)) == 2


@pytest.mark.parametrize(("version", "code"), [(1, "version_text_changed"), (3, "version_not_next")])
def test_another_text_under_a_version_that_exists_and_one_that_skips_are_refused(
    office: Office, version: int, code: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        publish(office.versions, changed(version=version) + "# changed\n", office.system, NOW)
    assert refused.value.code == code
    assert len(office.versions.versions(office.system, TASKS)) == 1


def test_a_definition_that_could_be_broken_is_not_published(office: Office) -> None:
    with pytest.raises(UnsoundError) as refused:
        publish(office.versions, unsound(), office.system, NOW)
    assert refused.value.findings
    assert len(office.versions.versions(office.system, TASKS)) == 1


def test_two_who_publish_at_once_do_not_publish_two_texts_as_one_version(office: Office) -> None:
    office.publish(more_signers())
    with pytest.raises(RefusedError) as refused:
        office.versions.publish(load(changed() + "# other\n"), office.system, NOW)
    assert refused.value.code == "version_text_changed"


def test_new_tasks_start_on_the_newest_version_and_running_ones_stay(office: Office) -> None:
    office.publish(more_signers())
    assert newest(TASKS, office.versions.versions(office.system, TASKS)).version == 2
    with office.database.read() as connection:
        running = connection.execute(
            select(definition_version.c.version)
            .join_from(task, definition_version, definition_version.c.id == task.c.definition_version_id)
            .distinct()
        ).scalars()
        assert list(running) == [1]


def test_without_anything_published_the_built_in_definition_is_the_newest() -> None:
    assert newest(TASKS, ()).text == built_in_text()
    assert WORKFLOW == TASKS


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"same_leader"]\n\nstates', '"same_leader", "cousin"]\n\nstates', "definition_word_unknown"),
        ("roles = [\n", 'roles = [ "caretaker",\n', "definition_word_unknown"),
        ('name = "rectification"', 'name = "holidays"', "definition_of_nothing"),
    ],
)
def test_a_word_that_means_nothing_here_is_refused_with_its_place(old: str, new: str, code: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        load(changed((old, new)))
    assert refused.value.code == code
    assert refused.value.params["place"]
