"""Handing out files: each chunk is checked before it leaves, and a browser never runs what it gets."""

from __future__ import annotations

from flask import Blueprint, Response

from engine.errors import NotFoundError
from storage.blob_index import find_blob
from storage.queries.task.evidence import StoredFile, stored_file
from storage.queries.task.papers import scan
from web.actor import actor
from web.context import config
from web.files import to_be_saved
from web.forms.content import Content
from web.forms.drafts import Slot
from web.permissions import Permission, permitted
from workflows.evidence.check import MEDIA_TYPES
from workflows.evidence.names import ending_of
from workflows.evidence.ports import BlobMissingError
from workflows.evidence.records import FileType

blueprint = Blueprint("evidence", __name__)

_UNKNOWN = "application/octet-stream"


@blueprint.get("/evidence/<int:evidence>")
@permitted(Permission.TASK_READ)
def file(evidence: int) -> Response:
    """Hand out the file of a piece of evidence."""
    with config().database.read() as connection:
        stored = stored_file(connection, actor(), evidence)
    return hand_out(stored)


@blueprint.get("/papers/<int:paper>/scan")
@permitted(Permission.TASK_READ)
def paper_scan(paper: int) -> Response:
    """Hand out the scan of a signature given on paper."""
    with config().database.read() as connection:
        stored = scan(connection, actor(), paper)
    return hand_out(stored)


@blueprint.get("/tasks/<int:task>/drafts/<slot>/<name>")
@permitted(Permission.PROPOSAL_PROPOSE)
def draft(task: int, slot: str, name: str) -> Response:
    """Hand out a file that its owner uploaded to a draft."""
    kept = Slot(actor(), task, slot).find(Content()).content.kept
    claim = next((item.claim for item in kept if item.name == name), None)
    if claim is None or claim.sha256 is None:
        raise NotFoundError("draft_not_found")
    with config().database.read() as connection:
        blob = find_blob(connection, claim.sha256)
    if blob is None:
        raise BlobMissingError(claim.sha256)
    return hand_out(StoredFile(blob, claim.file_name or claim.sha256))


def hand_out(stored: StoredFile) -> Response:
    """Answer with a file, to be saved and never to be shown in place.

    Raises:
        BlobMissingError: There are no such bytes.
        BlobDamagedError: The first chunk is not what was stored; a later one breaks the answer off.
    """
    pieces = config().blobs.open(stored.blob)
    ending = ending_of(stored.file_name)
    media = MEDIA_TYPES[FileType(ending)] if ending in set(FileType) else _UNKNOWN
    response = Response(pieces, mimetype=media, direct_passthrough=True)
    response.content_length = stored.blob.size
    response.headers["Content-Disposition"] = to_be_saved(stored.file_name)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["ETag"] = f'"{stored.blob.digest}"'
    return response
