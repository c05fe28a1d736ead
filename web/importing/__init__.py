"""The pages on which a person confirms what was read of a plan."""

from __future__ import annotations
