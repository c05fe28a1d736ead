"""Tests of the deadlines: pure code against days written by hand."""

from __future__ import annotations
