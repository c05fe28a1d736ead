"""Notices and the mails that carry them: what is said to whom, and in which words.

Knows no table and no queue. The network stands in ``senders`` alone, which only the scheduler and ``doctor``
import.
"""

from __future__ import annotations
