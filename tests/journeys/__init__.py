"""Journeys: what people do from page to page, in a real browser, before a real server."""

from __future__ import annotations
