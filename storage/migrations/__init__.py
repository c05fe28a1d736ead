"""The numbered migrations: what the schema of a running installation is made by.

A migration never imports the tables: it says for ever what it said on its day.
"""

from __future__ import annotations
