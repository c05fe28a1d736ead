"""What the page of one task shows, one question per module; each limited to tasks the actor may see."""

from __future__ import annotations
