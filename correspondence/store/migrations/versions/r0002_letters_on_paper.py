"""Letters on paper: what goes with a letter, and the copy of both that is printed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Letters kept before have no enclosures and no print copy."""
    op.add_column("letter_revisions", sa.Column("print_sha256", sa.String(64), nullable=True))
    op.create_table(
        "letter_enclosures",
        sa.Column("letter", sa.String(60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_letter_enclosures_letter_letters")
        ),
        sa.PrimaryKeyConstraint("letter", "number", name=op.f("pk_letter_enclosures")),
    )
