"""What pages show, read in one go and put into shape. Knows no request and renders nothing."""

from __future__ import annotations
