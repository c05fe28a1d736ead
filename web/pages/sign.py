"""Signing: one page for one proposal or a selection, one proof over everything that was confirmed on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from flask import Blueprint, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from engine.bundle import selection_digest
from engine.commands import Method, Proof, Sign
from engine.errors import NotFoundError, SurroundingsError
from engine.reasons import Reason, deny
from storage.queries.task.belonging import tasks_of_proposals
from web import doorway
from web.actor import actor
from web.carrying import carry_out
from web.context import config, today, wording
from web.errors import explain, status_of_refusal
from web.language import gettext as _
from web.lengths import LONGEST_OPINION, unless_short
from web.many import Piece, answer, do_each
from web.numbers import number_in
from web.permissions import Permission, permitted
from web.reading.awaiting import count_waiting
from web.reading.signing import Pile, pile_for
from web.signing_list import signing_lines

blueprint = Blueprint("sign", __name__)

OPINIONS = {"agree": "同意", "seen": "已阅", "none": ""}
"""What may be said with one click. It is stored as it is signed, in the language of the record."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal as the page named it: what the signature is meant for."""

    proposal: int
    revision: int
    returned: int
    digest: str
    principal: int | None = None


@blueprint.get("/sign")
@permitted(Permission.PROPOSAL_SIGN)
def selection() -> str | tuple[str, int]:
    """Show what waits for this person: the chosen proposals, or all of them."""
    chosen = {number for text in request.args.getlist("proposal") if (number := number_in(text))}
    return _page(pile_for(config().database, actor(), today(), chosen), chosen)


@blueprint.post("/sign")
@permitted(Permission.PROPOSAL_SIGN)
def sign() -> str | tuple[str, int]:
    """Ask for the password, then sign each chosen proposal in a transaction of its own."""
    shown = _shown(request.form)
    if not shown:
        return _page(pile_for(config().database, actor(), today(), ()), set(), (deny("selection_empty"),))
    words = request.form.get("words", "").strip().replace("\r\n", "\n")
    # An opinion is never cut: what stands in the record is what was written.
    wrong = unless_short(words, LONGEST_OPINION) or _unless_confirmed()
    if wrong is not None:
        chosen = {item.proposal for item in shown}
        return _page(pile_for(config().database, actor(), today(), chosen), chosen, (wrong,))
    outcomes = do_each(_pieces(shown, _opinion(request.form.get("opinion", "none"), words)))
    left = _left()
    more = (url_for("sign.selection"), _("其余%(count)s项待签") % {"count": left}) if left else None
    return answer(_("签批结果"), _("已签批%(done)s项，共%(all)s项。"), outcomes, more=more)


def _pieces(shown: list[Shown], opinion: str) -> list[Piece]:
    """Give one piece of work for each chosen proposal; the proof covers them all."""
    challenge = tuple(sorted(item.digest for item in shown))
    proof = Proof(Method.PASSWORD, challenge, selection_digest(challenge))
    with config().database.read() as connection:
        known = tasks_of_proposals(connection, actor(), [item.proposal for item in shown])
    words = wording()

    def piece(item: Shown) -> Piece:
        belonging = known.get(item.proposal)
        href = url_for("proposals.page", proposal=item.proposal)
        if belonging is None:
            return Piece(_("提请%(number)s") % {"number": item.proposal}, href, partial(_unknown, item))
        move, number = words.word("trigger", belonging.trigger), belonging.number
        label = _("%(move)s · 任务%(number)s %(objective)s")
        label %= {"move": move, "number": number, "objective": belonging.objective}
        command = Sign(
            item.proposal,
            item.revision,
            item.digest,
            proof,
            opinion,
            on_behalf_of=item.principal,
            returned=item.returned,
        )
        return Piece(label, href, partial(carry_out, belonging.task, command))

    return [piece(item) for item in shown]


def _unknown(item: Shown) -> None:
    raise NotFoundError("proposal_not_found", proposal=item.proposal)


def _left() -> int:
    """Count what still waits; a database that has gone meanwhile must not hide what was done."""
    try:
        with config().database.read() as connection:
            return count_waiting(connection, actor(), today())
    except SurroundingsError:
        return 0


def _shown(typed: MultiDict[str, str]) -> list[Shown]:
    """Give the chosen proposals with what the page said of them; a name that is no proposal's is left out."""
    chosen, found = set(typed.getlist("proposal")), dict[int, Shown]()
    for text in typed.getlist("item"):
        *numbers, digest = text.split(":")
        match [number_in(number) for number in numbers]:
            case [int(proposal), int(revision), int(returned)] if str(
                proposal
            ) in chosen and _DIGEST.fullmatch(digest):
                principal = number_in(typed.get(f"for-{proposal}"))
                found.setdefault(proposal, Shown(proposal, revision, returned, digest, principal))
            case _:
                pass
    return list(found.values())


def _opinion(clicked: str, words: str) -> str:
    return "。".join(part for part in (OPINIONS.get(clicked, ""), words) if part)


def _unless_confirmed() -> Reason | None:
    return doorway.confirm(actor(), request.form.get("password", ""))


def _page(pile: Pile, chosen: set[int], reasons: tuple[Reason, ...] = ()) -> tuple[str, int]:
    status = status_of_refusal(reasons[0].code) if reasons else HTTPStatus.OK
    page = render_template(
        "sign/selection.html",
        pairs=list(zip(pile.items, signing_lines(item.item for item in pile.items), strict=True)),
        missing=len(chosen) - len(pile.items) if chosen else 0,
        words=wording(pile.names),
        sentences=explain(reasons),
        typed=request.form,
        single=len(pile.items) == 1,
    )
    return page, int(status)
