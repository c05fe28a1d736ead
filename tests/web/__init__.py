"""Pages: what a browser is answered, and what no page may do."""

from __future__ import annotations
