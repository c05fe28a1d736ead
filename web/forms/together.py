"""Proposes the same for further tasks, each in its own transaction: one publication may serve many."""

from __future__ import annotations

from dataclasses import replace

from flask import flash

from engine.bundle import Bundle
from engine.commands import Propose
from engine.errors import ZhenggaiError
from web.actor import actor
from web.carrying import carry_out
from web.context import config, today
from web.errors import explain, reasons_of
from web.forms.asking import Asked
from web.forms.building import build_bundle
from web.forms.drafts import Draft
from web.language import gettext as _
from web.numbers import number_in
from web.reading.task import read_task


def propose_together(asked: Asked, draft: Draft, chosen: list[str]) -> None:
    """Propose the same for the chosen tasks and say of each what came of it."""
    if not asked.form.many or asked.revised is not None:
        return
    for number in dict.fromkeys(number for text in chosen if (number := number_in(text))):
        try:
            reading = read_task(config().database, actor(), number, today())
            other = replace(asked, reading=reading)
            carry_out(number, Propose(_bundle(other, draft), reading.head.version, f"{draft.key}:{number}"))
        except ZhenggaiError as error:
            told = {"number": number, "why": " ".join(explain(reasons_of(error)))}
            flash(_("另一项任务（编号%(number)s）没有办成：%(why)s") % told, "danger")
        else:
            flash(_("任务%(number)s也已提请。") % {"number": reading.head.number}, "success")


def _bundle(asked: Asked, draft: Draft) -> Bundle:
    return build_bundle(asked.trigger, asked.form, draft.content, asked.reading)
