"""Promised actions: what the letters that were sent promised, to be followed until it is done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0003"
down_revision = "r0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What letters promised before is not known as actions."""
    op.create_table(
        "actions",
        sa.Column("id", sa.String(60), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("promised_for", sa.Date(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["letter"], ["letters.id"], name=op.f("fk_actions_letter_letters")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
        sa.UniqueConstraint("letter", "position", name=op.f("uq_actions_letter_position")),
        sa.UniqueConstraint("reference", "number", name=op.f("uq_actions_reference_number")),
    )
    op.create_index(
        "ix_actions_open",
        "actions",
        ["due", "id"],
        unique=False,
        sqlite_where=sa.text("done_on IS NULL"),
        postgresql_where=sa.text("done_on IS NULL"),
    )
