"""Versions of workflow definitions: publishing one, moving tasks to one, rehearsing one beforehand.

Owns what a change of the rules means for what was decided and for what is under way. Must not know where
definitions, entries and tasks are kept.
"""

from __future__ import annotations
