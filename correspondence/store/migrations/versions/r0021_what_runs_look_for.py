"""What every run looks for has indexes: e-mails under way, and cases closed long enough."""

from __future__ import annotations

from alembic import op

revision = "r0021"
down_revision = "r0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Few rows of many are asked for, every few messages or every minute."""
    op.create_index("ix_alerts_status", "alerts", ["status"])
    op.create_index("ix_notices_mail_status", "notices", ["mail_status"])
    op.create_index("ix_cases_closed_on", "cases", ["closed_on"])
