"""Whatever a link leads to is there for whoever sees the link, and fits the width of a phone."""

from __future__ import annotations

import pytest

from cli.demo import court
from tests.journeys.demonstration import Demonstration
from tests.journeys.people import Somebody
from tests.journeys.walking import walk
from tests.support.visitors import Visitors
from workflows.rectification.vocabulary import Role

pytestmark = pytest.mark.browser

PHONE = (390, 844)
LOGINS = {role: next(m.login for m in court.MEMBERS if role in m.roles) for role in Role}


@pytest.mark.parametrize("role", Role)
def test_every_link_leads_somewhere_and_no_page_is_wider_than_a_phone(
    demo: Demonstration, visitors: Visitors, role: Role
) -> None:
    somebody = Somebody(visitors.open(PHONE), demo.address, LOGINS[role], demo.password)
    somebody.log_in()
    met = []
    for kind, status in walk(somebody.page, demo.address):
        width = somebody.page.evaluate("document.documentElement.scrollWidth")
        met.append((kind, status, width <= PHONE[0]))
    assert len(met) > 5
    assert [page for page in met if page[1:] != (200, True)] == []
