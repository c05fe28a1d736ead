"""What a view needs of this request, in one place: surroundings, moment, reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from flask import current_app, g

from web.config import WebConfig
from web.language import reader_language
from web.wording import Wording
from workflows.deadlines.lights import Lights

EXTENSION: Final = "zhenggai"
"""Under what name the application keeps its configuration."""


def config() -> WebConfig:
    """Give the surroundings the application was made with."""
    found: WebConfig = current_app.extensions[EXTENSION]
    return found


def now() -> datetime:
    """Give the moment of this request; the same however often it is asked."""
    if "now" not in g:
        g.now = config().clock()
    moment: datetime = g.now
    return moment


def today() -> date:
    """Give the calendar day of this request in the product's time zone."""
    return config().rules.timetable.local_day(now())


def wording(names: Mapping[int, str] | None = None) -> Wording:
    """Give the words for this reader.

    Args:
        names: People's names, where sentences speak of people.
    """
    return Wording(reader_language(), config().zone, names or {})


def lights() -> Lights:
    """Give the reader of lights; it remembers what it computed."""
    found: Lights = current_app.extensions[f"{EXTENSION}_lights"]
    return found
