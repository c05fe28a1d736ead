"""The ways out of the house; only the scheduler and ``doctor`` import them."""

from __future__ import annotations
