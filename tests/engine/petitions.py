"""A petition of the zoo: its board, its facts, and what is asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.commands import Propose
from engine.facts import Facts
from tests.engine.rig import Rig
from tests.engine.zoo import (
    CHIEF,
    CLERK,
    HEAD,
    OTHER_HEAD,
    REGISTRAR,
    YESTERDAY,
    actor,
    bundle,
    facts,
    workflow,
)

ANNA, BORIS, CLARA = 31, 32, 33

Groups = tuple[tuple[int, ...], ...]

PEOPLE: Mapping[str, Groups] = {
    "clerk": ((CLERK,),),
    "head": ((HEAD,), (OTHER_HEAD,)),
    "board": ((ANNA, BORIS), (CLARA,)),
    "chief": ((CHIEF,),),
    "registrar": ((REGISTRAR,),),
}


def petition(
    holders: Mapping[str, Groups] | None = None,
    relations: Mapping[str, frozenset[int]] | None = None,
    substitutes: Mapping[str, int] | None = None,
) -> Facts:
    """A petition that is being written; ``holders`` replaces single roles."""
    return facts(holders={**PEOPLE, **(holders or {})}, relations=relations, substitutes=substitutes)


def ask(trigger: str = "ask", exceptions: tuple[str, ...] = ()) -> Propose:
    """The command that proposes a move of the petition."""
    said = replace(bundle(trigger), definition="petition@1", exceptions=exceptions)
    return Propose(said, version=5, key="k1")


def asked(given: Facts | None = None) -> Rig:
    """A petition that was proposed yesterday and waits for its first signature."""
    rig = Rig(workflow("petition"), given or petition(), {"ask_by": "running"})
    rig.do(ask(), actor(CLERK), YESTERDAY)
    return rig
