"""Of every revision of a letter: its template and its letterhead, and the versions of both."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0004"
down_revision = "r0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of revisions made before nothing is known."""
    for made_of in ("template", "letterhead"):
        op.add_column("letter_revisions", sa.Column(made_of, sa.String(64), nullable=True))
        version = sa.Column(f"{made_of}_version", sa.Integer(), nullable=True)
        op.add_column("letter_revisions", version)
