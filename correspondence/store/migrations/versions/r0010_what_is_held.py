"""What is held for a person: letters released, floods, and alerts that came by no message."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from correspondence.store.tables import Document

revision = "r0010"
down_revision = "r0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Alerts get numbers of their own; those told of before were told of each by itself."""
    op.add_column("letters", sa.Column("released_by", sa.String(100)))
    op.add_column("letters", sa.Column("released_at", sa.DateTime(timezone=True)))
    op.create_table(
        "floods",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.Column("released_by", sa.String(100)),
        sa.Column("released_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["released_by"], ["users.name"], name=op.f("fk_floods_released_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_floods")),
    )
    _number_the_alerts()


def _number_the_alerts() -> None:
    """By way of a copy: neither database changes a primary key in place in the same words."""
    op.execute("CREATE TABLE alerts_before AS SELECT * FROM alerts")
    op.drop_table("alerts")
    op.create_table(
        "alerts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("message", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
        sa.Column("case_reference", sa.String(40)),
        sa.Column("what", Document(), nullable=False),
        sa.Column("hazards", Document(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("told_with", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.Column("by_server", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("again_at", sa.DateTime(timezone=True)),
        sa.Column("seen_by", sa.String(100)),
        sa.Column("seen_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "status IN ('ready', 'sending', 'handed_over')", name=op.f("ck_alerts_status")
        ),
        sa.ForeignKeyConstraint(
            ["message"], ["messages.id"], name=op.f("fk_alerts_message_messages")
        ),
        sa.ForeignKeyConstraint(["seen_by"], ["users.name"], name=op.f("fk_alerts_seen_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("message", name=op.f("uq_alerts_message")),
        sa.UniqueConstraint("message_id", name=op.f("uq_alerts_message_id")),
    )
    op.execute(
        "INSERT INTO alerts (message, case_reference, what, hazards, received_at, raised_at,"
        " message_id, status, seen_by, seen_at) SELECT message, case_reference, what, hazards,"
        " received_at, raised_at, message_id, status, seen_by, seen_at FROM alerts_before"
        " ORDER BY message"
    )
    op.execute("UPDATE alerts SET told_with = id, told_at = raised_at WHERE status <> 'ready'")
    op.drop_table("alerts_before")
    op.create_index("ix_alerts_case_reference", "alerts", ["case_reference"])
    op.create_index("ix_alerts_told_at", "alerts", ["told_at"])
    op.create_index(
        "ix_alerts_standing",
        "alerts",
        ["id"],
        sqlite_where=sa.text("seen_at IS NULL"),
        postgresql_where=sa.text("seen_at IS NULL"),
    )
