"""The benches print what was promised; what they measure is no matter of tests."""

from __future__ import annotations
