"""The extension workflow through the pure engine."""

from __future__ import annotations
