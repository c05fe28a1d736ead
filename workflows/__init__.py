"""What is run here: plans, rectification, deadlines, notices. Knows the engine, never storage or the web."""

from __future__ import annotations
