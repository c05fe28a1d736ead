"""Whether the product is alive: for whatever watches over the machine."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from engine.errors import SurroundingsError
from web.context import config
from web.permissions import Permission, permitted

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@permitted(Permission.PUBLIC)
def index() -> tuple[Response, int]:
    """Say whether the database answers and has the schema this program was written for."""
    try:
        config().database.check_migrated()
    except SurroundingsError as error:
        return jsonify(status="failing", reason=error.code), HTTPStatus.SERVICE_UNAVAILABLE
    return jsonify(status="ok"), HTTPStatus.OK
