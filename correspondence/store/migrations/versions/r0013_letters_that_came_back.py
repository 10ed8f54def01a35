"""Letters that a mail server could not deliver: a state of their own."""

from __future__ import annotations

from alembic import op

revision = "r0013"
down_revision = "r0012"
branch_labels = None
depends_on = None

_STATUSES = "'draft', 'approved', 'sending', 'handed_over', 'sent', 'failed', 'withdrawn'"


def upgrade() -> None:
    """SQLite makes the table anew without its old check, PostgreSQL changes it in place."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table("letters") as table:
        if not on_sqlite:
            table.drop_constraint(op.f("ck_letters_status"), type_="check")
        table.create_check_constraint(op.f("ck_letters_status"), f"status IN ({_STATUSES})")
