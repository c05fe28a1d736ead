"""What the record says was done, as a command with the facts it was decided from, to decide again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from engine.actor import Actor
from engine.bundle import Bundle
from engine.commands import Command, Method, Proof, Propose, Revise, Sign
from engine.decide import decide
from engine.decision import Decision
from engine.facts import Facts
from engine.machine import Workflow
from engine.reasons import Refusal
from engine.recorded import Beside, restore
from engine.reviving import revive
from workflows.versions.known import Kind
from workflows.versions.records import Recorded

ACTIONS = ("propose", "revise", "sign")
"""What is decided once more: proposals, their revisions and signatures."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A proposal, a revision or a signature that was accepted.

    Attributes:
        entry: The audit entry's identifier.
        seq: Its place in the subject's chain.
        at: When it was done.
        action: One of :data:`ACTIONS`.
        actor: Who did it; for a signature on paper, who signed.
        on_behalf_of: In whose place it was signed.
        bundle: What it is about.
        facts: What it was decided from.
        led_to: The state it led to; None where the subject did not move.
    """

    entry: int
    seq: int
    at: datetime
    action: str
    actor: Actor
    on_behalf_of: int | None
    bundle: Bundle
    facts: Facts
    led_to: str | None

    def again(self, workflow: Workflow) -> Decision | Refusal:
        """Decide it as it was."""
        return decide(workflow, self.facts, self._command(self.bundle), self.actor, self.at)

    def under(self, workflow: Workflow) -> Decision | Refusal:
        """Decide it by another definition, as if its bundle had been made for that one."""
        bundle = replace(self.bundle, definition=workflow.definition.reference)
        return decide(workflow, self.facts, self._command(bundle), self.actor, self.at)

    def _command(self, bundle: Bundle) -> Command:
        waiting = self.facts.proposal
        if self.action == "propose" or waiting is None:
            return Propose(bundle, self.facts.version, "")
        if self.action == "revise":
            return Revise(waiting.identifier, waiting.revision, bundle)
        digest = waiting.bundle.digest
        proof = Proof(Method.PASSWORD, (digest,), "")
        return Sign(waiting.identifier, waiting.revision, digest, proof, on_behalf_of=self.on_behalf_of)


@lru_cache(maxsize=1000)
def _bundle(text: str) -> Bundle:
    """Read a bundle; it is met again with each signature that it got."""
    return Bundle.from_text(text)


def deed_of(recorded: Recorded, kind: Kind) -> Deed:
    """Read an entry back.

    Raises:
        KeyError: The entry lacks something, or its bundle is not there.
        TypeError: Something in it is not of its kind.
        ValueError: A value in it is none of its vocabulary.
    """
    body = recorded.body
    if recorded.bundle is None:
        raise KeyError(body["digest"])
    bundle = _bundle(recorded.bundle)
    references: Mapping[str, Any] = body["references"]
    signing = body["action"] == "sign"
    waiting = _bundle(recorded.waiting) if recorded.waiting is not None else None
    named = (*(entry.about for entry in bundle.entries), *(p for c in bundle.evidence for p in c.proves))
    facts = restore(
        body["facts"],
        Beside(
            subject=bundle.subject,
            organisation=body["organisation"],
            # It was accepted: it spoke of nothing that was not there.
            parts=frozenset(named),
            evidence=frozenset(c.evidence for c in bundle.evidence if c.evidence is not None),
            waiting=waiting,
            details=revive(kind.details, body["facts"]["details"]),
        ),
    )
    return Deed(
        entry=recorded.entry,
        seq=body["seq"],
        at=datetime.fromisoformat(body["at"]),
        action=body["action"],
        actor=Actor(references["signer"] if signing else body["actor"], body["organisation"]),
        on_behalf_of=references.get("on_behalf_of", body["on_behalf_of"]) if signing else None,
        bundle=bundle,
        facts=facts,
        led_to=body["to"],
    )
