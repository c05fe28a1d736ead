"""Looks for every way to break a definition before it is published.

Owns the exploration; must not know who asks, and nothing of any workflow but what its definition says.
"""

from __future__ import annotations

from engine.exploring.examining import Report, examine
from engine.exploring.findings import Act, Deed, Finding

__all__ = ["Act", "Deed", "Finding", "Report", "examine"]
