"""What waits for somebody's signature, three lines each: what changed, what is open, how long is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.bundle import Bundle
from storage.queries.awaiting import ToSign
from web.context import wording
from web.lights import reading
from web.wording import Wording
from workflows.deadlines.lights import Reading
from workflows.rectification.gist import gist
from workflows.rectification.vocabulary import DeadlineKind


@dataclass(frozen=True, slots=True)
class SigningLine:
    """A proposal to be signed, in the reader's words.

    Attributes:
        item: The proposal.
        changed: What it says has changed, in one line.
        gaps: What it says is still open, in one line; empty where it names nothing.
        reading: How long is left for the signature.
    """

    item: ToSign
    changed: str
    gaps: str
    reading: Reading


def signing_lines(items: Iterable[ToSign]) -> list[SigningLine]:
    """Give proposals to be signed in the reader's words."""
    return [_line(item, wording()) for item in items]


def _line(item: ToSign, words: Wording) -> SigningLine:
    short = gist(Bundle.from_text(item.bundle))
    joint = "；" if words.language == "zh" else "; "
    return SigningLine(
        item=item,
        changed=joint.join(words.reason(reason) for reason in short.changed),
        gaps=joint.join(words.reason(reason) for reason in short.gaps),
        reading=reading(DeadlineKind.SIGNATURE_PENDING, item.due_on),
    )
