"""Nobody of another organisation gets anywhere with the numbers of this one, whatever their roles."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Table, func, insert, select

from storage.paper_store import NewPaper, register_paper
from storage.sessions import open_session
from storage.tables import (
    account,
    audit_entry,
    conclusion,
    department,
    evidence,
    notice,
    organisation,
    paper_signature,
    person,
    plan,
    position,
    proposal,
    to_do,
)
from tests.support.seed import START, Court
from tests.web.addresses import NOT_PAGES
from tests.web.driving import completed, instructed, propose, started
from tests.web.test_odd_values import imported
from web.login import COOKIE
from web.permissions import Permission, declared
from workflows.rectification.vocabulary import Role

WORDS = {
    "trigger": "publicize",
    "slot": "acknowledge",
    "name": "none",
    "kind": "mid_term_report",
    "form": "xlsx",
    "box": "to_do",
}
# What it receives stands in its form; that nothing was received is seen in the record.
LEADS_BACK = {"milestones.receive"}
TRIED = 3
"""So many numbers of a kind are tried."""


@pytest.fixture
def busy(seeded_both: Court) -> Court:
    """A court with something of every kind that has a number."""
    court = seeded_both
    started(court, court.tasks[0])
    completed(court, court.tasks[0])
    for trigger in ("acknowledge", "start"):
        assert propose(court, "handler", court.tasks[3], trigger).status_code == 303
    imported(court)
    instructed(court)
    with court.database.write() as connection:
        opened = connection.execute(select(proposal).where(proposal.c.state == "open")).one()
        paper = NewPaper(
            task=opened.task_id,
            proposal=opened.id,
            revision=opened.revision,
            digest=opened.digest,
            signer=court.people["head"],
            signed_on=date(2026, 6, 1),
            scan_digest=court.source.digest,
            scan_name="签批单.png",
            opinion="",
        )
        register_paper(connection, paper, court.actor("office"), START)
    return court


@pytest.fixture
def foreigner(busy: Court) -> FlaskClient:
    """A browser of somebody who holds every role, in another organisation."""
    with busy.database.write() as connection:

        def added(table: Table, **values: object) -> int:
            statement = insert(table).values(**values).returning(table.c.id)
            return int(connection.execute(statement).scalar_one())

        other = added(organisation, name="另一法院")
        where = added(department, organisation_id=other, name="办公室", position=0)
        who = added(person, organisation_id=other, name="闾丘楠", email="")
        connection.execute(
            insert(account).values(
                person_id=who,
                organisation_id=other,
                login="foreigner",
                password_hash="x",
                must_change=False,
                created_at=START,
            )
        )
        for role in Role:
            row = {"organisation_id": other, "person_id": who, "department_id": where, "role": role}
            connection.execute(insert(position).values(**row, from_on=date(2026, 1, 1)))
        token = open_session(connection, who, other, "127.0.0.1", START)
    client = busy.app.test_client()
    client.set_cookie(COOKIE, token)
    return client


def numbers(court: Court) -> dict[str, list[int]]:
    """Give numbers of this court's own, by the name under which addresses hold them."""
    with court.database.read() as connection:

        def of(table: Table) -> list[int]:
            return list(connection.execute(select(table.c.id)).scalars())

        return {
            "task": list(court.tasks),
            "proposal": of(proposal),
            "evidence": of(evidence),
            "paper": of(paper_signature),
            "conclusion": of(conclusion),
            "plan": of(plan),
            "draft": [1],
            "report": [1],
            "number": [*of(notice), *connection.execute(select(audit_entry.c.id)).scalars()],
            "to_do": of(to_do),
            "person": list(court.people.values()),
            "department": list(court.departments.values()),
            "position": list(range(1, 15)),
            "revision": [1],
        }


def test_no_number_of_this_organisation_leads_anywhere(busy: Court, foreigner: FlaskClient) -> None:
    known, found, tried = numbers(busy), [], 0
    data = {"report": f"1-{busy.tasks[0]}-3", "also": str(busy.tasks[0]), "notice": "1", "all": "1"}
    with busy.database.read() as connection:
        before = connection.execute(select(func.count()).select_from(audit_entry)).scalar_one()
    for rule in busy.app.url_map.iter_rules():
        wanted = declared(busy.app.view_functions[rule.endpoint])
        named = rule.arguments & known.keys()
        if rule.endpoint in NOT_PAGES or wanted is Permission.PUBLIC or not named:
            continue
        for at in range(TRIED):
            place: dict[str, Any] = {name: (known[name] or [1])[: at + 1][-1] for name in named}
            place |= {name: WORDS[name] for name in rule.arguments - named}
            with busy.app.test_request_context():
                url = busy.app.url_for(rule.endpoint, **place)
            for method in {"GET", "POST"} & (rule.methods or set()):
                answer, tried = foreigner.open(url, method=method, data=data), tried + 1
                if answer.status_code != 404 and rule.endpoint not in LEADS_BACK:
                    found.append((method, url, answer.status_code))
    with busy.database.read() as connection:
        after = connection.execute(select(func.count()).select_from(audit_entry)).scalar_one()
    assert found == []
    assert tried > 90
    assert after == before
