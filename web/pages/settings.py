"""The organisation's settings: what each is, what it would be by itself, who changed it when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.reasons import Reason, RefusedError
from storage.queries.plan_directory import directory_of
from storage.queries.setting_changes import SettingChange, setting_changes
from storage.queries.settings import settings_of
from storage.settings import set_settings
from web.actor import actor
from web.context import config, now, today
from web.errors import explain, reasons_of, status_of
from web.language import gettext as _
from web.permissions import Permission, permitted
from web.reseating import resolve_seats
from workflows.plans.records import Directory
from workflows.settings import SETTINGS, Setting, SettingKind, candidates, check

blueprint = Blueprint("settings", __name__, url_prefix="/settings")

Page = Response | str | tuple[str, int]

HISTORY = 20
"""So many of the newest changes are shown."""


@dataclass(frozen=True, slots=True)
class SettingView:
    """A setting as the form shows it.

    Attributes:
        setting: The setting.
        value: What the field begins with.
        seen: What is in force; empty for the default.
        latest: Who changed it last.
    """

    setting: Setting
    value: str
    seen: str
    latest: SettingChange | None


@blueprint.get("/")
@permitted(Permission.SETTING_MANAGE)
def index() -> str:
    """Show every setting with its default and its last change."""
    return _show((), {})


@blueprint.post("/")
@permitted(Permission.SETTING_MANAGE)
def save() -> Page:
    """Write what was changed on the form, all or nothing; what was left as it stood is not written."""
    typed, seen = _typed(), _seen()
    chosen = {name: value for name, value in typed.items() if value != seen[name]}
    with config().database.read() as connection:
        before = settings_of(connection, actor())
        people = candidates(directory_of(connection, actor(), today()))
    reasons = check(chosen, people)
    if reasons:
        return _show(reasons, typed), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with config().database.write() as connection:
            changed = set_settings(connection, chosen, actor(), now(), seen=seen)
    except RefusedError as error:
        return _show(reasons_of(error), chosen), status_of(error)
    resolved = sum(resolve_seats(person) for person in _replaced(changed, before))
    if resolved:
        flash(_("%(count)s项提请已另定签批人。") % {"count": resolved}, "success")
    if changed:
        flash(_("已保存%(count)s项设置。") % {"count": len(changed)}, "success")
    else:
        flash(_("没有改动。"), "info")
    return redirect(url_for("settings.index"))


def _typed() -> dict[str, str]:
    return {setting.name: request.form.get(setting.name, "").strip() for setting in SETTINGS}


def _seen() -> dict[str, str]:
    return {setting.name: request.form.get(f"seen.{setting.name}", "") for setting in SETTINGS}


def _replaced(changed: Sequence[str], before: Mapping[str, str]) -> set[int]:
    """Give the people who stood in for a role and do so no longer."""
    roles = {setting.name for setting in SETTINGS if setting.kind is SettingKind.PERSON}
    return {int(before[name]) for name in changed if name in roles and before.get(name, "").isdecimal()}


def _show(reasons: tuple[Reason, ...], typed: Mapping[str, str]) -> str:
    """Show the form; what was typed lies over what is in force."""
    with config().database.read() as connection:
        given = settings_of(connection, actor())
        directory = directory_of(connection, actor(), today())
        changes = setting_changes(connection, actor())
    latest: dict[str, SettingChange] = {}
    for change in changes:
        latest.setdefault(change.name, change)
    views = [
        SettingView(
            one, typed.get(one.name, given.get(one.name, "")), given.get(one.name, ""), latest.get(one.name)
        )
        for one in SETTINGS
    ]
    known = {one.name: one for one in SETTINGS}
    return render_template(
        "settings/index.html",
        days=[view for view in views if view.setting.kind is SettingKind.DAYS],
        extension=[view for view in views if view.setting.kind is SettingKind.CALENDAR_DAYS],
        substitutes=[
            (view, _choices(view, directory)) for view in views if view.setting.kind is SettingKind.PERSON
        ],
        switches=[view for view in views if view.setting.kind is SettingKind.SWITCH],
        names={str(entry.person): entry.name for entry in directory.people},
        history=[(known[change.name], change) for change in changes if change.name in known][:HISTORY],
        sentences=explain(reasons),
    )


def _choices(view: SettingView, directory: Directory) -> list[tuple[str, str]]:
    """Give who may be named: everybody who takes part in tasks and does not hold the role themselves.

    Who is named already stays in the list, however little they should be: the form must not drop them unseen.
    """
    able, names = candidates(directory), {entry.department: entry.name for entry in directory.departments}
    found = []
    for entry in directory.people:
        fits = entry.person in able and view.setting.subject not in able[entry.person]
        if fits or str(entry.person) in {view.value, view.seen}:
            places = dict.fromkeys(names[post.department] for post in entry.posts)
            where = _("、").join(places)
            found.append((str(entry.person), f"{entry.name}（{where}）" if where else entry.name))
    return found
