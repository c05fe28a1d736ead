"""The pages: what people see and press in a browser.

Owns requests, log-in sessions as cookies, permissions, templates and the words on pages. Decides nothing
about tasks: commands go to the services of the workflows, questions to the read queries of storage.
"""

from __future__ import annotations

from web.config import WebConfig
from web.factory import create_app

__all__ = ["WebConfig", "create_app"]
