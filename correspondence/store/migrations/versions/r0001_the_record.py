"""The record: messages, cases, letters, and the chain of events beneath them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None

_BIG_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_JSON = sa.JSON().with_variant(JSONB(), "postgresql")
_LIVE_ACKNOWLEDGEMENT = (
    "kind IN ('stage1_acknowledgement', 'stage2_acknowledgement')"
    " AND status IN ('draft', 'approved', 'sending', 'handed_over')"
)


def upgrade() -> None:
    """From an empty database."""
    _cases()
    _events()
    _messages()
    _record_head()
    _reference_numbers()
    _stream_heads()
    _users()
    _case_addresses()
    _event_details()
    _letters()
    _confirmations()
    _letter_revisions()


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("service_area", sa.Text(), nullable=False),
        sa.Column("flags", _JSON, nullable=False),
        sa.Column("needs_person", sa.Boolean(), nullable=False),
        sa.Column("resident_name", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("next_duty", sa.String(length=60), nullable=True),
        sa.Column("next_due", sa.Date(), nullable=True),
        sa.Column("next_because", sa.Text(), nullable=True),
        sa.Column("message_count", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_cases")),
    )
    op.create_index(
        "ix_cases_due",
        "cases",
        ["next_due", "reference"],
        unique=False,
        sqlite_where=sa.text("next_due IS NOT NULL"),
        postgresql_where=sa.text("next_due IS NOT NULL"),
    )
    op.create_index(op.f("ix_cases_status"), "cases", ["status"], unique=False)


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", _BIG_ID, autoincrement=False, nullable=False),
        sa.Column("stream", sa.String(60), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("os_account", sa.String(100), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("detail_digest", sa.String(length=64), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("stream", "sequence", name=op.f("uq_events_stream_sequence")),
    )


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", _BIG_ID, nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_time", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.Text(), server_default="", nullable=False),
        sa.Column("content_digest", sa.String(length=64), server_default="", nullable=False),
        sa.Column("sender_address", sa.Text(), server_default="", nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_basis", sa.String(length=40), server_default="", nullable=False),
        sa.Column("received_because", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=40), server_default="", nullable=False),
        sa.Column("needs_person", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("duplicate_of", _BIG_ID, nullable=True),
        sa.Column("case_reference", sa.String(40), nullable=True),
        sa.Column("reading", _JSON, nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('opened', 'joined', 'recorded', 'duplicate')",
            name=op.f("ck_messages_outcome"),
        ),
        sa.CheckConstraint("state IN ('kept', 'read')", name=op.f("ck_messages_state")),
        sa.ForeignKeyConstraint(
            ["duplicate_of"], ["messages.id"], name=op.f("fk_messages_duplicate_of_messages")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("source_key", name=op.f("uq_messages_source_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_messages_case_reference"), "messages", ["case_reference"], unique=False
    )
    op.create_index("ix_messages_content_digest", "messages", ["content_digest"], unique=False)
    op.create_index(op.f("ix_messages_message_id"), "messages", ["message_id"], unique=False)
    op.create_index(
        op.f("ix_messages_sender_address"), "messages", ["sender_address"], unique=False
    )
    op.create_index(op.f("ix_messages_sha256"), "messages", ["sha256"], unique=False)
    op.create_index(
        "ix_messages_unsettled",
        "messages",
        ["id"],
        unique=False,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index(
        "ix_messages_waiting",
        "messages",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'kept'"),
        postgresql_where=sa.text("state = 'kept'"),
    )


def _record_head() -> None:
    op.create_table(
        "record_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("events", _BIG_ID, nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_record_head_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_head")),
    )


def _reference_numbers() -> None:
    op.create_table(
        "reference_numbers",
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_reference_numbers")),
    )


def _stream_heads() -> None:
    op.create_table(
        "stream_heads",
        sa.Column("stream", sa.String(60), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_stream_heads")),
    )


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_users")),
    )


def _case_addresses() -> None:
    op.create_table(
        "case_addresses",
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reference"], ["cases.reference"], name=op.f("fk_case_addresses_reference_cases")
        ),
        sa.PrimaryKeyConstraint("reference", "address", name=op.f("pk_case_addresses")),
    )
    op.create_index("ix_case_addresses_address", "case_addresses", ["address"], unique=False)


def _event_details() -> None:
    op.create_table(
        "event_details",
        sa.Column("event_id", _BIG_ID, autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_details_event_id_events")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_details")),
    )


def _letters() -> None:
    op.create_table(
        "letters",
        sa.Column("id", sa.String(60), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("drafted_for", _BIG_ID, nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.String(100), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sending_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('draft', 'approved', 'sending', 'handed_over', 'sent', 'withdrawn')",
            name=op.f("ck_letters_status"),
        ),
        sa.ForeignKeyConstraint(
            ["drafted_for"], ["messages.id"], name=op.f("fk_letters_drafted_for_messages")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letters_message_id")),
        sa.UniqueConstraint("reference", "number", name=op.f("uq_letters_reference_number")),
    )
    op.create_index(op.f("ix_letters_status"), "letters", ["status"], unique=False)
    op.create_index(
        "uq_letters_live_acknowledgement",
        "letters",
        ["reference", "stage"],
        unique=True,
        sqlite_where=sa.text(_LIVE_ACKNOWLEDGEMENT),
        postgresql_where=sa.text(_LIVE_ACKNOWLEDGEMENT),
    )


def _confirmations() -> None:
    op.create_table(
        "confirmations",
        sa.Column("letter", sa.String(60), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("item", sa.String(100), nullable=False),
        sa.Column("passage", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_confirmations_letter_letters")
        ),
        sa.PrimaryKeyConstraint("letter", "digest", "item", name=op.f("pk_confirmations")),
    )


def _letter_revisions() -> None:
    op.create_table(
        "letter_revisions",
        sa.Column("letter", sa.String(60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("text", _JSON, nullable=False),
        sa.Column("content", _JSON, nullable=False),
        sa.Column("docx_sha256", sa.String(length=64), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("findings", _JSON, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("email_text", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_letter_revisions_letter_letters")
        ),
        sa.PrimaryKeyConstraint("letter", "number", name=op.f("pk_letter_revisions")),
    )
