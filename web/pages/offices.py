"""First screens of the offices that take over from a department: verification, review, publicity."""

from __future__ import annotations

from flask import Blueprint

from storage.queries.publications import published
from storage.queries.stages import proposed_at, to_publicize, to_verify
from web.actor import actor
from web.context import config, today
from web.home import render_home
from web.lights import shown
from web.links import sign_page
from web.permissions import Permission, permitted
from web.reading.awaiting import waiting as awaited
from web.signing_list import signing_lines
from workflows.rectification.vocabulary import State

verification = Blueprint("verification", __name__, url_prefix="/verification")
publicity = Blueprint("publicity", __name__, url_prefix="/publicity")
reviewer = Blueprint("reviewer", __name__, url_prefix="/reviewer")

_PUBLISHED_SHOWN = 20


@verification.get("/", endpoint="index")
@permitted(Permission.INBOX_READ)
def verification_index() -> str:
    """Show the verification group what waits for a verdict, and what waits to be signed."""
    with config().database.read() as connection:
        waiting = to_verify(connection, actor())
        proposed = proposed_at(connection, actor(), State.COMPLETED)
        signing = awaited(connection, actor(), today())
    return render_home(
        "home/verification.html",
        waiting=shown(waiting),
        proposed=shown(proposed),
        signing=signing_lines(signing),
        sign_page=sign_page(),
    )


@publicity.get("/", endpoint="index")
@permitted(Permission.INBOX_READ)
def publicity_index() -> str:
    """Show the publicity office what waits to be made public, what is being signed, and what was."""
    with config().database.read() as connection:
        waiting = to_publicize(connection, actor())
        proposed = proposed_at(connection, actor(), State.VERIFIED)
        told = published(connection, actor(), _PUBLISHED_SHOWN)
        signing = awaited(connection, actor(), today())
    return render_home(
        "home/publicity.html",
        waiting=shown(waiting),
        proposed=shown(proposed),
        published=told,
        signing=signing_lines(signing),
        sign_page=sign_page(),
    )


@reviewer.get("/", endpoint="index")
@permitted(Permission.INBOX_READ)
def reviewer_index() -> str:
    """Show the confidentiality reviewer what to read before it is made public."""
    with config().database.read() as connection:
        signing = awaited(connection, actor(), today())
        proposed = proposed_at(connection, actor(), State.VERIFIED)
    return render_home(
        "home/reviewer.html",
        signing=signing_lines(signing),
        proposed=shown(proposed),
        sign_page=sign_page(),
    )
