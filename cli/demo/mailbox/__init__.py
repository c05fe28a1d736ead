"""The demonstration's mailbox: a mail server of its own, and pages on which every mail can be read.

Nothing of it belongs to the product. It must not know tasks, people's rights or the database.
"""

from __future__ import annotations
