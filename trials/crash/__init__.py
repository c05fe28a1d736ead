"""A process that proposes and signs is killed at random moments, again and again.

Whatever it acknowledged must be there, nothing may be half there, and the record of operations must be whole.
Then everything is asked for again: what was done is answered as the first time, what was not is done now.
Three faults are planted: a commit split in two, an acknowledgement that comes before its commit, and requests
that are not known again.
"""

from __future__ import annotations

from trials.crash.killing import DEFAULT, run

__all__ = ["DEFAULT", "run"]
