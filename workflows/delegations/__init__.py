"""Delegation (委托签批): who may sign for whom, from when until when, and on what."""

from __future__ import annotations
