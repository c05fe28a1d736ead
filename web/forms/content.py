"""What has been typed and uploaded for a form so far: kept as a draft until the move is proposed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from engine.bundle import Claim
from web.numbers import day_in


@dataclass(frozen=True, slots=True)
class Kept:
    """A piece of evidence that was uploaded or described, with the name by which the form refers to it."""

    name: str
    claim: Claim
    examined: bool = True


@dataclass(frozen=True, slots=True)
class Content:
    """A form's content.

    Attributes:
        fields: What was typed, by the names of the fields.
        kept: Uploaded files and described pieces.
        used: Evidence of the task that is attached again.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    kept: tuple[Kept, ...] = ()
    used: frozenset[int] = frozenset()

    def get(self, name: str) -> str:
        """Give what was typed into a field."""
        return self.fields.get(name, "")

    def day(self, name: str) -> date | None:
        """Give a field as a day; None where it is empty or no day."""
        return day_in(self.get(name))

    def with_kept(self, kept: tuple[Kept, ...]) -> Content:
        """Give the content with other pieces."""
        return replace(self, kept=kept)

    def to_text(self) -> str:
        """Write the content as JSON."""
        pieces = [
            {"name": item.name, "examined": item.examined, "claim": _plain(item.claim)} for item in self.kept
        ]
        data = {"fields": dict(self.fields), "kept": pieces, "used": sorted(self.used)}
        return json.dumps(data, ensure_ascii=False, sort_keys=True)

    @staticmethod
    def from_text(text: str) -> Content:
        """Read what :meth:`to_text` wrote."""
        data = json.loads(text)
        return Content(
            fields=data["fields"],
            kept=tuple(Kept(item["name"], _claim(item["claim"]), item["examined"]) for item in data["kept"]),
            used=frozenset(data["used"]),
        )


def _plain(claim: Claim) -> dict[str, object]:
    effective = claim.effective_on.isoformat() if claim.effective_on else None
    return {**asdict(claim), "effective_on": effective}


def _claim(data: Mapping[str, object]) -> Claim:
    values = dict(data)
    proves, effective = values.pop("proves"), values.pop("effective_on")
    return Claim(
        proves=tuple(proves) if isinstance(proves, list) else (),
        effective_on=date.fromisoformat(str(effective)) if effective else None,
        **values,  # type: ignore[arg-type]  # Written from a Claim, so names and kinds agree.
    )
