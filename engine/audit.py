"""The audit entry: its one form, its canonical text and its place in a subject's chain.

The form is final: readers outside this house rely on it. Identifiers, vocabulary, days, numbers and digests
only; names come from the directory, free text is kept beside the entry and referred to by a salted digest,
so that a person's data can be erased without breaking the chain.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.actor import Actor
from engine.canonical import canonical, moment, sha256, sm3
from engine.reasons import Reason

FORM = 1
"""Version of the entry's form, written into every entry as ``v``."""


@dataclass(frozen=True, slots=True)
class FreeText:
    """Words that an entry refers to: kept beside it, with the salt that hides them from guessing."""

    name: str
    salt: str
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 of salt and text."""
        return sha256(f"{self.salt}\n{self.text}")


@dataclass(frozen=True, slots=True)
class AuditDraft:
    """What is to be recorded, before it has a place in its chain.

    Attributes:
        stream: The subject's chain, for example ``task:12`` or ``person:3``.
        action: What was done, for example ``sign``.
        role: The role the actor acted in; empty where roles play no part.
        trigger: The move it is about.
        origin: The state before.
        state: The state after; None where nothing moved.
        digest: Digest of the bundle it is about.
        definition: Name and version of the definition.
        reasons: Why it was refused; empty for what was done.
        facts: What the guards saw, for proposals and signatures.
        references: Further identifiers, days and digests by name.
        texts: Free text.
    """

    stream: str
    action: str
    role: str = ""
    trigger: str = ""
    origin: str = ""
    state: str | None = None
    digest: str = ""
    definition: str = ""
    reasons: tuple[Reason, ...] = ()
    facts: Mapping[str, object] | None = None
    references: Mapping[str, object] = field(default_factory=dict)
    texts: tuple[FreeText, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a chain: its number and its two digests."""

    seq: int
    sha256: str
    sm3: str


GENESIS = Head(0, "0" * 64, "0" * 64)
"""What the first entry of a chain names as the one before it."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An entry in its chain: its text exactly as hashed, and the digests of that text."""

    stream: str
    seq: int
    at: datetime
    body: str
    sha256: str
    sm3: str

    @property
    def head(self) -> Head:
        """This entry as the one before the next."""
        return Head(self.seq, self.sha256, self.sm3)


def write_entry(draft: AuditDraft, actor: Actor, now: datetime, previous: Head) -> AuditEntry:
    """Give a draft its place behind ``previous``."""
    body = canonical(
        {
            "v": FORM,
            "stream": draft.stream,
            "seq": previous.seq + 1,
            "previous": {"sha256": previous.sha256, "sm3": previous.sm3},
            "at": moment(now),
            "organisation": actor.organisation,
            "actor": actor.person,
            "on_behalf_of": actor.on_behalf_of,
            "role": draft.role,
            "session": actor.session,
            "address": actor.address,
            "request": actor.request_id,
            "action": draft.action,
            "trigger": draft.trigger,
            "from": draft.origin,
            "to": draft.state,
            "digest": draft.digest,
            "definition": draft.definition,
            "reasons": [{"code": reason.code, "params": reason.values()} for reason in draft.reasons],
            "facts": draft.facts,
            "references": draft.references,
            "texts": {text.name: text.digest for text in draft.texts},
        }
    )
    return AuditEntry(draft.stream, previous.seq + 1, now, body, sha256(body), sm3(body))


@dataclass(frozen=True, slots=True)
class Fault:
    """The first entry of a chain that does not fit, and how."""

    stream: str
    seq: int
    kind: str


def check_chain(stream: str, rows: Iterable[tuple[int, str, str, str]]) -> Fault | None:
    """Check one chain from its beginning.

    Args:
        stream: The chain.
        rows: ``(seq, body, sha256, sm3)`` in the order of ``seq``.

    Returns:
        The first fault: ``missing`` (a number is skipped), ``changed`` (the text does not give the stored
        digests), ``foreign`` (the text speaks of another place) or ``broken`` (it names another entry as the
        one before it). None when the chain is whole as far as it goes; that its newest entries were cut off
        cannot be seen from the chain alone.
    """
    previous = GENESIS
    for seq, body, stored_sha256, stored_sm3 in rows:
        kind = _fault(stream, seq, body, Head(seq, stored_sha256, stored_sm3), previous)
        if kind:
            return Fault(stream, seq, kind)
        previous = Head(seq, stored_sha256, stored_sm3)
    return None


def _fault(stream: str, seq: int, body: str, head: Head, previous: Head) -> str | None:
    if seq != previous.seq + 1:
        return "missing"
    try:
        if sha256(body) != head.sha256 or sm3(body) != head.sm3:
            return "changed"
        record = json.loads(body)
    except (ValueError, RecursionError):  # Whoever forges an entry may write what no reader survives.
        return "changed"
    if not isinstance(record, dict) or record.get("stream") != stream or record.get("seq") != seq:
        return "foreign"
    if record.get("previous") != {"sha256": previous.sha256, "sm3": previous.sm3}:
        return "broken"
    return None
