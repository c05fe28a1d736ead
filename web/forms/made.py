"""Documents that the product makes from a form, where nobody handed in a file of their own.

The same content on the same day gives the same bytes: a form handed in twice proposes the same thing.
"""

from __future__ import annotations

import io
from collections.abc import Callable

from engine.bundle import Claim
from storage.blob_index import keep_blob
from web.context import config, now, today, wording
from web.forms.asking import Asked
from web.forms.content import Content
from web.forms.papers import completion, judgement, mid_term, work_plan, year_end
from workflows.evidence.names import clean_name
from workflows.rectification.vocabulary import EvidenceKind, Level

WRITERS: dict[EvidenceKind, Callable[[Asked, Content], bytes]] = {
    EvidenceKind.WORK_PLAN: work_plan,
    EvidenceKind.MID_TERM_REPORT: mid_term,
    EvidenceKind.YEAR_END_REPORT: year_end,
    EvidenceKind.COMPLETION_REPORT: completion,
    EvidenceKind.VERIFICATION_RECORD: judgement,
    EvidenceKind.WRITTEN_OPINION: judgement,
}
"""Who writes the document of each kind."""


def made_documents(asked: Asked, content: Content) -> tuple[Claim, ...]:
    """Give the move's own document, made from the form and stored; none where one was handed in.

    Raises:
        SurroundingsError: The store or the database failed.
    """
    kind = asked.form.document
    if kind is None or not asked.form.generated or any(item.claim.kind == kind for item in content.kept):
        return ()
    made = WRITERS[kind](asked, content)
    blob = config().blobs.put(io.BytesIO(made), config().file_limit)
    with config().database.write() as connection:
        keep_blob(connection, blob, now())
    # Documents are written in the language of the record, so their names are too.
    title = wording().in_language("zh").word("evidence", kind)
    name = clean_name(f"任务{asked.reading.head.number}{title}{today():%Y%m%d}.docx")
    return (Claim(kind, title, (), Level.INTERNAL, sha256=blob.digest, size=blob.size, file_name=name),)
