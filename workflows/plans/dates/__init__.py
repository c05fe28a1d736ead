"""Dates as plans write them, by a closed grammar of our own.

General date parsers read 9月底前, 第三季度末 or “十四五”期间 wrongly or not at all, and never say so.
"""

from __future__ import annotations
