"""Two people do what excludes each other, at once, as threads over one database.

Sign against withdraw, against the loss of the role, against a revision; two stages at once; a weightier move
against the last signature. Exactly one wins, and the other learns why not. The planted fault is a command
that lets go of the task between looking and writing.
"""

from __future__ import annotations

from trials.races.racing import DEFAULT, run

__all__ = ["DEFAULT", "run"]
