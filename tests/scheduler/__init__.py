"""The deadline process over both databases."""

from __future__ import annotations
