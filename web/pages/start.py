"""The first address: leads everybody to the first screen of their role."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from web.navigation import landing
from web.permissions import Permission, permitted

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
@permitted(Permission.ACCOUNT_USE)
def index() -> Response | str:
    """Lead to the first screen; somebody without a role is told to ask for one."""
    endpoint = landing()
    return redirect(url_for(endpoint)) if endpoint else render_template("start.html")
