"""The demonstration: its data, its story, its mailbox and its process."""

from __future__ import annotations
