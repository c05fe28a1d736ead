"""Publishing a definition: the next version, or nothing where it is published already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.actor import Actor
from engine.definition import Definition
from engine.errors import ZhenggaiError
from engine.exploring import Finding, examine
from engine.reasons import Reason, Refusal, RefusedError, deny
from workflows.versions.known import kind_of, load
from workflows.versions.ports import VersionStore
from workflows.versions.records import Published


class UnsoundError(ZhenggaiError):
    """People could break the definition (``definition_unsound``: ``count``); ``findings`` say how."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("definition_unsound", count=len(findings))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing came to: the definition, and whether it was published only now."""

    definition: Definition
    new: bool


def newest(name: str, versions: Sequence[Published]) -> Definition:
    """Give the definition that new subjects of a workflow start on.

    That is the newest published one; where none was published yet, the one that comes with the program. A
    newer one that comes with a newer program has to be published first: nobody's own rules are replaced by
    an upgrade.

    Args:
        name: The workflow.
        versions: What was published, the oldest first.
    """
    kind = kind_of(name)
    return kind.compiled(versions[-1].text if versions else kind.text()).definition


def publish(store: VersionStore, text: str, actor: Actor, now: datetime) -> Publication:
    """Publish a definition; the same text again changes nothing.

    Args:
        store: Keeps what was published.
        text: The definition's text.
        actor: Who publishes.
        now: When.

    Raises:
        DefinitionError: The definition must not load.
        UnsoundError: It could be broken, or drops a promise of the version before it.
        RefusedError: ``version_text_changed``: this version was published with another text;
            ``version_not_next``: it is not the one after the newest.
    """
    definition = load(text)
    versions = store.versions(actor, definition.name)
    if any((one.version, one.digest) == (definition.version, definition.digest) for one in versions):
        return Publication(definition, new=False)
    before = newest(definition.name, versions)
    reason = _against(definition, before, first=not versions)
    if reason is not None:
        raise RefusedError(Refusal((reason,)))
    findings = examine(definition, before).findings
    if findings:
        raise UnsoundError(findings)
    store.publish(definition, actor, now)
    return Publication(definition, new=True)


def _against(definition: Definition, before: Definition, *, first: bool) -> Reason | None:
    """Say why a definition is not the next one; what comes with the program counts as published."""
    if first and definition.digest == before.digest:
        return None
    if definition.version <= before.version:
        return deny("version_text_changed", name=definition.name, version=definition.version)
    if definition.version != before.version + 1:
        expected = before.version + 1
        return deny("version_not_next", name=definition.name, version=definition.version, next=expected)
    return None
