"""What an exploration found, in the reader's words: the sentence, who holds which role, and the steps.

Must not know who reads it or where it is shown.
"""

from __future__ import annotations

from engine.exploring import Deed, Finding
from workflows.catalogue import messages, sentence


def told(finding: Finding, locale: str) -> str:
    """Give the sentence of a finding."""
    return sentence(finding.reason.code, finding.reason.values(), locale)


def people(finding: Finding, locale: str) -> tuple[str, ...]:
    """Say of each person of a counter-example which roles they hold."""
    words = messages(locale)
    names = words["deed.people"]
    return tuple(
        sentence(
            "deed.holds",
            {"person": name, "roles": words["deed.list"].join(_word("role", role, locale) for role in roles)},
            locale,
        )
        for name, roles in zip(names, finding.people, strict=False)
    )


def steps(finding: Finding, locale: str) -> tuple[str, ...]:
    """Say what is done one after another, for example ``handler A proposes "report completion"``."""
    return tuple(_step(deed, locale) for deed in finding.deeds)


def _step(deed: Deed, locale: str) -> str:
    name = messages(locale)["deed.people"][deed.person - 1]
    params = {
        "person": name,
        "role": _word("role", deed.role, locale),
        "trigger": _word("trigger", deed.trigger, locale),
    }
    return sentence(f"deed.{deed.act}", params, locale)


def _word(vocabulary: str, name: str, locale: str) -> str:
    """A word of the catalogue; a definition of one's own may have names that it does not know."""
    return messages(locale).get(f"{vocabulary}.{name}", name)
