"""What waits for somebody's signature, three lines each: what changed, what is open, how long is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.bundle import Bundle
from engine.reasons import Reason
from storage.queries.awaiting import ToSign
from web.context import wording
from web.lights import reading
from web.wording import Wording
from workflows.deadlines.lights import Reading
from workflows.rectification.gist import gist
from workflows.rectification.vocabulary import DeadlineKind

_CLOSING = "。；;，,. "


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
    return SigningLine(
        item=item,
        changed=_joined(short.changed, words),
        gaps=_joined(short.gaps, words),
        reading=reading(DeadlineKind.SIGNATURE_PENDING, item.due_on),
    )


def _joined(reasons: Iterable[Reason], words: Wording) -> str:
    """Put sentences into one line; a closing mark would stand beside the one that joins them."""
    joint = "；" if words.language == "zh" else "; "
    return joint.join(words.reason(reason).rstrip(_CLOSING) for reason in reasons)
