"""Every address of the application, filled in with what exists in the small court."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from werkzeug.routing import Rule

from tests.support.seed import Court

GIVEN = {"trigger": "acknowledge", "slot": "acknowledge", "name": "none", "filename": "zhenggai.css"}
"""What stands in addresses for words; numbers are 1."""

NOT_PAGES = frozenset({"static", "bootstrap.static"})


@dataclass(frozen=True)
class Address:
    """An address with the method it answers to."""

    endpoint: str
    method: str
    url: str


def addresses(court: Court) -> list[Address]:
    """Give every address with every method that a browser sends."""
    found = []
    with court.app.test_request_context():
        for rule in court.app.url_map.iter_rules():
            if rule.endpoint in NOT_PAGES:
                continue
            url = court.app.url_for(rule.endpoint, **_values(rule))
            found += [
                Address(rule.endpoint, method, url)
                for method in sorted({"GET", "POST"} & (rule.methods or set()))
            ]
    return found


def _values(rule: Rule) -> dict[str, Any]:
    return {name: GIVEN.get(name, 1) for name in rule.arguments}
