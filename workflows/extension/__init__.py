"""More time for a task (延期申请): a second, small workflow on the same engine.

An extension is a subject of its own, ``extension:TASK.NUMBER``, counted within its task; its row lies behind
the task's lock and what happens to it stands in the task's stream. What it has in common with a task -
proposals, seats, signatures, who signs - is not told here again.
"""

from __future__ import annotations
