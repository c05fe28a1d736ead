"""Tests of the rules about matters, instructions and conclusions."""

from __future__ import annotations
