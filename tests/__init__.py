"""Tests of the whole house; started together by ``make test``, one by one with pytest."""

from __future__ import annotations
