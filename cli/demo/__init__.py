"""The demonstration."""

from __future__ import annotations
