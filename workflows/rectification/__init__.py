"""The rectification workflow: its definition, its guards, its facts and what its steps bring about.

Must not know SQL, Flask or the clock.
"""

from __future__ import annotations
