"""Evidence, the claim, and blobs, the bytes."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Index, Integer, String, Table, Text

from storage.tables.base import METADATA, Identifier, Moment, key, link, organisation_id

blob = Table(
    "blob",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("sm3", String(64), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("chunks", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
)
"""A stored file by its SHA-256; ``chunks`` is a JSON list of the SHA-256 of each MiB."""

evidence = Table(
    "evidence",
    METADATA,
    key(),
    organisation_id(),
    link("task_id", "task.id", indexed=True),
    link("proposal_id", "proposal.id", required=False),
    Column("round", Integer, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("title", String(400), nullable=False),
    Column("level", String(20), nullable=False),
    Column("sha256", String(64)),
    Column("size", BigInteger),
    Column("file_name", String(255)),
    Column("address", String(2000)),
    Column("document_number", String(100)),
    Column("place", String(200)),
    Column("custodian", String(100)),
    Column("effective_on", Date),
    link("handed_in_by", "person.id"),
    Column("handed_in_at", Moment, nullable=False),
    Index("ix_evidence_sha256", "sha256"),
)
"""A claim about a file, an address or a thing seen; handed in with a proposal and never changed."""

evidence_part = Table(
    "evidence_part",
    METADATA,
    Column("evidence_id", Identifier, primary_key=True, autoincrement=False),
    Column("part", String(40), primary_key=True),
    organisation_id(),
    Column("task_id", Integer, nullable=False),
    Index("ix_evidence_part_task_id", "task_id"),
)
"""What a piece of evidence proves, such as ``criterion:7``."""
