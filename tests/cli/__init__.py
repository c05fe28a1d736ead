"""Commands: settings, printing, statuses."""

from __future__ import annotations
