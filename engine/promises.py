"""What a definition promises, and what may be counted on when somebody looks for a way to break it.

Both are data in the definition's text. Nothing here decides whether a promise holds; ``exploring`` does.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NeverAlone:
    """Nobody alone brings a subject from one state to another."""

    origin: str
    target: str


@dataclass(frozen=True, slots=True)
class Need:
    """No subject enters the named states without something.

    What was fulfilled in an earlier round does not count.

    Attributes:
        states: The states that are kept.
        guard: A guard that was asked on the way; empty where none is needed.
        signed_by: A role whose holder signed on the way; empty where none is needed.
    """

    states: tuple[str, ...]
    guard: str = ""
    signed_by: str = ""


@dataclass(frozen=True, slots=True)
class OnlyAfter:
    """A guard that says no until one of these moves was made."""

    guard: str
    triggers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """How people come by a relation to the subject: by holding a role, or by proposing a move."""

    relation: str
    roles: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Apart:
    """Nobody holds one of ``roles`` towards a subject towards which they hold one of ``others``."""

    roles: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promises:
    """What must hold whatever people do.

    Attributes:
        never_alone: What nobody may do alone.
        needs: What no subject goes without.
    """

    never_alone: tuple[NeverAlone, ...] = ()
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the guards and the facts of a workflow are known to do.

    Attributes:
        opposites: Guards of which exactly one says yes.
        only_after: Guards that need something to have happened.
        related: Where relations come from.
        apart: Roles that one person never holds towards the same subject.
    """

    opposites: tuple[tuple[str, str], ...] = ()
    only_after: tuple[OnlyAfter, ...] = ()
    related: tuple[Related, ...] = ()
    apart: tuple[Apart, ...] = ()
