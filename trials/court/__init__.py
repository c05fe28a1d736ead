"""The invented court that trials and benches work in: its databases, its people, its tasks, their moves."""

from __future__ import annotations
