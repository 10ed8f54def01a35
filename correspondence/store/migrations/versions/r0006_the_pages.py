"""The pages: passwords, links, web sessions and attempts to sign in; and whose case each is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0006"
down_revision = "r0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has a password yet, and every case is with nobody in particular."""
    _doors()
    op.create_table(
        "case_handlers",
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("user", sa.String(100), nullable=False),
        _moment("since"),
        sa.ForeignKeyConstraint(
            ["reference"], ["cases.reference"], name=op.f("fk_case_handlers_reference_cases")
        ),
        _user("case_handlers"),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_case_handlers")),
    )
    op.create_index(op.f("ix_case_handlers_user"), "case_handlers", ["user"], unique=False)


def _doors() -> None:
    op.create_table(
        "passwords",
        sa.Column("user", sa.String(100), nullable=False),
        sa.Column("hash", sa.String(200), nullable=False),
        _moment("set_at"),
        _user("passwords"),
        sa.PrimaryKeyConstraint("user", name=op.f("pk_passwords")),
    )
    op.create_table(
        "sign_in_links",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("user", sa.String(100), nullable=False),
        _moment("made_at"),
        _moment("expires_at"),
        _user("sign_in_links"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sign_in_links")),
    )
    op.create_table(
        "web_sessions",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("user", sa.String(100), nullable=False),
        _moment("began_at"),
        _moment("seen_at"),
        _moment("expires_at"),
        _user("web_sessions"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_web_sessions")),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        _moment("at"),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempts")),
    )
    for column in ("name", "address"):
        op.create_index(op.f(f"ix_sign_in_attempts_{column}"), "sign_in_attempts", [column])
    op.create_table(
        "web_secret",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_web_secret_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_secret")),
    )


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _user(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["user"], ["users.name"], name=op.f(f"fk_{table}_user_users"))
