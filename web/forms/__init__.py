"""Forms that propose a move: what each asks, what it begins with, what is kept of it, what becomes of it."""

from __future__ import annotations
