"""The rectification workflow through the pure engine: no database, no page, no clock."""

from __future__ import annotations
