"""An index of the answers that came to questions of investigations, to tell of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0023"
down_revision = "r0022"
branch_labels = None
depends_on = None

_ANSWERED = "kind = 'question_answered'"


def upgrade() -> None:
    """Too few of a million events to look through them all every minute."""
    op.create_index(
        "ix_events_answered",
        "events",
        ["at"],
        sqlite_where=sa.text(_ANSWERED),
        postgresql_where=sa.text(_ANSWERED),
    )
