"""Tests of what is kept, each on both databases."""

from __future__ import annotations
