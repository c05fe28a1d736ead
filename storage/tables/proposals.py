"""Proposals with their revisions, the seats that owe signatures, the signatures, and forms begun."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text, UniqueConstraint, text

from storage.tables.base import METADATA, Identifier, Moment, key, link, organisation_id

proposal = Table(
    "proposal",
    METADATA,
    key(),
    organisation_id(),
    link("task_id", "task.id", indexed=True),
    Column("extension", Integer, nullable=False, default=0, server_default=text("0")),
    Column("returned", Integer, nullable=False, default=0, server_default=text("0")),
    Column("trigger", String(40), nullable=False),
    Column("state", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    link("proposer_id", "person.id", indexed=True),
    link("on_behalf_of", "person.id", required=False),
    Column("key", String(64), nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("closed_at", Moment),
    link("closed_by", "person.id", required=False),
    Column("closed_for", Identifier),
    Column("reason", Text, nullable=False, default=""),
    UniqueConstraint("organisation_id", "key"),
    Index(
        "uq_proposal_task_id_open",
        "task_id",
        "extension",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
)
"""A proposed move: ``open``, or how it ended (``engine.decision.Outcome``). At most one is open per
subject: the task itself, or one of its extensions by number (``extension``; 0 is the task). ``returned``
counts how often it was sent back to an earlier stage and stayed open."""

proposal_revision = Table(
    "proposal_revision",
    METADATA,
    Column("proposal_id", Identifier, primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True),
    organisation_id(),
    Column("digest", String(64), nullable=False),
    Column("bundle", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""A bundle as its canonical text; never changed."""

seat = Table(
    "seat",
    METADATA,
    key(),
    organisation_id(),
    link("proposal_id", "proposal.id"),
    Column("revision", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("stage", Integer, nullable=False),
    Column("role", String(40), nullable=False),
    Column("candidates", Text, nullable=False),
    Column("reports", Integer, nullable=False, default=0),
    Column("fell_away", String(20)),
    Column("substitute", Integer, nullable=False, default=0),
    Column("rule", String(10), nullable=False, default="all", server_default=text("'all'")),
    Column("within", Integer),
    Column("independent_of", Text, nullable=False, default="[]", server_default=text("'[]'")),
    UniqueConstraint("proposal_id", "revision", "position"),
)
"""A signature that is owed; ``candidates`` is a JSON list of people and ``independent_of`` one of relations,
``within`` are the working days its stage has, empty for the usual limit."""

awaiting = Table(
    "awaiting",
    METADATA,
    Column("person_id", Identifier, primary_key=True, autoincrement=False),
    Column("seat_id", Identifier, primary_key=True, autoincrement=False),
    organisation_id(),
    link("proposal_id", "proposal.id", indexed=True),
    Column("since", Moment, nullable=False),
)
"""Whose turn it is now: rows exist only while a signature is owed, so an inbox costs what is open."""

signature = Table(
    "signature",
    METADATA,
    key(),
    organisation_id(),
    link("proposal_id", "proposal.id"),
    Column("revision", Integer, nullable=False),
    link("seat_id", "seat.id"),
    link("person_id", "person.id", indexed=True),
    link("on_behalf_of", "person.id", required=False),
    Column("role", String(40), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("method", String(20), nullable=False),
    Column("challenge", Text, nullable=False),
    Column("proof", String(200), nullable=False),
    link("registered_by", "person.id", required=False),
    Column("opinion", Text, nullable=False, default=""),
    Column("signed_at", Moment, nullable=False),
    Column("voided_at", Moment),
    Column("void_reason", String(40)),
    Index("ix_signature_proposal_id", "proposal_id"),
    Index(
        "uq_signature_seat_id",
        "seat_id",
        unique=True,
        sqlite_where=text("voided_at IS NULL"),
        postgresql_where=text("voided_at IS NULL"),
    ),
    Index(
        "uq_signature_proposal_id_revision_person_id",
        "proposal_id",
        "revision",
        "person_id",
        unique=True,
        sqlite_where=text("voided_at IS NULL"),
        postgresql_where=text("voided_at IS NULL"),
    ),
    Index(
        "ix_signature_on_behalf_of",
        "on_behalf_of",
        sqlite_where=text("on_behalf_of IS NOT NULL"),
        postgresql_where=text("on_behalf_of IS NOT NULL"),
    ),
)
"""A signature over a digest; a revision or a return to an earlier stage voids it, nothing removes it. Of
those that count a natural person gives one, and a seat has one."""

send_back = Table(
    "send_back",
    METADATA,
    key(),
    organisation_id(),
    link("proposal_id", "proposal.id", indexed=True),
    Column("revision", Integer, nullable=False),
    Column("stage", Integer, nullable=False),
    Column("role", String(40), nullable=False),
    link("person_id", "person.id", indexed=True),
    link("on_behalf_of", "person.id", required=False),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""A proposal went back to an earlier stage and stayed open: to which stage, by whom in which role, and why.
The signatures that this voided have the same moment as ``voided_at``."""

paper_signature = Table(
    "paper_signature",
    METADATA,
    key(),
    organisation_id(),
    link("proposal_id", "proposal.id", indexed=True),
    Column("revision", Integer, nullable=False),
    link("signer_id", "person.id"),
    Column("on_behalf_of", Identifier),
    Column("digest", String(64), nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("scan_digest", String(64), nullable=False),
    Column("scan_name", String(255), nullable=False),
    Column("opinion", Text, nullable=False, default=""),
    Column("state", String(20), nullable=False),
    link("registered_by", "person.id"),
    Column("registered_at", Moment, nullable=False),
    link("decided_by", "person.id", required=False),
    Column("decided_at", Moment),
)
"""A signed scan that one person registered and a second one ``confirmed`` or ``rejected`` (纸质签批补录)."""

draft = Table(
    "draft",
    METADATA,
    key(),
    organisation_id(),
    link("task_id", "task.id"),
    link("person_id", "person.id"),
    Column("trigger", String(40), nullable=False),
    Column("content", Text, nullable=False),
    Column("key", String(64), nullable=False),
    Column("updated_at", Moment, nullable=False),
    UniqueConstraint("task_id", "person_id", "trigger"),
)
"""A form that was begun: what was typed and uploaded is not lost when something is refused."""
