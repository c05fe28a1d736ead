"""The tables of the first schema, one module per aggregate; part of migration 0001 and never changed."""

from __future__ import annotations
