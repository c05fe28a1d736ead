"""In-memory twins of the ports, for tests that want no database."""

from __future__ import annotations
