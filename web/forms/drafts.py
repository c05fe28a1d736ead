"""The draft behind a form: found, begun, kept with its blobs, forgotten."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from engine.actor import Actor
from engine.bundle import Bundle
from storage.blob_index import keep_blob
from storage.database import Database
from storage.drafts import DraftRow, drop_draft, find_draft, keep_draft
from storage.queries.task.keys import bundle_under
from web.context import config, now
from web.forms.content import Content
from web.forms.taking import Taken


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it stands: its content and the key under which it is proposed, once."""

    content: Content
    key: str
    begun: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a draft is kept: whose, about which task, for which move."""

    actor: Actor
    task: int
    name: str

    def find(self, first: Content) -> Draft:
        """Give the draft, or a new one that begins with ``first``."""
        with self._database.read() as connection:
            row = find_draft(connection, self.actor, self.task, self.name)
            # Whoever was interrupted after proposing has left a draft behind that has been proposed already.
            done = row is not None and bundle_under(connection, self.actor, self.task, row.key) is not None
        if row is None or done:
            return Draft(first, secrets.token_hex(16), begun=False)
        return Draft(Content.from_text(row.content), row.key, begun=True)

    def keep(self, taken: Taken, key: str) -> Draft:
        """Keep what a request brought; from here on nothing of it is lost."""
        with self._database.write() as connection:
            for blob in taken.blobs:
                keep_blob(connection, blob, now())
            row = DraftRow(taken.content.to_text(), key, now())
            keep_draft(connection, self.actor, self.task, self.name, row)
        return Draft(taken.content, key, begun=True)

    def forget(self) -> None:
        """Forget the draft: it has been proposed, or its owner gave it up."""
        with self._database.write() as connection:
            drop_draft(connection, self.actor, self.task, self.name)

    def used_for(self, key: str) -> Bundle | None:
        """Give what was handed in under this key before."""
        with self._database.read() as connection:
            text = bundle_under(connection, self.actor, self.task, key)
        return None if text is None else Bundle.from_text(text)

    @property
    def _database(self) -> Database:
        return config().database
