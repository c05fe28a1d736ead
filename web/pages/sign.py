"""Signing: one page for one proposal or a selection, one proof over everything that was confirmed on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict

from engine.bundle import selection_digest
from engine.commands import Method, Proof, Sign
from engine.errors import ZhenggaiError
from engine.reasons import Reason, deny
from storage.queries.awaiting import count_to_sign
from storage.queries.task.belonging import task_of_proposal
from web import doorway
from web.actor import actor
from web.carrying import carry_out
from web.context import config, wording
from web.errors import explain, reasons_of, status_of, status_of_refusal
from web.lengths import LONGEST_OPINION, unless_short
from web.numbers import number_in
from web.permissions import Permission, permitted
from web.reading.signing import Pile, ToRead, pile_for
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
    digest: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one signature: why not, where there are sentences."""

    shown: Shown
    item: ToRead | None
    sentences: tuple[str, ...] = ()


@blueprint.get("/sign")
@permitted(Permission.PROPOSAL_SIGN)
def selection() -> str | tuple[str, int]:
    """Show what waits for this person: the chosen proposals, or all of them."""
    chosen = {number for text in request.args.getlist("proposal") if (number := number_in(text))}
    return _page(pile_for(config().database, actor(), chosen), chosen)


@blueprint.post("/sign")
@permitted(Permission.PROPOSAL_SIGN)
def sign() -> str | tuple[str, int]:
    """Ask for the password, then sign each chosen proposal in a transaction of its own."""
    shown = _shown(request.form)
    pile = pile_for(config().database, actor(), {item.proposal for item in shown} or {0})
    if not shown:
        return _page(pile_for(config().database, actor(), ()), set(), (deny("selection_empty"),))
    words = request.form.get("words", "").strip().replace("\r\n", "\n")
    # An opinion is never cut: what stands in the record is what was written.
    wrong = unless_short(words, LONGEST_OPINION) or _unless_confirmed()
    if wrong is not None:
        return _page(pile, {item.proposal for item in shown}, (wrong,))
    challenge = tuple(sorted(item.digest for item in shown))
    proof = Proof(Method.PASSWORD, challenge, selection_digest(challenge))
    read = {item.item.proposal: item for item in pile.items}
    outcomes, worst = [], HTTPStatus.OK
    for item in shown:
        refused = _sign(item, proof, _opinion(request.form.get("opinion", "none"), words))
        if refused is not None:
            worst = status_of(refused)
        sentences = tuple(explain(reasons_of(refused))) if refused is not None else ()
        outcomes.append(Outcome(item, read.get(item.proposal), sentences))
    done = [outcome for outcome in outcomes if not outcome.sentences]
    status = HTTPStatus.OK if done else worst
    with config().database.read() as connection:
        left = count_to_sign(connection, actor())
    return render_template("sign/result.html", outcomes=outcomes, done=len(done), left=left), int(status)


def _sign(item: Shown, proof: Proof, opinion: str) -> ZhenggaiError | None:
    try:
        with config().database.read() as connection:
            task = task_of_proposal(connection, actor(), item.proposal)
        carry_out(task, Sign(item.proposal, item.revision, item.digest, proof, opinion))
    except ZhenggaiError as error:
        return error
    return None


def _shown(typed: MultiDict[str, str]) -> list[Shown]:
    """Give the chosen proposals with what the page said of them; a name that is no proposal's is left out."""
    chosen, found = set(typed.getlist("proposal")), dict[int, Shown]()
    for text in typed.getlist("item"):
        *numbers, digest = text.split(":")
        match [number_in(number) for number in numbers]:
            case [int(proposal), int(revision)] if str(proposal) in chosen and _DIGEST.fullmatch(digest):
                found.setdefault(proposal, Shown(proposal, revision, digest))
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
