"""What a person has to decide before a plan's tasks can be created."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as having


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that only a person can say.

    Attributes:
        code: Key of its sentence in the catalogue.
        field: The field that answers it, see ``workflows.plans.sheet``.
        task: The task it is about; None where it is about the plan.
        params: Values that the sentence names.
    """

    code: str
    field: str
    task: int | None = None
    params: Mapping[str, object] = having(default_factory=dict)
