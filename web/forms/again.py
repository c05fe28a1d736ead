"""A form that comes a second time: whether it says what was handed in before.

What a draft held is gone by then, so the request is laid over what was handed in: the same request changes
nothing about it. Must not know what is answered.
"""

from __future__ import annotations

from dataclasses import replace

from flask import request

from engine.bundle import Bundle
from web.context import config
from web.forms.asking import Asked
from web.forms.building import MADE, build_bundle
from web.forms.content import Content
from web.forms.prefill import content_of
from web.forms.taking import take


def handed_in_before(asked: Asked, earlier: Bundle) -> Content | None:
    """Give the form's content where this request says what ``earlier`` says; None where it says more.

    Raises:
        SurroundingsError: The store of files failed.
    """
    was = content_of(earlier, asked.form)
    # The request speaks of pieces by the names they had on its page; these pieces had other ones.
    before = was.with_kept(tuple(replace(item, name=f"was.{item.name}") for item in was.kept))
    taken = take(asked.form, before, request.form, request.files, config().blobs, config().file_limit)
    for upload in request.files.values():
        upload.stream.seek(0)
    known = [item.claim for item in before.kept]
    pieces = taken.content.kept
    kept = tuple(item for item in pieces if item.name.startswith("was.") or item.claim not in known)
    content = taken.content.with_kept(kept)
    made = earlier.reference(MADE)
    documents = tuple(c for c in earlier.evidence if c.evidence is None and c.kind == made)
    bundle = build_bundle(asked.trigger, asked.form, content, asked.reading, documents)
    again = replace(bundle, round=earlier.round, definition=earlier.definition)
    return content if again.digest == earlier.digest else None
