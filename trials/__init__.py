"""What is too heavy for a test: thousands of kills, races and restarts, each with a fault it must catch.

Every trial drives the product as its edges do. It may look into the tables, because what it proves is what
stands there; the product itself must not know that trials exist.
"""

from __future__ import annotations
