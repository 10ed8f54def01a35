"""The register of past cases, as another system kept them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from correspondence.store.tables import Document

revision = "r0005"
down_revision = "r0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An office that took none in has an empty register."""
    op.create_table(
        "register_entries",
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("received", sa.Date(), nullable=False),
        sa.Column("cells", Document(), nullable=False),
        sa.Column("other", Document(), nullable=False),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_register_entries")),
        sa.UniqueConstraint("number", name=op.f("uq_register_entries_number")),
    )
    op.create_index("ix_register_entries_received", "register_entries", ["received"])
