"""The files the demonstration hands in: made in code, so that they are real files and say invented things."""

from __future__ import annotations
