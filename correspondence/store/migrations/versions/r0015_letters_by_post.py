"""Letters that are printed and posted by somebody else: under which name, and how each stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0015"
down_revision = "r0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A row for each letter that was given away to be printed."""
    op.create_table(
        "postings",
        sa.Column("letter", sa.String(60), nullable=False),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("posted_as", sa.String(100), nullable=False),
        sa.Column("account", sa.String(60), nullable=False, server_default=""),
        sa.Column("provider_id", sa.String(60), nullable=False, server_default=""),
        sa.Column("batch", sa.String(60), nullable=False, server_default=""),
        sa.Column("said", sa.String(40), nullable=False, server_default=""),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True)),
        sa.Column("printed_sha256", sa.String(64)),
        sa.CheckConstraint("way IN ('notify', 'print_house')", name=op.f("ck_postings_way")),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_postings_letter_letters")
        ),
        sa.PrimaryKeyConstraint("letter", name=op.f("pk_postings")),
        sa.UniqueConstraint("posted_as", name=op.f("uq_postings_posted_as")),
    )
    op.create_index("ix_postings_batch", "postings", ["batch"])
