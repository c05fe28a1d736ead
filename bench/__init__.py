"""What the product costs, beside the same work done by bare statements in the same run.

A bench is no test: it prints figures. It may look into the tables; the product must not know that benches
exist.
"""

from __future__ import annotations
