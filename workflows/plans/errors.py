"""The one refusal of this package: a document that cannot be read as a plan.

Must not know how a refusal is shown; the sentences stand in the catalogue under the codes used here.
"""

from __future__ import annotations

from engine.errors import ZhenggaiError


class UnreadablePlanError(ZhenggaiError):
    """A document that cannot be read as a plan; nothing was read from it.

    Codes: ``plan_empty``, ``plan_too_large`` (``limit_mb``), ``plan_format_unknown`` (``name``, ``formats``),
    ``plan_format_old`` (``name``), ``plan_format_pdf`` (``name``), ``plan_encoding``, ``plan_damaged``
    (``name``), ``plan_protected`` (``name``), ``plan_without_tasks`` (``looked_for``, ``lines``).
    """
