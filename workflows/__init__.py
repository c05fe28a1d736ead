"""What is run here: plans, rectification, deadlines and notices; knows the engine, never storage or the web."""

from __future__ import annotations
