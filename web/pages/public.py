"""The public page: what was publicized of each plan, for anybody, from an allow-list of fields."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("public", __name__, url_prefix="/public")
