"""Letters in hand: words being written, when a letter leaves, and who else must agree to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from correspondence.store.tables import Document

revision = "r0008"
down_revision = "r0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Letters approved before leave when somebody sends them, and ask for no second person."""
    op.create_table(
        "words_in_hand",
        sa.Column("place", sa.String(100), nullable=False),
        sa.Column("basis", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user", sa.String(100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", Document(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user"], ["users.name"], name=op.f("fk_words_in_hand_user_users")),
        sa.PrimaryKeyConstraint("place", "basis", "user", name=op.f("pk_words_in_hand")),
    )
    op.add_column("letters", sa.Column("second_because", sa.Text()))
    op.add_column("letters", sa.Column("second_by", sa.String(100)))
    op.add_column("letters", sa.Column("second_at", sa.DateTime(timezone=True)))
    op.add_column("letters", sa.Column("leaves_at", sa.DateTime(timezone=True)))
    op.add_column("letters", sa.Column("leaves_by", sa.String(100)))
