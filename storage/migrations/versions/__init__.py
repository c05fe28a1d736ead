"""One file per migration, named by its number."""

from __future__ import annotations
