"""Web sessions know the issuer's session that they came of, so that it can end them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0022"
down_revision = "r0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Whoever is in by a work account signs in anew, once: of which session is not known."""
    for name in ("issuer", "subject", "issuer_session"):
        op.add_column("web_sessions", sa.Column(name, sa.Text()))
    op.execute("DELETE FROM web_sessions WHERE way = 'work_account'")
    op.create_table(
        "logout_tokens",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_logout_tokens")),
    )
