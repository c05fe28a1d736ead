"""What every store of tasks promises: one in memory and one on each database, held to the same tests."""

from __future__ import annotations
