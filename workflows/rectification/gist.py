"""What a proposal comes to in a few words: for somebody with two minutes and forty of them to sign.

Pure code over the bundle. Gives codes with values; the sentences stand in the catalogue. Must not know who
reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.bundle import Bundle, Entry
from engine.reasons import Reason, deny
from workflows.rectification.vocabulary import Verdict

_LONGEST = 60
_CLOSING = "。；;，,. "
_PROBLEMS_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Gist:
    """A proposal in short.

    Attributes:
        changed: What it says has changed.
        gaps: What it says is still open; empty where it names nothing.
    """

    changed: tuple[Reason, ...]
    gaps: tuple[Reason, ...]


def gist(bundle: Bundle) -> Gist:
    """Give what a bundle says has changed, and what is still open."""
    return Gist(tuple(_changed(bundle)), tuple(_gaps(bundle)))


def _changed(bundle: Bundle) -> Iterator[Reason]:
    measures, criteria = _about(bundle, "measure:"), _about(bundle, "criterion:")
    dated = [entry for entry in measures if entry.day("first_on")]
    moved = [entry for entry in measures if entry.get("progress").strip()]
    met = [entry for entry in criteria if entry.get("verdict") == Verdict.MET]
    if bundle.trigger == "start" and dated:
        yield deny("gist.planned", measures=len(dated))
    elif moved:
        yield deny("gist.progress", measures=len(moved))
    if any(entry.get("verdict") for entry in criteria):
        yield deny("gist.met", met=len(met), criteria=len(criteria))
    new_day, before = bundle.day("new_due_on") or bundle.day("ends_on"), bundle.day("due_on")
    if new_day and before:
        days, category = (new_day - before).days, bundle.reference("category")
        yield deny("gist.extension", due_on=before, day=new_day, days=days, category=category)
    elif new_day:
        yield deny("gist.new_day", day=new_day)
    if bundle.text.strip():
        yield deny("gist.text", text=shortened(bundle.text))
    if bundle.evidence:
        yield deny("gist.evidence", files=len(bundle.evidence))


def _gaps(bundle: Bundle) -> Iterator[Reason]:
    for verdict in (Verdict.NOT_MET, Verdict.PARTLY):
        open_ones = [e for e in _about(bundle, "criterion:") if e.get("verdict") == verdict]
        if open_ones:
            yield deny(f"gist.{verdict}", criteria=len(open_ones))
    troubled = [e.get("problems").strip() for e in _about(bundle, "measure:") if e.get("problems").strip()]
    for problem in troubled[:_PROBLEMS_SHOWN]:
        yield deny("gist.problem", text=shortened(problem))
    if len(troubled) > _PROBLEMS_SHOWN:
        yield deny("gist.more_problems", count=len(troubled) - _PROBLEMS_SHOWN)


def _about(bundle: Bundle, kind: str) -> list[Entry]:
    return [entry for entry in bundle.entries if entry.about.startswith(kind)]


def shortened(text: str) -> str:
    """Give the beginning of a text in one line."""
    line = " ".join(text.split()).rstrip(_CLOSING)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip(_CLOSING)}…"
