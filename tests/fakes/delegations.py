"""The twin of the store of delegations: the same promises, kept in memory.

It decides nothing and shares no code with the store it stands for.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from engine.actor import Actor
from engine.audit import GENESIS, AuditEntry, write_entry
from engine.errors import NotFoundError
from workflows.delegations.records import Delegation, Mandate, MandateChange, Party, Scope, Terms


@dataclass
class Kept:
    """Everything that is kept."""

    delegations: dict[int, Terms] = field(default_factory=dict)
    withdrawn: dict[int, datetime] = field(default_factory=dict)
    secretaries: frozenset[tuple[int, int]] = frozenset()
    notices: tuple[tuple[int, str, str], ...] = ()
    chains: dict[str, tuple[AuditEntry, ...]] = field(default_factory=dict)

    def copy(self) -> Kept:
        """Give a copy that may be changed without changing this."""
        found = copy(self)
        found.delegations, found.withdrawn = dict(self.delegations), dict(self.withdrawn)
        found.chains = dict(self.chains)
        return found


class MemoryMandateWork:
    """One unit of work over what a principal arranged."""

    def __init__(self, kept: Kept, mandate: Mandate, actor: Actor, now: datetime) -> None:
        self.mandate = mandate
        self.kept = kept
        self._actor = actor
        self._now = now

    def grant(self, terms: Terms, change: MandateChange) -> int:
        """Write a delegation, and give its number."""
        number = len(self.kept.delegations) + 1
        self.kept.delegations[number] = terms
        self._write(change, number)
        return number

    def withdraw(self, delegation: int, change: MandateChange) -> None:
        """Write that a delegation has ended now."""
        self.kept.withdrawn[delegation] = self._now
        self._write(change, delegation)

    def allow(self, secretary: int, change: MandateChange) -> None:
        """Write that somebody may delegate on the principal's behalf."""
        self.kept.secretaries |= {(self.mandate.principal.person, secretary)}
        self._write(change, 0)

    def disallow(self, secretary: int, change: MandateChange) -> None:
        """Write that somebody may no longer."""
        self.kept.secretaries -= {(self.mandate.principal.person, secretary)}
        self._write(change, 0)

    def _write(self, change: MandateChange, number: int) -> None:
        told = ((n.person, n.cause.replace("{new}", str(number)), str(n.kind)) for n in change.notices)
        self.kept.notices += tuple(told)
        draft = replace(change.audit, stream=change.audit.stream.replace("{new}", str(number)))
        chain = self.kept.chains.get(draft.stream, ())
        entry = write_entry(draft, self._actor, self._now, chain[-1].head if chain else GENESIS)
        self.kept.chains[draft.stream] = (*chain, entry)


class MemoryDelegationStore:
    """One organisation in memory.

    Args:
        organisation: The organisation.
        people: The roles of everybody; None where the account is disabled or there is none.
        subjects: The plans and tasks there are.
    """

    def __init__(
        self,
        organisation: int,
        people: Mapping[int, frozenset[str] | None],
        subjects: frozenset[tuple[Scope, int]] = frozenset(),
    ) -> None:
        self.kept = Kept()
        self._organisation = organisation
        self._people = people
        self._subjects = subjects
        self._lock = threading.Lock()

    def find(self, delegation: int, actor: Actor) -> Delegation:
        """Give a delegation, withdrawn or not."""
        if delegation not in self.kept.delegations or actor.organisation != self._organisation:
            raise NotFoundError("delegation_not_found", delegation=delegation)
        return Delegation(delegation, self.kept.delegations[delegation])

    @contextmanager
    def work(
        self,
        principal: int,
        actor: Actor,
        now: datetime,
        today: date,
        other: int | None = None,
        about: tuple[Scope, int | None] = (Scope.ALL, None),
    ) -> Iterator[MemoryMandateWork]:
        """Open a unit of work; leaving it with an error changes nothing."""
        with self._lock:
            if principal not in self._people or actor.organisation != self._organisation:
                raise NotFoundError("person_not_found", person=principal)
            kept = self.kept.copy()
            work = MemoryMandateWork(kept, self._mandate(kept, principal, today, other, about), actor, now)
            yield work
            self.kept = work.kept

    def _mandate(
        self, kept: Kept, principal: int, today: date, other: int | None, about: tuple[Scope, int | None]
    ) -> Mandate:
        found = self._party(other) if other else None
        standing = tuple(
            Delegation(number, terms)
            for number, terms in kept.delegations.items()
            if terms.principal == principal and number not in kept.withdrawn and terms.until_on >= today
        )
        return Mandate(
            principal=self._party(principal) or Party(principal, frozenset()),
            other=found,
            secretaries=frozenset(who for leader, who in kept.secretaries if leader == principal),
            standing=standing,
            exists=about == (Scope.ALL, None) or about in self._subjects,
        )

    def _party(self, person: int) -> Party | None:
        roles = self._people.get(person)
        return None if roles is None else Party(person, roles)
