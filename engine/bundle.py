"""The bundle: everything a proposal says, in one immutable record whose digest is what people sign."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property

from engine.canonical import canonical, sha256


@dataclass(frozen=True, slots=True)
class Claim:
    """What is claimed about a file, an address or a thing seen.

    Attributes:
        kind: One of the definition's evidence kinds.
        title: What the handler calls it.
        proves: What it proves, as ``criterion:ID`` or ``measure:ID``.
        level: ``public``, ``internal`` or ``work_secret``; nothing above may be stored.
        sha256: Digest of the file, when it is one.
        size: Size of the file in bytes.
        file_name: The file's cleaned name.
        address: Where it can be read, when it is no file.
        document_number: Number of a document that is kept elsewhere (备查).
        place: Where that document is kept.
        custodian: Who keeps it.
        effective_on: The day it took effect.
        evidence: Identifier of the stored evidence when it was handed in before.
    """

    kind: str
    title: str
    proves: tuple[str, ...] = ()
    level: str = "internal"
    sha256: str | None = None
    size: int | None = None
    file_name: str | None = None
    address: str | None = None
    document_number: str | None = None
    place: str | None = None
    custodian: str | None = None
    effective_on: date | None = None
    evidence: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What the bundle says about one part of the subject, such as ``measure:3`` or ``criterion:7``."""

    about: str
    values: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str:
        """Give one value, or an empty text where the entry does not have it."""
        return dict(self.values).get(name, "")

    def day(self, name: str) -> date | None:
        """Give one value as a day, or None where it is missing or no day."""
        try:
            return date.fromisoformat(self.get(name))
        except ValueError:
            return None


@dataclass(frozen=True)
class Bundle:
    """A proposal's content: trigger, text, evidence, verdicts and dates, bound to one subject and round.

    Attributes:
        subject: The subject it is about, for example ``task:12``.
        round: The subject's round, so that a signature never carries over to another one.
        definition: Name and version of the definition, for example ``rectification@1``.
        trigger: The move that is proposed.
        text: The words of the proposer.
        evidence: The claims, in the order given.
        entries: What is said about each measure or criterion.
        dates: Named days, such as ``new_due_on``.
        references: Named identifiers, such as ``report``.
        exceptions: Relations that would exclude the proposer (回避) and are excused, because nobody without
            them could propose it; named here, so that everybody signs them too.
    """

    subject: str
    round: int
    definition: str
    trigger: str
    text: str = ""
    evidence: tuple[Claim, ...] = ()
    entries: tuple[Entry, ...] = ()
    dates: tuple[tuple[str, date], ...] = ()
    references: tuple[tuple[str, str], ...] = ()
    exceptions: tuple[str, ...] = ()

    @cached_property
    def canonical_text(self) -> str:
        """The text that is hashed, stored and shown to who wants to check the digest.

        Exceptions stand in it only where there are some, so that every other text is what it always was.
        """
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        if not self.exceptions:
            del said["exceptions"]
        return canonical(said)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical text, in hexadecimal."""
        return sha256(self.canonical_text)

    def day(self, name: str) -> date | None:
        """Give a named day."""
        return dict(self.dates).get(name)

    def reference(self, name: str) -> str:
        """Give a named reference, or an empty text."""
        return dict(self.references).get(name, "")

    def about(self, part: str) -> Entry | None:
        """Give what is said about one part of the subject."""
        return next((entry for entry in self.entries if entry.about == part), None)

    @staticmethod
    def from_text(text: str) -> Bundle:
        """Read a bundle back from its canonical text, which it keeps: what was hashed is not written anew."""
        data = json.loads(text)
        bundle = Bundle(
            subject=data["subject"],
            round=data["round"],
            definition=data["definition"],
            trigger=data["trigger"],
            text=data["text"],
            evidence=tuple(_claim(item) for item in data["evidence"]),
            entries=tuple(
                Entry(item["about"], tuple((name, value) for name, value in item["values"]))
                for item in data["entries"]
            ),
            dates=tuple((name, date.fromisoformat(day)) for name, day in data["dates"]),
            references=tuple((name, value) for name, value in data["references"]),
            exceptions=tuple(data.get("exceptions", ())),
        )
        bundle.__dict__["canonical_text"] = text
        return bundle


def _claim(data: Mapping[str, object]) -> Claim:
    fields = dict(data)
    proves, effective_on = fields.pop("proves"), fields.pop("effective_on")
    return Claim(
        proves=tuple(proves) if isinstance(proves, list) else (),
        effective_on=date.fromisoformat(str(effective_on)) if effective_on else None,
        **fields,  # type: ignore[arg-type]  # The text was written from a Claim, so the names and kinds agree.
    )


def selection_digest(digests: tuple[str, ...]) -> str:
    """Give the digest of a sorted list of bundle digests: what one proof over a selection covers."""
    return sha256(canonical(sorted(digests)))
