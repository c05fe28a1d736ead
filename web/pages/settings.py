"""The organisation's settings: what each is, what it would be by itself, who changed it when."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("settings", __name__, url_prefix="/settings")
