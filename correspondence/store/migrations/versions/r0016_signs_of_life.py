"""When each mailbox, and the deadlines, were last looked at, and whether that went well."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0016"
down_revision = "r0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row for each thing that is looked at again and again."""
    op.create_table(
        "signs_of_life",
        sa.Column("what", sa.String(100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("well", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("what", name=op.f("pk_signs_of_life")),
    )
