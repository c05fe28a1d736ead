"""When a deferred mail is tried again, and when it no longer is.

Pure: the spread is handed in, so that a test can say what comes out.
"""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST_WAIT = timedelta(minutes=1)
"""Wait after the first attempt; it doubles with each further one."""

LONGEST_WAIT = timedelta(hours=4)
"""No wait is longer, before the spread."""

GIVE_UP_AFTER = timedelta(days=5)
"""A mail older than this is no longer tried; the performance office sees it as failed (RFC 5321 §4.5.4.1)."""

_DOUBLINGS = 20


def next_attempt(attempts: int, created_at: datetime, now: datetime, spread: float) -> datetime | None:
    """Give the moment of the next attempt; None when the mail is given up.

    Args:
        attempts: Attempts so far, at least 1.
        created_at: When the mail was put into the outbox.
        now: The current moment.
        spread: A random number from 0 to 1; it stretches the wait by up to half, so that many mails
            deferred together do not come back together.
    """
    wait = min(FIRST_WAIT * 2 ** min(attempts - 1, _DOUBLINGS), LONGEST_WAIT)
    at = now + wait * (1 + spread / 2)
    return at if at - created_at <= GIVE_UP_AFTER else None
