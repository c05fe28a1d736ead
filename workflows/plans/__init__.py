"""Reading plan documents: from bytes to what was understood, each value beside its place in the text.

Pure code: it knows no database, no page and no directory of people; names are what the text says.
"""

from __future__ import annotations
