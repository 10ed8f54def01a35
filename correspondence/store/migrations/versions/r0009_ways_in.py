"""Ways in: accounts of the landlord's own, forms held over a sign-in, who was told by e-mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from correspondence.store.tables import Document

revision = "r0009"
down_revision = "r0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has left, nobody's address is known, and whoever is signed in stays so."""
    op.add_column("users", sa.Column("email", sa.Text()))
    op.add_column("users", _moment("left_at", nullable=True))
    op.add_column("web_sessions", sa.Column("way", sa.String(20)))
    op.add_column("web_sessions", sa.Column("browser", sa.String(100)))
    op.add_column("sign_in_links", sa.Column("way", sa.String(20)))
    _accounts()
    op.create_table(
        "held_forms",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("user", sa.String(100), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("fields", Document(), nullable=False),
        _moment("held_at"),
        _user("held_forms"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_held_forms")),
    )
    op.create_index(op.f("ix_held_forms_user"), "held_forms", ["user"])
    op.create_table(
        "staff_notices",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("about", sa.String(200), nullable=False),
        sa.Column("user", sa.String(100), nullable=False),
        sa.Column("reference", sa.String(40)),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        _moment("noticed_at"),
        sa.CheckConstraint(
            "status IN ('ready', 'sending', 'handed_over')", name=op.f("ck_staff_notices_status")
        ),
        _user("staff_notices"),
        sa.PrimaryKeyConstraint("kind", "about", "user", name=op.f("pk_staff_notices")),
        sa.UniqueConstraint("message_id", name=op.f("uq_staff_notices_message_id")),
    )
    op.create_index(op.f("ix_staff_notices_status"), "staff_notices", ["status"])


def _accounts() -> None:
    op.create_table(
        "linked_accounts",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("user", sa.String(100), nullable=False),
        _moment("linked_at"),
        _user("linked_accounts"),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_linked_accounts")),
    )
    op.create_index(op.f("ix_linked_accounts_user"), "linked_accounts", ["user"])
    op.create_table(
        "sign_in_journeys",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("nonce", sa.String(100), nullable=False),
        sa.Column("verifier", sa.String(200), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("invitation", sa.Text(), nullable=False),
        _moment("began_at"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sign_in_journeys")),
    )


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _user(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["user"], ["users.name"], name=op.f(f"fk_{table}_user_users"))
