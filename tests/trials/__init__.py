"""The trials print what was promised, and notice what they are there to notice."""

from __future__ import annotations
