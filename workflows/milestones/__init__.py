"""What the performance office does around dates for everybody: urging, and deciding what the ladder leaves.

Must not know SQL, Flask or the clock.
"""

from __future__ import annotations
