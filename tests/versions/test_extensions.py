"""An extension that is asked for next runs on the newest published definition of extensions."""

from __future__ import annotations

from dataclasses import replace

from tests.contract.court import case
from tests.versions.conftest import NOW, Office
from trials.court.tasks import RULES
from workflows.extension.definition import built_in_text
from workflows.rectification.subjects import extension_of
from workflows.versions.known import load

_SECOND = built_in_text().replace("version = 1", "version = 2", 1)


def test_the_next_extension_starts_on_the_newest_published_definition(office: Office) -> None:
    today = RULES.timetable.local_day(NOW)
    task = office.tasks[0].task
    before = extension_of(office.migrations.case(task, office.system, today), today)
    assert before.workflow.definition.version == 1
    office.versions.publish(load(_SECOND), office.system, NOW)
    after = extension_of(office.migrations.case(task, office.system, today), today)
    assert after.workflow.definition.version == 2


def test_without_anything_published_it_starts_on_the_one_that_comes_with_the_program() -> None:
    today = RULES.timetable.local_day(NOW)
    assert extension_of(case(), today).workflow.definition.text == built_in_text()
    published = replace(case(), extension_text=_SECOND)
    assert extension_of(published, today).workflow.definition.version == 2
