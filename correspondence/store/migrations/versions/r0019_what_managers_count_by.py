"""What a manager's page counts by, so that it reads indexes and no rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0019"
down_revision = "r0018"
branch_labels = None
depends_on = None

_SECOND = "second_because IS NOT NULL AND second_by IS NULL"


def upgrade() -> None:
    """Ages beside what is owed, letters that wait for a second person, and when messages came."""
    op.drop_index("ix_cases_owed_by", "cases")
    op.create_index(
        "ix_cases_owed_by",
        "cases",
        ["owed_by", "reference", "stage", "handler", "kind", "service_area", "began_on"],
    )
    op.create_index(
        "ix_letters_second",
        "letters",
        ["approved_at", "id"],
        sqlite_where=sa.text(_SECOND),
        postgresql_where=sa.text(_SECOND),
    )
    op.create_index("ix_messages_kept_at", "messages", ["kept_at"])
