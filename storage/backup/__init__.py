"""A consistent copy of database and evidence in a folder, verified; and back into an empty installation."""

from __future__ import annotations

from storage.backup.making import back_up
from storage.backup.manifest import Summary
from storage.backup.restoring import restore

__all__ = ["Summary", "back_up", "restore"]
