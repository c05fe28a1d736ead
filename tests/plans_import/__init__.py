"""Tests of what lies between a plan that was read and its tasks."""

from __future__ import annotations
