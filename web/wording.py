"""Codes, days and moments as the reader of a page says them.

Owns the names under which values of a refusal are words of a vocabulary. Must not know where the reader
stands in a request: language, time zone and people's names are handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.reasons import Reason
from workflows.catalogue import in_place_of, messages, sentence

_WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

VOCABULARIES = {
    "trigger": ("trigger",),
    "by": ("trigger",),
    "state": ("state",),
    "origin": ("state",),
    "role": ("role",),
    "kind": ("evidence",),
    "relation": ("relation",),
    "report": ("report",),
    "verdict": ("verdict",),
    "action": ("action", "trigger"),
    "clock": ("deadline",),
    "decided": ("to_do_outcome",),
    "day": ("day",),
    "setting": ("setting",),
    "category": ("category",),
}
"""Values of a refusal that are words, and the prefixes under which the catalogue may have them."""

PEOPLE = frozenset({"person", "signer", "proposer"})
"""Values of a refusal that are identifiers of people."""

LISTS_OF_PEOPLE = frozenset({"waiting", "candidates"})
"""Values of a refusal that are several people."""


def people_in(reasons: Iterable[Reason]) -> frozenset[int]:
    """Give the people that reasons speak of, so that their names can be looked up in one go."""
    found: set[int] = set()
    for reason in reasons:
        for name, value in reason.params:
            if name in PEOPLE and isinstance(value, int):
                found.add(value)
            elif name in LISTS_OF_PEOPLE:
                found.update(_several(value))
    return frozenset(found)


def _several(value: object) -> list[int]:
    return [item for item in value if isinstance(item, int)] if isinstance(value, tuple | list) else []


@dataclass(frozen=True, slots=True)
class Wording:
    """Says things to one reader.

    Attributes:
        language: ``zh`` or ``en``.
        zone: The time zone moments are shown in.
        names: People's names by identifier, as far as they are needed.
    """

    language: str
    zone: ZoneInfo
    names: Mapping[int, str] = field(default_factory=dict)

    def in_language(self, language: str) -> Wording:
        """Give the same words in another language, as for papers that are Chinese whoever reads the page."""
        return replace(self, language=language)

    def word(self, vocabulary: str, code: object) -> str:
        """Give the word for a code of a vocabulary, such as ``state`` and ``planned``."""
        return sentence(f"{vocabulary}.{code}", {}, self.language)

    def choices(self, vocabulary: str, codes: Iterable[str]) -> list[tuple[str, str]]:
        """Give codes with their words, to choose from."""
        return [(str(code), self.word(vocabulary, code)) for code in codes]

    def known(self, vocabulary: str, code: object) -> bool:
        """Say whether there is such a word."""
        return f"{vocabulary}.{code}" in messages(self.language)

    def reason(self, reason: Reason) -> str:
        """Give the sentence of a reason."""
        return self.say(reason.code, reason.values())

    def say(self, code: str, params: Mapping[str, object]) -> str:
        """Give the sentence of a code, its values said in the reader's words."""
        return sentence(
            code, {name: self._value(name, value) for name, value in params.items()}, self.language
        )

    def day(self, day: date) -> str:
        """Write a day with its weekday: ``2026年10月9日（周五）``, ``Fri 9 Oct 2026``."""
        weekday = _WEEKDAYS[self.language][day.weekday()]
        if self.language == "zh":
            return f"{day.year}年{day.month}月{day.day}日（周{weekday}）"
        return f"{weekday} {day.day} {_MONTHS[day.month - 1]} {day.year}"

    def moment(self, moment: datetime) -> str:
        """Write a moment in local time to the minute."""
        local = moment.astimezone(self.zone)
        clock = f"{local.hour:02d}:{local.minute:02d}"
        if self.language == "zh":
            return f"{local.year}年{local.month}月{local.day}日 {clock}"
        return f"{local.day} {_MONTHS[local.month - 1]} {local.year}, {clock}"

    def person(self, person: int | None, on_behalf_of: int | None = None) -> str:
        """Give a person's name: ``李四``, or ``李四（受张三委托）`` where they acted in another's place.

        Whoever is not in the list is called by number, nobody is the system.
        """
        if on_behalf_of is not None:
            return in_place_of(self.person(person), self.person(on_behalf_of), self.language)
        if person is None:
            return sentence("person.system", {}, self.language)
        unknown = sentence("person.unknown", {"person": person}, self.language)
        return self.names.get(person, unknown)

    def listed(self, items: Iterable[str]) -> str:
        """Write a list the way the language separates its items."""
        return ("、" if self.language == "zh" else ", ").join(items)

    def _value(self, name: str, value: object) -> object:
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return self.day(value)
        if name in PEOPLE and (value is None or isinstance(value, int)):
            return self.person(value)
        if name in LISTS_OF_PEOPLE:
            return self.listed(self.person(person) for person in _several(value))
        vocabulary = next((v for v in VOCABULARIES.get(name, ()) if self.known(v, value)), None)
        return value if vocabulary is None else self.word(vocabulary, value)
