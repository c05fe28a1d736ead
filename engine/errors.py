"""The one parent of all expected failures.

Must not know how a failure is shown: sentences stand in catalogues, HTTP codes in the web's table and exit
codes in the commands.
"""

from __future__ import annotations

from collections.abc import Mapping


class ZhenggaiError(Exception):
    """An expected failure: a code that names the sentence to show, and the values that belong in it.

    Attributes:
        code: Key of the sentence in the catalogue.
        params: Values the sentence names; identifiers, numbers, days and names only.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, object] = params

    def __str__(self) -> str:
        """Show the code and its values, for logs."""
        shown = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({shown})" if shown else self.code


class DefinitionError(ZhenggaiError):
    """A workflow definition that must not load; ``place`` in ``params`` names where it is wrong."""


class NotFoundError(ZhenggaiError):
    """What was asked for does not exist for this actor; whether it exists for others is not told."""


class SurroundingsError(ZhenggaiError):
    """Database, disk or mail failed; nothing was changed."""
