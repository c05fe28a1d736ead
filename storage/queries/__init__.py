"""Read queries: what lists and pages show. Each takes the actor and shows nothing outside what they may see.

Nothing here writes. A query gives frozen records of its own, never rows.
"""

from __future__ import annotations
