"""The caseload: what is owed on every case, words to search by, views, questions and calendars."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from correspondence.store.search_words import making_search_words
from correspondence.store.tables import OVERSEEN, Document

revision = "r0012"
down_revision = "r0011"
branch_labels = None
depends_on = None

_BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Everything here is computed from the record, and computed anew by the next run."""
    _columns_of_cases()
    _messages_that_ask()
    _what_managers_count()
    _what_is_owed()
    _search()
    _of_users()
    _questions()


def _columns_of_cases() -> None:
    op.add_column("cases", sa.Column("people", Document()))
    op.add_column("cases", sa.Column("matter", sa.Text(), nullable=False, server_default=""))
    op.add_column("cases", sa.Column("surname", sa.Text(), nullable=False, server_default=""))
    op.add_column("cases", sa.Column("postcode", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "cases",
        sa.Column("owed_by", sa.Date(), nullable=False, server_default=sa.text("'9999-12-31'")),
    )
    op.add_column("cases", sa.Column("handler", sa.String(100)))
    op.add_column("cases", sa.Column("began_on", sa.Date()))
    op.add_column("cases", sa.Column("merged_into", sa.String(40)))
    op.execute(
        "UPDATE cases SET began_on = received_on, handler = "
        "(SELECT h.user FROM case_handlers h WHERE h.reference = cases.reference)"
        if op.get_bind().dialect.name == "sqlite"
        else "UPDATE cases SET began_on = received_on, handler = "
        '(SELECT h."user" FROM case_handlers h WHERE h.reference = cases.reference)'
    )
    op.execute(
        "UPDATE cases SET owed_by = COALESCE(next_due, DATE '9999-12-30') "
        "WHERE next_duty IS NOT NULL"
        if op.get_bind().dialect.name == "postgresql"
        else "UPDATE cases SET owed_by = COALESCE(next_due, '9999-12-30') "
        "WHERE next_duty IS NOT NULL"
    )
    op.create_index(
        "ix_cases_owed_by",
        "cases",
        ["owed_by", "reference", "stage", "handler", "kind", "service_area"],
    )
    op.create_index("ix_cases_handler", "cases", ["handler", "owed_by", "reference"])
    op.create_index("ix_cases_began_on", "cases", ["began_on", "service_area"])
    op.create_index("ix_cases_surname", "cases", ["surname"])
    op.create_index("ix_cases_postcode", "cases", ["postcode"])


def _messages_that_ask() -> None:
    op.create_index(
        "ix_messages_asking",
        "messages",
        ["id"],
        sqlite_where=sa.text("needs_person = 1"),
        postgresql_where=sa.text("needs_person"),
    )


def _what_managers_count() -> None:
    op.create_index(
        "ix_events_overseen",
        "events",
        ["at"],
        sqlite_where=sa.text(OVERSEEN),
        postgresql_where=sa.text(OVERSEEN),
    )


def _what_is_owed() -> None:
    op.create_table(
        "owed_steps",
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(60), nullable=False),
        sa.Column("due", sa.Date()),
        sa.Column("clause", sa.String(20), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reference"], ["cases.reference"], name=op.f("fk_owed_steps_reference_cases")
        ),
        sa.PrimaryKeyConstraint("reference", "number", name=op.f("pk_owed_steps")),
    )
    op.create_index("ix_owed_steps_due", "owed_steps", ["due", "reference"])
    op.create_table(
        "caseload_basis",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        _moment("computed_at"),
        sa.CheckConstraint("id = 1", name=op.f("ck_caseload_basis_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caseload_basis")),
    )
    # Cases there are were computed by nobody knows what, so the next run computes them anew.
    op.execute(
        "INSERT INTO caseload_basis (id, digest, computed_at) "
        "SELECT 1, '', MIN(opened_at) FROM cases HAVING COUNT(*) > 0"
    )


def _search() -> None:
    op.create_table(
        "search_entries",
        sa.Column("id", _BIG_ID, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("source", sa.String(60), nullable=False),
        sa.Column("reference", sa.String(40)),
        _moment("at"),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.CheckConstraint(
            "kind IN ('case', 'message', 'letter')", name=op.f("ck_search_entries_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entries")),
        sa.UniqueConstraint("kind", "source", name=op.f("uq_search_entries_kind_source")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_search_entries_reference", "search_entries", ["reference"])
    for statement in making_search_words(op.get_bind().dialect.name):
        op.execute(statement)


def _of_users() -> None:
    op.create_table(
        "saved_views",
        sa.Column("id", _BIG_ID, nullable=False),
        sa.Column("user", sa.String(100), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        _moment("saved_at"),
        _user("saved_views"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("user", "name", name=op.f("uq_saved_views_user_name")),
    )
    op.create_table(
        "calendar_feeds",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("user", sa.String(100), nullable=False),
        sa.Column("whose", sa.String(20), nullable=False),
        _moment("made_at"),
        sa.CheckConstraint("whose IN ('mine', 'office')", name=op.f("ck_calendar_feeds_whose")),
        _user("calendar_feeds"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_calendar_feeds")),
    )
    op.create_index("ix_calendar_feeds_user", "calendar_feeds", ["user"])
    op.create_table(
        "preferences",
        sa.Column("user", sa.String(100), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        _user("preferences"),
        sa.PrimaryKeyConstraint("user", "name", name=op.f("pk_preferences")),
    )


def _questions() -> None:
    op.create_table(
        "questions",
        sa.Column("id", sa.String(60), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_of", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("chased_on", sa.Date()),
        sa.Column("settled_on", sa.Date()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("reference", "number", name=op.f("uq_questions_reference_number")),
    )
    op.create_index(
        "ix_questions_open",
        "questions",
        ["due", "id"],
        sqlite_where=sa.text("settled_on IS NULL"),
        postgresql_where=sa.text("settled_on IS NULL"),
    )


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _user(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["user"], ["users.name"], name=op.f(f"fk_{table}_user_users"))
