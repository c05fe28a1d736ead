"""What differs between two versions of a definition, in the words of the person at the terminal.

It decides nothing; codes come from ``workflows.versions``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from cli.language import terminal_locale

if TYPE_CHECKING:
    from cli.installation import Installation
    from engine.reasons import Reason
    from web.wording import Wording

_LISTS: Final = {"before": "role", "after": "role", "states_before": "state", "states_after": "state"}


class Words:
    """Says reasons to one reader, with people's names, which are looked up once each.

    Args:
        installation: Where people are known.
    """

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._names: dict[int, str] = {}

    def all(self, reasons: Iterable[Reason]) -> list[str]:
        """The sentences of some reasons."""
        from web.wording import people_in

        listed = tuple(reasons)
        self._look_up(people_in(listed))
        return [self._say(reason) for reason in listed]

    def data(self, reasons: Iterable[Reason]) -> list[dict[str, object]]:
        """The same for a script: code, values and sentence of each."""
        listed = tuple(reasons)
        return [
            {"code": reason.code, **reason.values(), "says": said}
            for reason, said in zip(listed, self.all(listed), strict=True)
        ]

    def word(self, vocabulary: str, name: str) -> str:
        """A word of the catalogue; a definition of one's own may have names that it does not know."""
        wording = self._wording()
        return wording.word(vocabulary, name) if wording.known(vocabulary, name) else name

    def day(self, at: str) -> date:
        """The calendar day of a recorded moment, where the installation is."""
        return datetime.fromisoformat(at).astimezone(self._installation.settings.timezone).date()

    def _say(self, reason: Reason) -> str:
        wording = self._wording()
        values = dict(reason.params)
        for name, vocabulary in _LISTS.items():
            listed = values.get(name)
            if isinstance(listed, tuple):
                words = [self.word(vocabulary, each) for each in listed]
                values[name] = wording.listed(words or [wording.say("version_signers_nobody", {})])
        return wording.say(reason.code, values)

    def _wording(self) -> Wording:
        from web.wording import Wording
        from workflows.catalogue import language

        return Wording(language(terminal_locale()), self._installation.settings.timezone, self._names)

    def _look_up(self, people: Iterable[int]) -> None:
        from storage.queries.people import names

        unknown = [person for person in people if person not in self._names]
        if unknown:
            with self._installation.database.read() as connection:
                self._names |= names(connection, self._installation.actor, unknown)
