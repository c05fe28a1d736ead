"""The main menu and the first screens: which page serves which permission or role.

Pages add themselves here by one line; one that is not registered yet is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_login import current_user

from web.language import gettext, marked
from web.permissions import Permission
from workflows.rectification.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the menu as it is shown; ``count`` is a number beside it, 0 for none."""

    href: str
    label: str
    current: bool
    count: int = 0


MENU: tuple[tuple[str, str, Permission], ...] = (
    ("start.index", marked("首页"), Permission.ACCOUNT_USE),
    ("inbox.index", marked("待办"), Permission.INBOX_READ),
    ("ledger.index", marked("台账"), Permission.LEDGER_READ),
    ("milestones.index", marked("节点"), Permission.MILESTONE_MANAGE),
    ("plans.index", marked("整改方案"), Permission.PLAN_IMPORT),
    ("record.index", marked("操作记录"), Permission.RECORD_READ),
    ("directory.index", marked("机构人员"), Permission.DIRECTORY_READ),
    ("settings.index", marked("设置"), Permission.SETTING_MANAGE),
    ("admin.index", marked("系统状态"), Permission.SYSTEM_READ),
)
"""Endpoint, label and permission of each entry, in their order."""

LANDINGS: tuple[tuple[Role, str], ...] = (
    (Role.RESPONSIBLE_LEADER, "leader.index"),
    (Role.PERFORMANCE_LEADER, "leader.index"),
    (Role.PRESIDENT, "leader.index"),
    (Role.PERFORMANCE_OFFICE_HEAD, "milestones.index"),
    (Role.PERFORMANCE_OFFICE, "milestones.index"),
    (Role.DEPARTMENT_HEAD, "department.index"),
    (Role.HANDLER, "handler.index"),
    (Role.INSPECTOR, "inspector.index"),
    (Role.PUBLICITY_OFFICE, "publicity.index"),
    (Role.CONFIDENTIALITY_REVIEWER, "reviewer.index"),
    (Role.VERIFICATION_GROUP, "verification.index"),
    (Role.ADMINISTRATOR, "admin.index"),
)
"""The first screen of each role; somebody with several roles lands on the first that is named here."""


def navigation() -> list[Item]:
    """Give the menu of whoever is logged in."""
    if not current_user.is_authenticated:
        return []
    entries = {endpoint for endpoint, _, _ in MENU}
    # A first screen that is no entry of its own stands under the first one.
    here = request.endpoint if request.endpoint in entries or request.endpoint != landing() else MENU[0][0]
    return [
        Item(url_for(endpoint), gettext(label), current=endpoint == here)
        for endpoint, label, permission in MENU
        if permission in current_user.permissions and endpoint in current_app.view_functions
    ]


def landing() -> str | None:
    """Give the endpoint of the first screen of whoever is logged in; None where their roles have none."""
    roles = {holding.role for holding in current_user.holdings}
    return next(
        (endpoint for role, endpoint in LANDINGS if role in roles and endpoint in current_app.view_functions),
        None,
    )
