"""Makes a whole demonstration: the court settled, the plans imported, the months before played.

Must not know the folder it is kept in, the web or the command line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cli.demo import story
from cli.demo.days import MAIN_ISSUED, SUPPLEMENT_ISSUED, Days
from cli.demo.mailbox.letters import Letters
from cli.demo.past import Past
from cli.demo.script import MIDDAY, MORNING, Script
from cli.demo.settling import settle
from cli.demo.stage import Stage
from storage.database import Database
from workflows.evidence.ports import BlobStore
from workflows.rectification.service import Rules

_PLANS = Path(__file__).with_name("plans")


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a demonstration is made in.

    Attributes:
        database: An empty database of the newest schema.
        blobs: Where files are kept.
        letters: The mailbox.
        rules: Calendar, time zone and ladders.
        mail_from: The sender of mails.
        base_url: What links in mails begin with.
    """

    database: Database
    blobs: BlobStore
    letters: Letters
    rules: Rules
    mail_from: str
    base_url: str


def make(shop: Workshop, now: datetime, told: Callable[[int, int], None]) -> None:
    """Make the demonstration.

    Args:
        shop: What it is made in.
        now: The present; everything lies before it.
        told: Is handed how many of how many events have happened.
    """
    days = Days(shop.rules.timetable.local_day(now), shop.rules.timetable)
    begins = days.moment(MAIN_ISSUED, MORNING)
    settled = settle(shop.database, shop.rules.timetable, begins)
    stage = Stage(shop.database, shop.blobs, shop.rules, settled)
    tasks = _import(stage, days, "main", MAIN_ISSUED, begins + timedelta(hours=1))
    script = Script(days)
    for (play, tale), task in zip(story.SCENES, tasks, strict=True):
        play(story.Scene(script, stage, task, tale))
    script.at(
        SUPPLEMENT_ISSUED + 1,
        MIDDAY,
        lambda at: _import(stage, days, "supplement", SUPPLEMENT_ISSUED, at),
    )
    events = script.in_order()
    past = Past(shop.database, shop.rules, shop.letters, shop.mail_from, shop.base_url)
    past.play(events, now, lambda number: told(number, len(events)))


def _import(stage: Stage, days: Days, name: str, issued: int, at: datetime) -> tuple[int, ...]:
    template = (_PLANS / f"{name}.txt").read_text(encoding="utf-8")
    text = template.format_map(days.words(issued))
    title = text.partition("\n")[0]
    return stage.import_plan(story.OFFICER, f"{title}.txt", text, at)
