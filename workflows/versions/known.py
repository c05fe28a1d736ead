"""The workflows this program runs: what each comes with, which words it knows, and how its facts are read.

A definition is data, but what its words mean is code: a role that nobody resolves would never be held, a
relation that nobody gathers would exclude nobody, a clock that nobody counts would never run out. So a
definition with such a word is refused before it is published.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from engine.definition import Definition
from engine.errors import DefinitionError, NotFoundError
from engine.guards import GuardRegistry
from engine.loading import load_definition
from engine.machine import Workflow
from workflows.extension import definition as extension
from workflows.extension.facts import ExtensionFacts
from workflows.extension.gathering import open_extension
from workflows.extension.guards import GUARDS as EXTENSION_GUARDS
from workflows.rectification import definition as rectification
from workflows.rectification.facts import TaskFacts
from workflows.rectification.guards import GUARDS
from workflows.rectification.records import Case
from workflows.rectification.subjects import Subject, extension_of, task_of
from workflows.rectification.vocabulary import DeadlineKind, EvidenceKind, Relation, Role


@dataclass(frozen=True, slots=True)
class Kind:
    """A workflow that this program runs.

    Attributes:
        name: Its name.
        text: Gives the text that comes with the program.
        compiled: Compiles a text of this workflow, once per text.
        guards: The guards its definitions may name.
        details: The record of its own facts.
        subject: Gathers a subject of it from a task's case; None where the task has none now.
        evidence: The kinds of evidence it takes; None for those the text itself names.
    """

    name: str
    text: Callable[[], str]
    compiled: Callable[[str], Workflow]
    guards: GuardRegistry
    details: type[Any]
    subject: Callable[[Case, date], Subject | None]
    evidence: Collection[str] | None = None


def _extension(case: Case, today: date) -> Subject | None:
    return extension_of(case, today) if open_extension(case) else None


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind(
                "rectification",
                rectification.built_in_text,
                rectification.compiled,
                GUARDS,
                TaskFacts,
                task_of,
                frozenset(EvidenceKind),
            ),
            Kind(
                "extension",
                extension.built_in_text,
                extension.compiled,
                EXTENSION_GUARDS,
                ExtensionFacts,
                _extension,
            ),
        )
    }
)
"""Every workflow by its name; the first is the one that tasks run on."""

TASKS = next(iter(KINDS))
"""The name of the workflow that tasks run on."""


def kind_of(name: str) -> Kind:
    """Give a workflow by its name.

    Raises:
        NotFoundError: ``definition_unknown``, with ``name`` and those that are ``known``.
    """
    if name not in KINDS:
        raise NotFoundError("definition_unknown", name=name, known=", ".join(KINDS))
    return KINDS[name]


def load(text: str) -> Definition:
    """Read a definition with the guards of the workflow it names, and check every word it uses.

    Raises:
        DefinitionError: It must not load, or names what this program does not know.
    """
    kind = KINDS.get(_name(text))
    definition = load_definition(text, (kind or KINDS[TASKS]).guards)
    if kind is None:
        raise DefinitionError("definition_of_nothing", place="name", name=definition.name)
    for key, names, known in (
        ("roles", definition.roles, frozenset(Role)),
        ("relations", definition.relations, frozenset(Relation)),
        ("deadlines", tuple(d.kind for d in definition.deadlines), frozenset(DeadlineKind)),
        ("evidence_kinds", definition.evidence_kinds, kind.evidence),
    ):
        for name in names:
            if known is not None and name not in known:
                raise DefinitionError("definition_word_unknown", place=key, name=name)
    return definition


def _name(text: str) -> str:
    try:
        return str(tomllib.loads(text).get("name", ""))
    except (ValueError, RecursionError):
        # Reading it says what is wrong, and where.
        return ""
