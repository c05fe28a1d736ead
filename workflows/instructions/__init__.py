"""What a handler needs a leader for, what the leader says or concludes in a meeting, and how it is answered.

A matter is raised, an instruction or meeting takes it up, its conclusions are to-dos with a person and a day.
None of it moves a task. Must not know SQL, Flask or the clock.
"""

from __future__ import annotations
