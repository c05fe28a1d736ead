"""Two scheduler processes over one database, ended and started again at random while many rungs come due.

Every rung must be recorded exactly once, everybody told of it exactly once, and nothing left out. The planted
fault is a sweep without its lock and without the unique key of a rung.
"""

from __future__ import annotations

from trials.restarts.restarting import DEFAULT, run

__all__ = ["DEFAULT", "run"]
