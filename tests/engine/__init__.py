"""The engine alone, driven with a small zoo of definitions that know nothing of plans."""

from __future__ import annotations
