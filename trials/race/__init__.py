"""Eight people press the same button at once, as threads of one process and as eight processes.

One of them is first; each of the others learns who that was and when, in both languages. The planted fault is
a proposal without its lock and without the unique index of open proposals.
"""

from __future__ import annotations

from trials.race.racing import DEFAULT, run

__all__ = ["DEFAULT", "run"]
