"""Departments and people: who holds what from when until when."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("directory", __name__, url_prefix="/directory")
