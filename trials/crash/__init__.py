"""A process that proposes and signs is killed at random moments, again and again.

Whatever it acknowledged must be there, nothing may be half there, and the record of operations must be whole.
Two faults are planted: a commit split in two, and an acknowledgement that comes before its commit.
"""

from __future__ import annotations

from trials.crash.killing import DEFAULT, run

__all__ = ["DEFAULT", "run"]
