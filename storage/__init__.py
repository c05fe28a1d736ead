"""Everything that is kept: the database, the evidence store and the queries over them.

Implements the ports of the workflows. The only part that knows SQL. Must not know Flask, mail or the clock.
"""

from __future__ import annotations
