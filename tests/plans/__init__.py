"""Tests of reading plan documents; every text here was written for these tests."""

from __future__ import annotations
