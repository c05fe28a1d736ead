"""Shows a form with everything typed so far, and with the reasons where it was refused."""

from __future__ import annotations

from http import HTTPStatus

from flask import render_template
from werkzeug.wrappers import Response

from engine.options import options
from engine.reasons import Reason
from engine.seats import resolve_seats
from storage.queries.people import names
from storage.queries.task.alike import AlikeRow, tasks_alike
from storage.queries.task.evidence import EvidenceRow
from web.actor import actor
from web.context import config, wording
from web.errors import explain, status_of_refusal
from web.forms.asking import Asked
from web.forms.building import excused
from web.forms.drafts import Draft
from web.forms.handed_in import handed_in
from web.forms.prefill import reusable
from workflows.rectification.vocabulary import Level, Verdict

Answer = Response | str | tuple[str, int]
"""What a view may answer."""


def show(
    asked: Asked, draft: Draft, reasons: tuple[Reason, ...] = (), status: int = HTTPStatus.OK
) -> tuple[str, int]:
    """Show the form."""
    words = wording(asked.reading.names)
    page = render_template(
        "propose/form.html",
        asked=asked,
        form=asked.form,
        reading=asked.reading,
        content=draft.content,
        draft=draft,
        sentences=explain(reasons),
        words=words,
        signers=_signers(asked),
        exceptions=excused(asked.trigger, asked.reading),
        reusable=_reusable(asked),
        handed=handed_in(asked.reading) if asked.form.criteria == "verdict" else {},
        pending=[row for row in asked.reading.reports if not row.received_at and not row.returned_at],
        alike=_alike(asked),
        levels=[(level.value, words.word("level", level)) for level in Level],
        verdicts=[(verdict.value, words.word("verdict", verdict)) for verdict in Verdict],
    )
    return page, int(status)


def show_impossible(asked: Asked) -> tuple[str, int] | None:
    """Show why the form cannot be opened; None where it can."""
    reasons = asked.obstacles
    if not reasons:
        return None
    words = wording(asked.reading.names)
    page = render_template(
        "propose/impossible.html",
        asked=asked,
        reading=asked.reading,
        words=words,
        sentences=explain(reasons),
    )
    return page, int(status_of_refusal(reasons[0].code))


def _signers(asked: Asked) -> list[str]:
    """Say who will sign, in the order of signing; a seat that falls away is left out."""
    person = actor().person
    found = options(asked.reading.workflow, asked.reading.facts, actor())
    transition = next(option.transition for option in found if option.trigger == asked.trigger)
    if transition is None or person is None:
        return []
    seats, _ = resolve_seats(transition, asked.reading.facts, person)
    owed = [seat for seat in seats if seat.owed]
    with config().database.read() as connection:
        # A substitute may never have had to do with the task before.
        words = wording(names(connection, actor(), {each for seat in owed for each in seat.candidates}))
    return [
        f"{words.word('role', seat.role)} {words.listed(words.person(each) for each in seat.candidates)}"
        for seat in owed
    ]


def _reusable(asked: Asked) -> dict[str, list[EvidenceRow]]:
    """Give by criterion what proves it already and can be attached again."""
    found: dict[str, list[EvidenceRow]] = {f"criterion:{r.criterion}": [] for r in asked.reading.criteria}
    for row in reusable(asked.reading):
        for part in row.proves:
            found.setdefault(part, []).append(row)
    return found


def _alike(asked: Asked) -> tuple[AlikeRow, ...]:
    if not asked.form.many or asked.revised is not None:
        return ()
    with config().database.read() as connection:
        return tasks_alike(connection, actor(), asked.task)
