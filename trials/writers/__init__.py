"""Four processes that do nothing but write to one database.

None is told that the database is locked, and the slowest gets at least half of a fair share. The planted
fault is a database whose writers try again and again where they should stand in a queue.
"""

from __future__ import annotations

from trials.writers.queueing import DEFAULT, run

__all__ = ["DEFAULT", "run"]
