"""State machines, proposals, signatures and the hashing of the record.

Owns every decision about what may happen to a subject and why not. Must not know plans, SQL, Flask, mail
or the clock: facts come in as frozen records and decisions go out as frozen records.
"""

from __future__ import annotations
