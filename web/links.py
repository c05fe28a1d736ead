"""Where pages about one task and its proposals are found; every list leads there through this module."""

from __future__ import annotations

from flask import url_for


def task_page(task: int) -> str:
    """Give the address of a task's page; notices name the same."""
    return url_for("tasks.page", task=task)


def propose_page(task: int, trigger: str) -> str:
    """Give the address of the form that proposes a move."""
    return url_for("propose.form", task=task, trigger=trigger)


def sign_page() -> str:
    """Give the address of the page on which a selection of proposals is signed."""
    return url_for("sign.selection")
