"""Where pages about one task and its proposals are found; every list leads there through this module."""

from __future__ import annotations

from collections.abc import Iterable

from flask import current_app, url_for

from web.context import config

_PROPOSE = "propose.form"
_SIGN = "sign.selection"


def task_page(task: int) -> str:
    """Give the address of a task's page; notices name the same."""
    return f"/tasks/{task}"


def propose_page(task: int, trigger: str) -> str:
    """Give the address of the form that proposes a move."""
    if _PROPOSE in current_app.view_functions:
        return url_for(_PROPOSE, task=task, trigger=trigger)
    return f"{task_page(task)}/propose/{trigger}"


def sign_page(proposals: Iterable[int] = ()) -> str:
    """Give the address of the page on which a selection of proposals is signed."""
    chosen = list(proposals)
    if _SIGN in current_app.view_functions:
        return url_for(_SIGN, proposal=chosen)
    return "/sign" + ("?" + "&".join(f"proposal={number}" for number in chosen) if chosen else "")


def absolute(path: str) -> str:
    """Give an address with the host in front, for files that leave the house."""
    return config().base_url + path
