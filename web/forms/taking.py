"""Takes a handed-in form: words, files and choices. Files are checked and stored before anything is decided.

A file that is refused leaves its reason; everything else of the same request is kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from werkzeug.datastructures import FileStorage, MultiDict

from engine.bundle import Claim
from engine.errors import SurroundingsError
from engine.reasons import Reason, deny
from web.forms.content import Content, Kept
from web.forms.spec import Form
from web.lengths import LONGEST_TEXT, unless_short
from web.numbers import day_in, number_in
from web.uploads import why_refused
from workflows.evidence.check import check_file
from workflows.evidence.ports import BlobStore, FileRefusedError
from workflows.evidence.records import Blob
from workflows.rectification.vocabulary import EvidenceKind, Level

_TITLE = 200
_ADDRESS = 2000


@dataclass(slots=True)
class Taken:
    """What came of a request: the content as it now stands, stored blobs, and why something was refused."""

    content: Content
    blobs: list[Blob] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    failed: SurroundingsError | None = None


def take(
    form: Form,
    before: Content,
    typed: MultiDict[str, str],
    files: MultiDict[str, FileStorage],
    store: BlobStore,
    limit: int,
) -> Taken:
    """Take a request.

    Args:
        form: The form.
        before: What was kept of it so far.
        typed: The fields of the request.
        files: The files of the request.
        store: Where files are stored.
        limit: The most bytes of one file.
    """
    taken = Taken(before)
    kept = [_changed(item, typed) for item in before.kept if f"drop_{item.name}" not in typed]
    kept += _described(form, typed, taken.reasons)
    kept += _uploaded(form, typed, files, store, limit, taken)
    used = frozenset(number for text in typed.getlist("use") if (number := number_in(text)))
    fields = _fields(typed)
    if any(map(unless_short, fields.values())):
        taken.reasons.append(deny("text_too_long", longest=LONGEST_TEXT))
    taken.content = Content(fields, tuple(kept), used)
    return taken


def _fields(typed: Mapping[str, str]) -> dict[str, str]:
    """What is typed anew at every request is no part of the draft."""
    passing = ("csrf_token", "key", "version", "revision", "action", "use")
    return {
        name: value.replace("\r\n", "\n")
        for name, value in typed.items()
        if name not in passing and not name.startswith(("add_", "drop_", "title_", "level_", "proves_"))
    }


def _changed(item: Kept, typed: MultiDict[str, str]) -> Kept:
    title = typed.get(f"title_{item.name}", item.claim.title).strip()[:_TITLE]
    level = typed.get(f"level_{item.name}", item.claim.level)
    proves = item.claim.proves
    if f"title_{item.name}" in typed:
        proves = tuple(typed.getlist(f"proves_{item.name}"))
    free = item.claim.kind in {EvidenceKind.PROOF, EvidenceKind.OTHER}
    kind = (EvidenceKind.PROOF if proves else EvidenceKind.OTHER) if free else item.claim.kind
    claim = replace(
        item.claim,
        kind=kind,
        title=title or item.claim.title,
        level=level if level in set(Level) else item.claim.level,
        proves=proves,
    )
    return replace(item, claim=claim)


def _described(form: Form, typed: MultiDict[str, str], reasons: list[Reason]) -> Iterator[Kept]:
    """Evidence that is no file: an address, or a document that is kept elsewhere (备查)."""
    level, proves = _level(typed), _proves(typed.get("add_proves", ""))
    kind = EvidenceKind.PROOF if proves else form.attached
    address = typed.get("add_address", "").strip()
    if address:
        if _is_address(address):
            title = typed.get("add_address_title", "").strip()[:_TITLE] or address[:_TITLE]
            yield _keep(Claim(kind, title, proves, level, address=address))
        else:
            reasons.append(deny("address_malformed"))
    number, place, custodian, title = (
        typed.get(f"add_{name}", "").strip()[:100] for name in ("number", "place", "custodian", "document")
    )
    if any((number, place, custodian, title)):
        if all((number, place, custodian)):
            claim = Claim(
                kind, title or number, proves, level, effective_on=day_in(typed.get("add_effective", ""))
            )
            yield _keep(replace(claim, document_number=number, place=place, custodian=custodian))
        else:
            reasons.append(deny("reference_incomplete"))


def _uploaded(
    form: Form,
    typed: MultiDict[str, str],
    files: MultiDict[str, FileStorage],
    store: BlobStore,
    limit: int,
    taken: Taken,
) -> Iterator[Kept]:
    for name, upload in files.items(multi=True):
        if not upload.filename:
            continue
        kind, proves = _purpose(form, name)
        try:
            yield _keep_file(upload, kind, proves, _level(typed), store, limit, taken)
        except SurroundingsError as error:
            taken.failed = error
            taken.reasons.append(deny(error.code, **error.params))
        except FileRefusedError as error:
            taken.reasons.append(why_refused(error, upload.filename))


def _keep_file(
    upload: FileStorage,
    kind: EvidenceKind,
    proves: tuple[str, ...],
    level: str,
    store: BlobStore,
    limit: int,
    taken: Taken,
) -> Kept:
    stream = cast("BinaryIO", upload.stream)
    checked = check_file(upload.filename or "", stream)
    blob = store.put(stream, limit)
    taken.blobs.append(blob)
    title = PurePath(checked.name).stem[:_TITLE]
    claim = Claim(kind, title, proves, level, sha256=blob.digest, size=blob.size, file_name=checked.name)
    return _keep(claim, examined=checked.text_examined)


def _keep(claim: Claim, *, examined: bool = True) -> Kept:
    return Kept(secrets.token_hex(4), claim, examined)


def _purpose(form: Form, name: str) -> tuple[EvidenceKind, tuple[str, ...]]:
    if name == "document" and form.document is not None:
        return form.document, ()
    if name.startswith("proof_"):
        return EvidenceKind.PROOF, _proves(f"criterion:{name.removeprefix('proof_')}")
    return form.attached, ()


def _proves(part: str) -> tuple[str, ...]:
    kind, _, number = part.partition(":")
    return (part,) if kind == "criterion" and number.isdecimal() else ()


def _level(typed: Mapping[str, str]) -> str:
    level = typed.get("add_level", Level.INTERNAL)
    return level if level in set(Level) else Level.INTERNAL


def _is_address(text: str) -> bool:
    if len(text) > _ADDRESS or any(character.isspace() for character in text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
