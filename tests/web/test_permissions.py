"""Who may open what: every route against every role, held against a table written by hand."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.seed import MEMBERS, Court
from tests.web.addresses import NOT_PAGES, addresses
from tests.web.driving import sentences
from web import gate
from web.permissions import Permission, declared, permissions_of
from workflows.rectification.vocabulary import Role

_EVERYBODY = {
    "organisation:directory:read",
    "public:page:read",
    "self:account:use",
    "self:delegation:use",
}
_READS = {
    *_EVERYBODY,
    "organisation:ledger:read",
    "organisation:task:read",
    "self:inbox:read",
}
_TAKES_PART = {
    *_READS,
    "organisation:instruction:answer",
    "organisation:instruction:record",
    "organisation:ledger:export",
    "organisation:proposal:propose",
    "organisation:proposal:sign",
}
_OFFICE = {
    *_TAKES_PART,
    "organisation:milestone:manage",
    "organisation:paper:confirm",
    "organisation:paper:register",
    "organisation:plan:import",
    "organisation:to_do:decide",
}
# Written by hand, on purpose: what the product's own table says is held against it.
EXPECTED = {
    "leader": _TAKES_PART,
    "performance_leader": _TAKES_PART,
    "president": _TAKES_PART,
    "handler": {*_TAKES_PART, "organisation:matter:raise", "organisation:paper:register"},
    "head": {
        *_TAKES_PART,
        "organisation:matter:raise",
        "organisation:paper:confirm",
        "organisation:paper:register",
    },
    "office": _OFFICE,
    "office_head": {*_OFFICE, "organisation:setting:manage"},
    "verifier": _TAKES_PART,
    "publicity": _TAKES_PART,
    "reviewer": _TAKES_PART,
    "inspector": {
        *_READS,
        "organisation:ledger:export",
        "organisation:record:read",
    },
    "administrator": {
        *_EVERYBODY,
        "organisation:account:manage",
        "organisation:directory:manage",
        "organisation:setting:manage",
        "system:status:read",
    },
    "nobody": _EVERYBODY,
}
REFUSED = "您的职务没有这项权限。"


@pytest.mark.parametrize("login", EXPECTED)
def test_a_role_has_exactly_the_permissions_of_the_table(login: str) -> None:
    assert permissions_of(MEMBERS[login][2]) == EXPECTED[login]


def test_every_role_stands_in_the_table() -> None:
    assert {role for login in EXPECTED for role in MEMBERS[login][2]} == set(Role)


def test_a_permission_is_written_scope_resource_action_and_the_list_is_in_order() -> None:
    assert all(len(permission.split(":")) == 3 for permission in Permission)
    assert list(Permission) == sorted(Permission)


def test_every_route_declares_a_permission(seeded: Court) -> None:
    views = seeded.app.view_functions
    assert [name for name, view in views.items() if declared(view) is None] == []


def test_an_application_with_a_bare_route_does_not_start() -> None:
    app = Flask("bare")
    app.add_url_rule("/bare", "bare", lambda: "")
    with pytest.raises(RuntimeError, match="bare"):
        gate.require_declarations(app)


@pytest.mark.parametrize("login", EXPECTED)
def test_a_role_opens_what_it_may_and_nothing_else(seeded: Court, login: str) -> None:
    client = seeded.visitor(login)
    wrong = []
    for address in addresses(seeded):
        if address.endpoint == "account.logout":
            continue
        wanted = declared(seeded.app.view_functions[address.endpoint])
        answer = client.open(address.url, method=address.method)
        closed = answer.status_code == 403 and REFUSED in sentences(answer.text)
        if closed == (wanted in EXPECTED[login]):
            wrong.append((address, answer.status_code))
        if answer.status_code >= 500:
            wrong.append((address, answer.status_code))
    assert wrong == []


def test_nobody_gets_further_than_the_log_in_page_without_logging_in(seeded: Court) -> None:
    client = seeded.app.test_client()
    open_ = set()
    for address in addresses(seeded):
        answer = client.open(address.url, method=address.method)
        led = answer.status_code == 302 and answer.headers["Location"].startswith("/login")
        # What was handed in is answered where it stands, so that it can be handed in again.
        told = answer.status_code == 401 and "您还没有登录。" in answer.text
        if not (led or told):
            open_.add(address.endpoint)
    public = {n for n, v in seeded.app.view_functions.items() if declared(v) is Permission.PUBLIC}
    assert open_ == public - NOT_PAGES


def test_a_department_does_not_see_the_tasks_of_others(seeded: Court) -> None:
    task = seeded.tasks[0]
    assert seeded.visitor("supporter").get(f"/tasks/{task}").status_code == 200
    for login in ("stranger", "publicity"):
        answer = seeded.visitor(login).get(f"/tasks/{task}")
        assert answer.status_code == 404
        assert "没有这项整改任务，或者您无权查看。" in answer.text
