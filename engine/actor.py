"""Who acts: handed in by the edges, never looked up inside."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Holding:
    """One position a person holds today: a role, and the department it is held in."""

    role: str
    department: int


@dataclass(frozen=True, slots=True)
class Mandate:
    """In whose place a person may sign today (委托签批), and on what.

    Attributes:
        principal: In whose place.
        scope: ``all``, ``plan`` or ``task``.
        about: The plan or task; None where it is everything.
    """

    principal: int
    scope: str = "all"
    about: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, or the system itself, acting through one request.

    Attributes:
        person: Identifier of the person; ``None`` for the system (scheduler, demonstration, restore).
        organisation: The organisation acted in; every query is limited to it.
        holdings: The positions held on the day of acting.
        session: Identifier of the server-side session, where there is one.
        address: Network address the request came from.
        request_id: Identifier that ties log lines and audit entries of one request together.
        on_behalf_of: The person for whom the actor stands in.
        mandates: In whose place the actor may sign; whether they may sign a certain proposal is decided then.
    """

    person: int | None
    organisation: int
    holdings: frozenset[Holding] = field(default_factory=frozenset)
    session: str | None = None
    address: str | None = None
    request_id: str = ""
    on_behalf_of: int | None = None
    mandates: frozenset[Mandate] = field(default_factory=frozenset)

    def has_role(self, *roles: str) -> bool:
        """Say whether the actor holds one of ``roles`` in any department."""
        return any(holding.role in roles for holding in self.holdings)

    def departments(self, *roles: str) -> frozenset[int]:
        """Give the departments in which the actor holds one of ``roles`` (any role when none is named)."""
        return frozenset(h.department for h in self.holdings if not roles or h.role in roles)


def system(organisation: int, request_id: str) -> Actor:
    """Give the actor of work that no person asked for, such as a sweep."""
    return Actor(person=None, organisation=organisation, request_id=request_id)
