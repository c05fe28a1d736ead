"""Tests of the notices: words, messages, and a real mail server."""

from __future__ import annotations
