"""Tests of the first screens, the inbox, the ledger, the dates for everybody, imports and the record."""

from __future__ import annotations
