"""What tests, benches and trials stand on: a PostgreSQL, a Chromium, and the stages of ``make test``.

It knows nothing of the product but the names of its packages.
"""

from __future__ import annotations
