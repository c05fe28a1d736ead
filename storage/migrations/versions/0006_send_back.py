"""A proposal may go back to an earlier stage, and a stage says how many sign, by when and who is too near."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.initial.types import IDENTIFIER, MOMENT

revision = "0006"
down_revision = "0005"

_COUNTS = sa.text("voided_at IS NULL")
_DELEGATED = sa.text("on_behalf_of IS NOT NULL")


def upgrade() -> None:
    """Add what a stage's policy says to its seats, and let a voided signature be given again."""
    none = sa.text("0")
    op.add_column("proposal", sa.Column("returned", sa.Integer(), nullable=False, server_default=none))
    every, nothing = sa.text("'all'"), sa.text("'[]'")
    op.add_column("seat", sa.Column("rule", sa.String(length=10), nullable=False, server_default=every))
    op.add_column("seat", sa.Column("within", sa.Integer()))
    op.add_column("seat", sa.Column("independent_of", sa.Text(), nullable=False, server_default=nothing))
    _signature()
    _send_back()


def _signature() -> None:
    op.drop_index("ix_signature_on_behalf_of", "signature")
    with op.batch_alter_table("signature") as batch:
        batch.drop_constraint("uq_signature_seat_id", type_="unique")
        batch.drop_constraint("uq_signature_proposal_id_revision_person_id", type_="unique")
    op.create_index("ix_signature_proposal_id", "signature", ["proposal_id"])
    _partial("ix_signature_on_behalf_of", ["on_behalf_of"], _DELEGATED, unique=False)
    _partial("uq_signature_seat_id", ["seat_id"], _COUNTS, unique=True)
    people = ["proposal_id", "revision", "person_id"]
    _partial("uq_signature_proposal_id_revision_person_id", people, _COUNTS, unique=True)


def _partial(name: str, columns: list[str], where: sa.TextClause, *, unique: bool) -> None:
    op.create_index(name, "signature", columns, unique=unique, sqlite_where=where, postgresql_where=where)


def _send_back() -> None:
    op.create_table(
        "send_back",
        sa.Column("id", IDENTIFIER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("proposal_id", IDENTIFIER, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("on_behalf_of", IDENTIFIER),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_send_back_organisation_id"
        ),
        sa.ForeignKeyConstraint(["on_behalf_of"], ["person.id"], name="fk_send_back_on_behalf_of"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_send_back_person_id"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_send_back_proposal_id"),
        sa.PrimaryKeyConstraint("id", name="pk_send_back"),
    )
    op.create_index("ix_send_back_person_id", "send_back", ["person_id"])
    op.create_index("ix_send_back_proposal_id", "send_back", ["proposal_id"])
