"""Why something is refused: codes with their values, and the refusal that carries them."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import ZhenggaiError


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a refusal: the key of its sentence and the values that belong in it."""

    code: str
    params: tuple[tuple[str, object], ...] = ()

    def values(self) -> dict[str, object]:
        """Give the values by name, as the catalogue wants them."""
        return dict(self.params)


def deny(code: str, **params: object) -> Reason:
    """Make the reason of a refusal, for example ``deny("criterion_unproven", criterion=2)``."""
    return Reason(code, tuple(params.items()))


@dataclass(frozen=True, slots=True)
class Refusal:
    """The answer to a command that may not happen: at least one reason, the weightiest first."""

    reasons: tuple[Reason, ...]

    @property
    def code(self) -> str:
        """The code of the weightiest reason."""
        return self.reasons[0].code


class RefusedError(ZhenggaiError):
    """Raised around a :class:`Refusal` to leave a unit of work without changing anything."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code, **refusal.reasons[0].values())
        self.refusal = refusal
