"""Deadlines as pure code: the working calendar, due days, the ladder of reminders, and the lights.

Knows no table, no clock and no mail; the scheduler hands in what is stored and stores what comes back.
"""

from __future__ import annotations
