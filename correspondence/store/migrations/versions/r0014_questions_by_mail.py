"""Questions of an investigation by e-mail: to whom, under which Message-ID, how it stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0014"
down_revision = "r0013"
branch_labels = None
depends_on = None

_STATUSES = "'waiting', 'sending', 'handed_over', 'failed'"


def upgrade() -> None:
    """Questions that were asked before went by other means, and no e-mail of them waits."""
    with op.batch_alter_table("questions") as table:
        table.add_column(sa.Column("email", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("message_id", sa.Text()))
        table.add_column(sa.Column("mail_status", sa.String(20)))
        table.create_unique_constraint(op.f("uq_questions_message_id"), ["message_id"])
        table.create_check_constraint(
            op.f("ck_questions_mail_status"), f"mail_status IN ({_STATUSES})"
        )
