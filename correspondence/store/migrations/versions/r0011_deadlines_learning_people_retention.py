"""Notices of deadlines, service improvements, known people, words of reports, and erasures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from correspondence.store.tables import Document

revision = "r0011"
down_revision = "r0010"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Cases opened before know nobody's tenure until people are imported."""
    _people()
    _notices()
    _improvements()
    _commentary()
    _counted()
    _erasures()


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("tenancy_reference", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("uprn", sa.String(20), nullable=False),
        sa.Column("postcode", sa.String(10), nullable=False),
        sa.Column("tenure", sa.String(20), nullable=False),
        sa.Column("phones", Document(), nullable=False),
        sa.Column("adjustments", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenancy_reference", name=op.f("pk_people")),
    )
    op.create_table(
        "people_addresses",
        sa.Column("tenancy_reference", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenancy_reference"],
            ["people.tenancy_reference"],
            name=op.f("fk_people_addresses_tenancy_reference_people"),
        ),
        sa.PrimaryKeyConstraint("tenancy_reference", "address", name=op.f("pk_people_addresses")),
    )
    op.create_index("ix_people_addresses_address", "people_addresses", ["address"])


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("subject", sa.String(60), nullable=False),
        sa.Column("duty", sa.String(40), nullable=False),
        sa.Column("about", sa.String(60), nullable=False),
        sa.Column("standing", sa.String(10), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("clause", sa.String(60), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("letter", sa.String(60)),
        sa.Column("message_id", sa.Text()),
        sa.Column("mail_status", sa.String(20)),
        sa.CheckConstraint(
            "standing IN ('soon', 'due', 'overdue')", name=op.f("ck_notices_standing")
        ),
        sa.CheckConstraint(
            "mail_status IN ('sending', 'handed_over')", name=op.f("ck_notices_mail_status")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint(
            "subject", "duty", "about", "due", "standing", name=op.f("uq_notices_once")
        ),
    )
    op.create_index("ix_notices_subject", "notices", ["subject"])
    op.create_index(
        "ix_notices_standing",
        "notices",
        ["due", "id"],
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "looks",
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reference"], ["cases.reference"], name=op.f("fk_looks_reference_cases")
        ),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_looks")),
    )


def _improvements() -> None:
    op.create_table(
        "improvements",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("theme", sa.String(60), nullable=False),
        sa.Column("service_area", sa.Text(), nullable=False),
        sa.Column("provision", sa.String(10), nullable=False),
        sa.Column("reference", sa.String(40)),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due", sa.Date()),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date()),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('proposed', 'agreed', 'under_way', 'done', 'dropped')",
            name=op.f("ck_improvements_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvements")),
    )


def _commentary() -> None:
    op.create_table(
        "report_commentary",
        sa.Column("report", sa.String(30), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("field", sa.String(60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "report", "first", "last", "field", name=op.f("pk_report_commentary")
        ),
    )


def _counted() -> None:
    op.create_table(
        "counted",
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("calendar", sa.String(64), nullable=False),
        sa.Column("cells", Document(), nullable=False),
        sa.Column("detail", Document(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reference"], ["cases.reference"], name=op.f("fk_counted_reference_cases")
        ),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_counted")),
    )


def _erasures() -> None:
    op.create_table(
        "erasures",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("subject", sa.String(60), nullable=False),
        sa.Column("because", sa.String(60), nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("documents", Document(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
        sa.UniqueConstraint("subject", name=op.f("uq_erasures_subject")),
    )
