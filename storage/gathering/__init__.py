"""Gathers what a decision about one task rests on, under the task's lock, in three statements."""

from __future__ import annotations

from storage.gathering.case import Gathered, gather_case, lock_task
from storage.gathering.proposal import open_proposals

__all__ = ["Gathered", "gather_case", "lock_task", "open_proposals"]
