"""Many at once: each is done in a transaction of its own, and the answer lists what came of every one.

Must not know what is done, nor to what.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import render_template

from engine.errors import SurroundingsError, ZhenggaiError
from engine.reasons import Reason, deny
from web.errors import explain, reasons_of, status_of, where
from workflows.rounds import Attempt, one_by_one

LOG = logging.getLogger("zhenggai.web")


Link = tuple[str, str]
"""An address, and what stands on the button that leads there."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One of many.

    Attributes:
        label: What it is, in the reader's words.
        href: Where it can be looked at.
        work: Does it, all or nothing.
    """

    label: str
    href: str
    work: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one of many.

    Attributes:
        label: What it is.
        href: Where it can be looked at.
        status: As if it had been asked for alone.
        sentences: Why it was not done; empty where it was.
        tried: Whether it was tried.
    """

    label: str
    href: str
    status: HTTPStatus
    sentences: tuple[str, ...] = ()
    tried: bool = True

    @property
    def done(self) -> bool:
        """Whether it was done, now or by the same request before."""
        return self.status is HTTPStatus.OK


def do_each(pieces: Iterable[Piece]) -> tuple[Outcome, ...]:
    """Do each, and put every refusal into the reader's sentences."""
    return tuple(_outcome(attempt) for attempt in one_by_one(pieces, lambda piece: piece.work()))


def answer(
    title: str, said: str, outcomes: Sequence[Outcome], back: Link | None = None, more: Link | None = None
) -> tuple[str, int]:
    """Give the page that lists what came of each.

    The status is that of the surroundings where they failed on the way, of the first refusal where nothing
    was done, and 200 otherwise.

    Args:
        title: What was to be done.
        said: How many were done, with places for ``done`` and ``all``.
        outcomes: What came of each.
        back: Where one came from; the first screen where that is not said.
        more: Where there is more to do.
    """
    done = [outcome for outcome in outcomes if outcome.done]
    failed = [outcome for outcome in outcomes if not outcome.done]
    broken = next((one for one in failed if one.status is HTTPStatus.SERVICE_UNAVAILABLE), None)
    first = broken or (failed[0] if failed and not done else None)
    told = said % {"done": len(done), "all": len(outcomes)}
    page = render_template(
        "many/result.html",
        title=title,
        told=told,
        outcomes=outcomes,
        partly=done and failed,
        back=back,
        more=more,
    )
    return page, int(first.status if first else HTTPStatus.OK)


def _outcome(attempt: Attempt[Piece, object]) -> Outcome:
    piece, error = attempt.item, attempt.error
    if not attempt.tried:
        reasons: tuple[Reason, ...] = (deny("not_tried"),)
        unavailable = HTTPStatus.SERVICE_UNAVAILABLE
        return Outcome(piece.label, piece.href, unavailable, tuple(explain(reasons)), tried=False)
    if error is None:
        return Outcome(piece.label, piece.href, HTTPStatus.OK)
    if isinstance(error, ZhenggaiError):
        if isinstance(error, SurroundingsError):
            LOG.error("%s %s", error, where())
        return Outcome(piece.label, piece.href, status_of(error), tuple(explain(reasons_of(error))))
    LOG.error("unexpected %s", where(), exc_info=error)
    reasons = (deny("http.internal_error"),)
    return Outcome(piece.label, piece.href, HTTPStatus.INTERNAL_SERVER_ERROR, tuple(explain(reasons)))
