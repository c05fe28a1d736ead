"""From the bytes of a file to a ``Document``: one module per format.

A module of this package knows its format and nothing about plans.
"""

from __future__ import annotations
