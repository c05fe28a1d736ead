"""Writes a change, all of it in the unit of work that gathered the case; one module per aggregate."""

from __future__ import annotations

from storage.applying.whole import apply_change

__all__ = ["apply_change"]
