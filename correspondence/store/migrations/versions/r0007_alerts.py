"""Alerts: messages that tell of danger, and who has seen that they do."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from correspondence.store.tables import Document

revision = "r0007"
down_revision = "r0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Messages read before raise none: whoever reads the register has had them."""
    op.create_table(
        "alerts",
        sa.Column(
            "message",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("case_reference", sa.String(40)),
        sa.Column("what", Document(), nullable=False),
        sa.Column("hazards", Document(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("seen_by", sa.String(100)),
        sa.Column("seen_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "status IN ('ready', 'sending', 'handed_over')", name=op.f("ck_alerts_status")
        ),
        sa.ForeignKeyConstraint(
            ["message"], ["messages.id"], name=op.f("fk_alerts_message_messages")
        ),
        sa.ForeignKeyConstraint(["seen_by"], ["users.name"], name=op.f("fk_alerts_seen_by_users")),
        sa.PrimaryKeyConstraint("message", name=op.f("pk_alerts")),
        sa.UniqueConstraint("message_id", name=op.f("uq_alerts_message_id")),
    )
    op.create_index("ix_alerts_case_reference", "alerts", ["case_reference"])
    op.create_index(
        "ix_alerts_standing",
        "alerts",
        ["message"],
        sqlite_where=sa.text("seen_at IS NULL"),
        postgresql_where=sa.text("seen_at IS NULL"),
    )
