"""Rules of the house, each a test: what is written here holds without anybody remembering it."""

from __future__ import annotations
