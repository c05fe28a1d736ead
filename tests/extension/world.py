"""An extension of one task with one person per role, and for every trigger a bundle with nothing missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from engine.bundle import Bundle, Claim
from engine.facts import Facts
from tests.rectification.world import PEOPLE
from workflows.extension.facts import ExtensionFacts

DUE = date(2026, 9, 30)
TODAY = date(2026, 9, 1)
LIMIT = date(2027, 3, 31)
SUBJECT = "extension:12.1"


def details(**changed: object) -> ExtensionFacts:
    """The first extension of a task in progress, not asked for yet."""
    given = ExtensionFacts(
        task=12,
        number=1,
        stored=False,
        task_state="in_progress",
        due_on=DUE,
        latest_on=LIMIT,
        today=TODAY,
        short_days=30,
        granted=0,
    )
    return replace(given, **changed)  # type: ignore[arg-type]  # Callers name fields of the record.


def facts(state: str = "asked", **changed: object) -> Facts:
    """The extension in a state; whatever is named differs from :func:`details`."""
    return Facts(
        subject=SUBJECT,
        organisation=1,
        state=state,
        version=1,
        round=1,
        holders={role: ((person,),) for role, person in PEOPLE.items()},
        details=details(**changed),
    )


_PROOF = Claim("extension_proof", "A letter", sha256="c" * 64, size=10, file_name="letter.pdf")
_CONTENT = {
    "grant": Bundle(
        SUBJECT,
        1,
        "extension@1",
        "grant",
        text="The supplier delivers late.",
        evidence=(_PROOF,),
        dates=(("due_on", DUE), ("new_due_on", DUE + timedelta(days=30))),
        references=(("category", "outsiders"),),
    ),
    "refuse": Bundle(SUBJECT, 1, "extension@1", "refuse", text="Plan earlier."),
    "give_up": Bundle(SUBJECT, 1, "extension@1", "give_up"),
}


def bundle(trigger: str, **changed: object) -> Bundle:
    """A complete bundle for a trigger; whatever is named differs."""
    return replace(_CONTENT[trigger], **changed)  # type: ignore[arg-type]  # As above.


def days(new: date | None, due: date = DUE) -> tuple[tuple[str, date], ...]:
    """The days of a request."""
    return (("due_on", due), *((("new_due_on", new),) if new else ()))
