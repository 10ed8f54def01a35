"""The tables, and the few types that make SQLite and PostgreSQL keep the same things.

Times are UTC, money is pence, a choice is a VARCHAR with a CHECK, and nothing is indexed inside
JSON. Strangers' words go through `Words` and `Key`, so that no message can hold a character or a
length that one of the two databases refuses.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa

from correspondence.store.search_words import making_search_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.engine import Dialect

_T = TypeVar("_T", int, str)

KEY_BYTES = 500  # PostgreSQL indexes nothing longer than about 2,700 bytes
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def storable(text: str) -> str:
    """`text` without what a database cannot hold: NUL and lone surrogates become U+FFFD."""
    return text if text.isascii() and "\0" not in text else _UNSTORABLE.sub("\ufffd", text)


def storable_json(value: Any) -> Any:
    """`value`, a JSON document, with every string in it made `storable`."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(str(key)): storable_json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [storable_json(inner) for inner in value]
    return value


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment: refuses one without its offset, stores UTC, returns it aware in UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"a time to be stored needs its offset from UTC: {value.isoformat()}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        # SQLite drops the offset; what it holds was written in UTC.
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(sa.types.TypeDecorator[str]):
    """Text that may come from a stranger, of any length, made `storable`."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class Name(sa.types.TypeDecorator[str]):
    """A short name of our own giving, such as a reference; what is asked for may be anything."""

    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class Key(sa.types.TypeDecorator[str]):
    """Text looked up by an index: `storable`, and where too long its head and its SHA-256.

    Comparisons shorten what they compare with in the same way, so lookups stay exact.
    """

    impl = sa.Text
    cache_ok = True

    @staticmethod
    def shortened(value: str) -> str:
        """`value` as it is stored and compared."""
        text = storable(value)
        raw = text.encode()
        if len(raw) <= KEY_BYTES:
            return text
        head = raw[:100].decode("utf-8", "ignore")
        return f"{head}…sha256:{hashlib.sha256(raw).hexdigest()}"

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        return None if value is None else self.shortened(value)


class Document(sa.types.TypeDecorator[Any]):
    """A JSON document, JSONB on PostgreSQL, with every string in it made `storable`."""

    impl = sa.JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        """JSONB where there is such a thing, imported only there: its dialect is slow to load."""
        if dialect.name != "postgresql":
            return dialect.type_descriptor(sa.JSON(none_as_null=True))
        from sqlalchemy.dialects.postgresql import JSONB

        return dialect.type_descriptor(JSONB(none_as_null=True))

    def process_bind_param(self, value: Any, _dialect: Dialect) -> Any:
        return storable_json(value)


def portions(values: Iterable[_T], most: int = 1000) -> Iterator[tuple[_T, ...]]:
    """The distinct values, sorted, in portions that any database takes in one IN list."""
    ordered = sorted(set(values))
    return (tuple(ordered[start : start + most]) for start in range(0, len(ordered), most))


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BigId = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Digest = sa.String(64)  # SHA-256 in hexadecimal
Reference = Name(40)
LetterId = Name(60)
UserName = Name(100)
Stream = Name(60)  # a case's reference, message:<id>, or office


def one_of(column: str, *values: str) -> sa.CheckConstraint:
    """A CHECK that `column` holds one of `values`."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


users = sa.Table(
    "users",
    metadata,
    sa.Column("name", UserName, primary_key=True),
    sa.Column("display_name", Words, nullable=False),
    sa.Column("role", Name(40), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("email", Words),  # where notices go
    sa.Column("left_at", UtcDateTime),  # let in no longer
)

MESSAGE_STATES = ("kept", "read")
OUTCOMES = ("opened", "joined", "recorded", "duplicate")

# What a copy is held against; of one message that comes ten thousand times there is one.
ORIGINAL = "outcome IS NULL OR outcome <> 'duplicate'"

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("source_key", Key, nullable=False, unique=True),
    sa.Column("mailbox", Words, nullable=False),
    sa.Column("source_name", Words, nullable=False),
    sa.Column("sha256", Digest, nullable=False, index=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("kept_at", UtcDateTime, nullable=False),
    sa.Column("file_time", UtcDateTime),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("settled_at", UtcDateTime),
    sa.Column("message_id", Key, nullable=False, server_default="", index=True),
    sa.Column("content_digest", sa.String(64), nullable=False, server_default=""),
    sa.Column("sender_address", Key, nullable=False, server_default="", index=True),
    sa.Column("received_at", UtcDateTime),
    sa.Column("received_basis", sa.String(40), nullable=False, server_default=""),
    sa.Column("received_because", Words, nullable=False, server_default=""),
    sa.Column("kind", sa.String(40), nullable=False, server_default=""),
    sa.Column("needs_person", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("outcome", sa.String(20)),
    sa.Column("duplicate_of", BigId, sa.ForeignKey("messages.id")),
    sa.Column("case_reference", Reference, index=True),
    sa.Column("reading", Document),
    sa.Column("read_at", UtcDateTime),
    one_of("state", *MESSAGE_STATES),
    one_of("outcome", *OUTCOMES),
    sa.Index(
        "ix_messages_waiting",
        "id",
        sqlite_where=sa.text("state = 'kept'"),
        postgresql_where=sa.text("state = 'kept'"),
    ),
    sa.Index(
        "ix_messages_unsettled",
        "id",
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    ),
    sa.Index(
        "ix_messages_asking",
        "id",
        sqlite_where=sa.text("needs_person = 1"),
        postgresql_where=sa.text("needs_person"),
    ),
    sa.Index("ix_messages_kept_at", "kept_at"),
    sa.Index("ix_messages_content_digest", "content_digest"),
    sa.Index(
        "ix_messages_original_bytes",
        "sha256",
        "id",
        sqlite_where=sa.text(ORIGINAL),
        postgresql_where=sa.text(ORIGINAL),
    ),
    sa.Index(
        "ix_messages_original_words",
        "message_id",
        "content_digest",
        "id",
        sqlite_where=sa.text(ORIGINAL),
        postgresql_where=sa.text(ORIGINAL),
    ),
    sqlite_autoincrement=True,  # an id names a stream of events and is never given twice
)

cases = sa.Table(
    "cases",
    metadata,
    sa.Column("reference", Reference, primary_key=True),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("stage", sa.Integer, nullable=False),
    sa.Column("status", sa.String(40), nullable=False, index=True),
    sa.Column("service_area", Words, nullable=False),
    sa.Column("flags", Document, nullable=False),
    sa.Column("needs_person", sa.Boolean, nullable=False),
    sa.Column("resident_name", Words, nullable=False),
    sa.Column("received_on", sa.Date, nullable=False),
    sa.Column("acknowledged_on", sa.Date),
    sa.Column("next_duty", sa.String(60)),
    sa.Column("next_due", sa.Date),
    sa.Column("next_because", Words),
    sa.Column("message_count", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("opened_at", UtcDateTime, nullable=False),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.Column("closed_on", sa.Date, index=True),
    # What lists, lookups and figures go by; all of it follows from the events and `caseload`.
    sa.Column("people", Document),  # the resident, and how they are to hear from us
    sa.Column("matter", Words, nullable=False, server_default=""),
    sa.Column("surname", Key, nullable=False, server_default="", index=True),
    sa.Column("postcode", Key, nullable=False, server_default="", index=True),
    sa.Column("owed_by", sa.Date, nullable=False, server_default=sa.text("'9999-12-31'")),
    sa.Column("handler", UserName),
    sa.Column("began_on", sa.Date),  # when it was first received, at whatever stage
    sa.Column("merged_into", Reference),
    sa.Index(  # all that the queue and the manager's page count by
        "ix_cases_owed_by",
        "owed_by",
        "reference",
        "stage",
        "handler",
        "kind",
        "service_area",
        "began_on",
    ),
    sa.Index("ix_cases_handler", "handler", "owed_by", "reference"),
    sa.Index("ix_cases_began_on", "began_on", "service_area"),
    sa.Index(
        "ix_cases_due",
        "next_due",
        "reference",
        sqlite_where=sa.text("next_due IS NOT NULL"),
        postgresql_where=sa.text("next_due IS NOT NULL"),
    ),
)

case_addresses = sa.Table(
    "case_addresses",
    metadata,
    sa.Column("reference", Reference, sa.ForeignKey("cases.reference"), primary_key=True),
    sa.Column("address", Key, primary_key=True),
    sa.Index("ix_case_addresses_address", "address", "reference"),
)

ALERT_STATUSES = ("ready", "sending", "handed_over")

alerts = sa.Table(
    "alerts",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("message", BigId, sa.ForeignKey("messages.id"), unique=True),  # where one raised it
    sa.Column("case_reference", Reference, index=True),
    sa.Column("what", Document, nullable=False),  # codes alone, as hazards are
    sa.Column("hazards", Document, nullable=False),
    sa.Column("received_at", UtcDateTime, nullable=False),
    sa.Column("raised_at", UtcDateTime, nullable=False),
    sa.Column("message_id", Key, nullable=False, unique=True),  # of the e-mail that tells it
    sa.Column("status", sa.String(20), nullable=False, index=True),
    sa.Column("told_with", BigId),  # the alert whose e-mail tells of it, itself or another
    sa.Column("told_at", UtcDateTime, index=True),
    sa.Column("by_server", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("again_at", UtcDateTime),
    sa.Column("seen_by", UserName, sa.ForeignKey("users.name")),
    sa.Column("seen_at", UtcDateTime),
    one_of("status", *ALERT_STATUSES),
    sa.Index(
        "ix_alerts_standing",
        "id",
        sqlite_where=sa.text("seen_at IS NULL"),
        postgresql_where=sa.text("seen_at IS NULL"),
    ),
)

floods = sa.Table(
    "floods",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("began_at", UtcDateTime, nullable=False),
    sa.Column("counted", sa.Integer, nullable=False),  # what had left in the hour before
    sa.Column("most", sa.Integer, nullable=False),
    sa.Column("message_id", Key, nullable=False),  # of the e-mail that tells of it
    sa.Column("told_at", UtcDateTime),
    sa.Column("released_by", UserName, sa.ForeignKey("users.name")),
    sa.Column("released_at", UtcDateTime),
)

LETTER_STATUSES = (
    "draft", "approved", "sending", "handed_over", "sent", "failed", "withdrawn",
)  # fmt: skip
_LIVE_ACKNOWLEDGEMENT = (
    "kind IN ('stage1_acknowledgement', 'stage2_acknowledgement')"
    " AND status IN ('draft', 'approved', 'sending', 'handed_over')"
)

letters = sa.Table(
    "letters",
    metadata,
    sa.Column("id", LetterId, primary_key=True),
    sa.Column("reference", Reference, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("stage", sa.Integer, nullable=False),
    sa.Column("status", sa.String(20), nullable=False, index=True),
    sa.Column("revision", sa.Integer, nullable=False),  # the newest; 0 while there is none
    sa.Column("digest", Digest),  # of the revision that was approved
    sa.Column("message_id", Key, nullable=False, unique=True),
    sa.Column("drafted_for", BigId, sa.ForeignKey("messages.id")),
    sa.Column("drafted_at", UtcDateTime, nullable=False),
    sa.Column("approved_by", UserName),
    sa.Column("approved_at", UtcDateTime),
    sa.Column("sending_at", UtcDateTime),
    sa.Column("handed_over_at", UtcDateTime),
    sa.Column("sent_on", sa.Date),
    sa.Column("withdrawn_at", UtcDateTime),
    sa.Column("second_because", Words),  # why a second person must approve it, where one must
    sa.Column("second_by", UserName),
    sa.Column("second_at", UtcDateTime),
    sa.Column("leaves_at", UtcDateTime),  # until then it can be called back
    sa.Column("leaves_by", UserName),
    sa.Column("released_by", UserName),  # who let a held one go
    sa.Column("released_at", UtcDateTime),
    one_of("status", *LETTER_STATUSES),
    sa.UniqueConstraint("reference", "number"),
    sa.Index(
        "ix_letters_second",
        "approved_at",
        "id",
        sqlite_where=sa.text("second_because IS NOT NULL AND second_by IS NULL"),
        postgresql_where=sa.text("second_because IS NOT NULL AND second_by IS NULL"),
    ),
    sa.Index(
        "uq_letters_live_acknowledgement",
        "reference",
        "stage",
        unique=True,
        sqlite_where=sa.text(_LIVE_ACKNOWLEDGEMENT),
        postgresql_where=sa.text(_LIVE_ACKNOWLEDGEMENT),
    ),
)

letter_revisions = sa.Table(
    "letter_revisions",
    metadata,
    sa.Column("letter", LetterId, sa.ForeignKey("letters.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("digest", Digest, nullable=False),
    sa.Column("text", Document, nullable=False),
    sa.Column("content", Document, nullable=False),
    sa.Column("docx_sha256", Digest),
    sa.Column("pdf_sha256", Digest),
    sa.Column("print_sha256", Digest),  # the letter and its enclosures as they are printed
    sa.Column("template", Digest),
    sa.Column("template_version", sa.Integer),  # as published; 0 where it was not
    sa.Column("letterhead", Digest),
    sa.Column("letterhead_version", sa.Integer),
    sa.Column("findings", Document, nullable=False),
    sa.Column("subject", Words, nullable=False),
    sa.Column("email_text", Words, nullable=False),
    sa.Column("made_by", UserName, nullable=False),
    sa.Column("made_at", UtcDateTime, nullable=False),
)

words_in_hand = sa.Table(
    "words_in_hand",
    metadata,
    sa.Column("place", Name(100), primary_key=True),  # a letter, or <reference>/<kind>
    sa.Column("basis", sa.Integer, primary_key=True, autoincrement=False),  # its revision, or 0
    sa.Column("user", UserName, sa.ForeignKey("users.name"), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("words", Document, nullable=False),  # by the names of their fields
    sa.Column("began_at", UtcDateTime, nullable=False),
    sa.Column("saved_at", UtcDateTime, nullable=False),
)

letter_enclosures = sa.Table(
    "letter_enclosures",
    metadata,
    sa.Column("letter", LetterId, sa.ForeignKey("letters.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("name", Words, nullable=False),
    sa.Column("sha256", Digest, nullable=False),
)

actions = sa.Table(
    "actions",
    metadata,
    sa.Column("id", LetterId, primary_key=True),
    sa.Column("reference", Reference, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("letter", LetterId, sa.ForeignKey("letters.id"), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),  # among the promises of the letter
    sa.Column("what", Words, nullable=False),
    sa.Column("owner", Words, nullable=False),
    sa.Column("due", sa.Date, nullable=False),
    sa.Column("promised_for", sa.Date, nullable=False),
    sa.Column("pence", sa.BigInteger),
    sa.Column("done_on", sa.Date),
    sa.Column("confirmed_on", sa.Date),  # the resident agreed that it is done
    sa.UniqueConstraint("reference", "number"),
    sa.UniqueConstraint("letter", "position"),  # a letter's promise is never followed twice
    sa.Index(
        "ix_actions_unconfirmed",
        "done_on",
        "id",
        sqlite_where=sa.text("done_on IS NOT NULL AND confirmed_on IS NULL"),
        postgresql_where=sa.text("done_on IS NOT NULL AND confirmed_on IS NULL"),
    ),
    sa.Index(
        "ix_actions_open",
        "due",
        "id",
        sqlite_where=sa.text("done_on IS NULL"),
        postgresql_where=sa.text("done_on IS NULL"),
    ),
)

confirmations = sa.Table(
    "confirmations",
    metadata,
    sa.Column("letter", LetterId, sa.ForeignKey("letters.id"), primary_key=True),
    sa.Column("digest", Digest, primary_key=True),
    sa.Column("item", Name(100), primary_key=True),
    sa.Column("passage", Words, nullable=False),
    sa.Column("because", Words, nullable=False),
    sa.Column("by", UserName, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)

# What managers count: too few events of a million to read all for.
OVERSEEN = "kind IN ('extension_decided', 'extension_notified', 'reading_corrected')"

# Where something was agreed with a resident that holds in their next case too.
AGREED = "kind = 'adjustments_agreed'"

# What came of investigations, of which whoever looks after the case is told.
ANSWERED = "kind = 'question_answered'"

events = sa.Table(
    "events",
    metadata,
    sa.Column("id", BigId, primary_key=True, autoincrement=False),  # 1, 2, 3 … without a gap
    sa.Column("stream", Stream, nullable=False),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(60), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("by", UserName, nullable=False),
    sa.Column("os_account", UserName, nullable=False),
    sa.Column("body", sa.Text, nullable=False),  # the exact text that was hashed
    sa.Column("detail_digest", Digest),
    sa.Column("previous_hash", Digest, nullable=False),
    sa.Column("hash", Digest, nullable=False),
    sa.Column("seal", Digest, nullable=False),
    sa.UniqueConstraint("stream", "sequence"),
    sa.Index(
        "ix_events_overseen",
        "at",
        sqlite_where=sa.text(OVERSEEN),
        postgresql_where=sa.text(OVERSEEN),
    ),
    sa.Index(
        "ix_events_answered",
        "at",
        sqlite_where=sa.text(ANSWERED),
        postgresql_where=sa.text(ANSWERED),
    ),
    sa.Index(
        "ix_events_agreed",
        "stream",
        sqlite_where=sa.text(AGREED),
        postgresql_where=sa.text(AGREED),
    ),
)

event_details = sa.Table(
    "event_details",
    metadata,
    sa.Column("event_id", BigId, sa.ForeignKey("events.id"), primary_key=True, autoincrement=False),
    sa.Column("salt", sa.String(64), nullable=False),
    # Text and not JSONB, which would rewrite numbers: this exact text was digested.
    sa.Column("detail", sa.Text, nullable=False),
)

stream_heads = sa.Table(
    "stream_heads",
    metadata,
    sa.Column("stream", Stream, primary_key=True),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("hash", Digest, nullable=False),
)

record_head = sa.Table(
    "record_head",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("events", BigId, nullable=False),
    sa.Column("seal", Digest, nullable=False),
    sa.CheckConstraint("id = 1", name="one_row"),
)

reference_numbers = sa.Table(
    "reference_numbers",
    metadata,
    sa.Column("series", sa.String(40), primary_key=True),
    sa.Column("last", sa.Integer, nullable=False),
)

passwords = sa.Table(
    "passwords",
    metadata,
    sa.Column("user", UserName, sa.ForeignKey("users.name"), primary_key=True),
    sa.Column("hash", sa.String(200), nullable=False),
    sa.Column("set_at", UtcDateTime, nullable=False),
)

sign_in_links = sa.Table(
    "sign_in_links",
    metadata,
    sa.Column("digest", Digest, primary_key=True),
    sa.Column("user", UserName, sa.ForeignKey("users.name"), nullable=False),
    sa.Column("made_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    sa.Column("way", sa.String(20)),  # what it leads to, where that is not a password
)

web_sessions = sa.Table(
    "web_sessions",
    metadata,
    sa.Column("digest", Digest, primary_key=True),
    sa.Column("user", UserName, sa.ForeignKey("users.name"), nullable=False),
    sa.Column("began_at", UtcDateTime, nullable=False),
    sa.Column("seen_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    sa.Column("way", sa.String(20)),  # how they came in
    sa.Column("browser", Name(100)),  # in a few words of our own
    sa.Column("issuer", Key),  # of the work account they came in by
    sa.Column("subject", Key),  # of that account
    sa.Column("issuer_session", Key),  # the issuer's own name for theirs, where it gave one
)

sign_in_attempts = sa.Table(
    "sign_in_attempts",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("name", Key, nullable=False, index=True),
    sa.Column("address", Key, nullable=False, index=True),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("failed", sa.Boolean, nullable=False),
)

web_secret = sa.Table(
    "web_secret",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("secret", Digest, nullable=False),
    sa.CheckConstraint("id = 1", name="one_row"),
)

linked_accounts = sa.Table(
    "linked_accounts",
    metadata,
    sa.Column("issuer", Key, primary_key=True),
    sa.Column("subject", Key, primary_key=True),
    sa.Column("user", UserName, sa.ForeignKey("users.name"), nullable=False, index=True),
    sa.Column("linked_at", UtcDateTime, nullable=False),
)

sign_in_journeys = sa.Table(
    "sign_in_journeys",
    metadata,
    sa.Column("digest", Digest, primary_key=True),
    sa.Column("nonce", sa.String(100), nullable=False),
    sa.Column("verifier", sa.String(200), nullable=False),
    sa.Column("wanted", Words, nullable=False),
    sa.Column("invitation", Words, nullable=False),
    sa.Column("began_at", UtcDateTime, nullable=False),
)

logout_tokens = sa.Table(
    "logout_tokens",
    metadata,
    sa.Column("digest", Digest, primary_key=True),
    sa.Column("taken_at", UtcDateTime, nullable=False),
)

held_forms = sa.Table(
    "held_forms",
    metadata,
    sa.Column("digest", Digest, primary_key=True),
    sa.Column("user", UserName, sa.ForeignKey("users.name"), nullable=False, index=True),
    sa.Column("path", Words, nullable=False),
    sa.Column("fields", Document, nullable=False),
    sa.Column("held_at", UtcDateTime, nullable=False),
)

staff_notices = sa.Table(
    "staff_notices",
    metadata,
    sa.Column("kind", sa.String(40), primary_key=True),
    sa.Column("about", Name(200), primary_key=True),
    sa.Column("user", UserName, sa.ForeignKey("users.name"), primary_key=True),
    sa.Column("reference", Reference),
    sa.Column("message_id", Key, nullable=False, unique=True),
    sa.Column("status", sa.String(20), nullable=False, index=True),
    sa.Column("noticed_at", UtcDateTime, nullable=False),
    one_of("status", *ALERT_STATUSES),
)

case_handlers = sa.Table(
    "case_handlers",
    metadata,
    sa.Column("reference", Reference, sa.ForeignKey("cases.reference"), primary_key=True),
    sa.Column("user", UserName, sa.ForeignKey("users.name"), nullable=False, index=True),
    sa.Column("since", UtcDateTime, nullable=False),
)

register_entries = sa.Table(
    "register_entries",
    metadata,
    sa.Column("reference", Key, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False, unique=True),  # in which order they came
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("received", sa.Date, nullable=False, index=True),
    sa.Column("cells", Document, nullable=False),  # of our own columns, those that say something
    sa.Column("other", Document, nullable=False),  # columns that are not ours, by name
)

people = sa.Table(
    "people",
    metadata,
    sa.Column("tenancy_reference", Key, primary_key=True),
    sa.Column("name", Words, nullable=False),
    sa.Column("address", Words, nullable=False),
    sa.Column("uprn", Name(20), nullable=False),
    sa.Column("postcode", Name(10), nullable=False),
    sa.Column("tenure", sa.String(20), nullable=False),
    sa.Column("phones", Document, nullable=False),
    sa.Column("adjustments", Words, nullable=False),
    sa.Column("imported_at", UtcDateTime, nullable=False),
)

people_addresses = sa.Table(
    "people_addresses",
    metadata,
    sa.Column(
        "tenancy_reference", Key, sa.ForeignKey("people.tenancy_reference"), primary_key=True
    ),
    sa.Column("address", Key, primary_key=True),
    sa.Index("ix_people_addresses_address", "address"),
)

STANDINGS = ("soon", "due", "overdue")

notices = sa.Table(
    "notices",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("subject", Stream, nullable=False, index=True),
    sa.Column("duty", sa.String(40), nullable=False),
    sa.Column("about", Name(60), nullable=False),  # the action, order or stage; may be empty
    sa.Column("standing", sa.String(10), nullable=False),
    sa.Column("due", sa.Date, nullable=False),
    sa.Column("due_at", UtcDateTime),  # where the hour counts
    sa.Column("clause", sa.String(60), nullable=False),
    sa.Column("because", Words, nullable=False),
    sa.Column("raised_at", UtcDateTime, nullable=False),
    sa.Column("settled_at", UtcDateTime),  # once nothing is owed by it any more
    sa.Column("letter", LetterId),  # what was drafted for it
    sa.Column("message_id", Key),  # of the e-mail that chases whoever does it
    sa.Column("mail_status", sa.String(20), index=True),
    one_of("standing", *STANDINGS),
    one_of("mail_status", "sending", "handed_over"),
    sa.UniqueConstraint(  # each gives once
        "subject", "duty", "about", "due", "standing", name="uq_notices_once"
    ),
    sa.Index(
        "ix_notices_standing",
        "due",
        "id",
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    ),
)

looks = sa.Table(
    "looks",
    metadata,
    sa.Column("reference", Reference, sa.ForeignKey("cases.reference"), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),  # of the case when its dates were looked at
    sa.Column("day", sa.Date, nullable=False),
)

IMPROVEMENT_STATES = ("proposed", "agreed", "under_way", "done", "dropped")

improvements = sa.Table(
    "improvements",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("what", Words, nullable=False),
    sa.Column("theme", sa.String(60), nullable=False),
    sa.Column("service_area", Words, nullable=False),
    sa.Column("provision", sa.String(10), nullable=False),
    sa.Column("reference", Reference),  # the case it was learned from
    sa.Column("owner", Words, nullable=False),
    sa.Column("due", sa.Date),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("opened_on", sa.Date, nullable=False),
    sa.Column("done_on", sa.Date),
    sa.Column("evidence", Words, nullable=False),
    one_of("state", *IMPROVEMENT_STATES),
)

report_commentary = sa.Table(
    "report_commentary",
    metadata,
    sa.Column("report", sa.String(30), primary_key=True),
    sa.Column("first", sa.Date, primary_key=True),
    sa.Column("last", sa.Date, primary_key=True),
    sa.Column("field", sa.String(60), primary_key=True),
    sa.Column("text", Words, nullable=False),
    sa.Column("by", UserName, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)

counted = sa.Table(
    "counted",
    metadata,
    sa.Column("reference", Reference, sa.ForeignKey("cases.reference"), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),  # of the case it was counted from
    sa.Column("calendar", sa.String(64), nullable=False),  # the working days it was judged by
    sa.Column("cells", Document, nullable=False),
    sa.Column("detail", Document, nullable=False),
)

erasures = sa.Table(
    "erasures",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("subject", Stream, nullable=False, unique=True),
    sa.Column("because", sa.String(60), nullable=False),
    sa.Column("by", UserName, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("documents", Document, nullable=False),  # SHA-256 of files still to be removed
    sa.Column("finished_at", UtcDateTime),
)

owed_steps = sa.Table(
    "owed_steps",
    metadata,
    sa.Column("reference", Reference, sa.ForeignKey("cases.reference"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),  # the most urgent is 1
    sa.Column("duty", sa.String(60), nullable=False),
    sa.Column("due", sa.Date),
    sa.Column("clause", sa.String(20), nullable=False),
    sa.Column("because", Words, nullable=False),
    sa.Index("ix_owed_steps_due", "due", "reference"),
)

caseload_basis = sa.Table(
    "caseload_basis",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("digest", Digest, nullable=False),  # of the timescales and the calendar
    sa.Column("computed_at", UtcDateTime, nullable=False),
    sa.CheckConstraint("id = 1", name="one_row"),
)

SEARCHED = ("case", "message", "letter")

search_entries = sa.Table(
    "search_entries",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("source", LetterId, nullable=False),  # reference, number of the message, letter
    sa.Column("reference", Reference, index=True),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("digest", Digest, nullable=False),  # of the words, so that they are kept once
    one_of("kind", *SEARCHED),
    sa.UniqueConstraint("kind", "source"),
    sqlite_autoincrement=True,
)


@sa.event.listens_for(search_entries, "after_create")
def _with_search_words(_table: sa.Table, conn: sa.Connection, **_how: Any) -> None:
    for statement in making_search_words(conn.dialect.name):
        conn.exec_driver_sql(statement)


saved_views = sa.Table(
    "saved_views",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("user", UserName, sa.ForeignKey("users.name"), nullable=False),
    sa.Column("name", Key, nullable=False),
    sa.Column("query", Words, nullable=False),
    sa.Column("saved_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("user", "name"),
)

FEEDS = ("mine", "office")

calendar_feeds = sa.Table(
    "calendar_feeds",
    metadata,
    sa.Column("digest", Digest, primary_key=True),  # of the token in its address
    sa.Column("user", UserName, sa.ForeignKey("users.name"), nullable=False, index=True),
    sa.Column("whose", sa.String(20), nullable=False),
    sa.Column("made_at", UtcDateTime, nullable=False),
    one_of("whose", *FEEDS),
)

preferences = sa.Table(
    "preferences",
    metadata,
    sa.Column("user", UserName, sa.ForeignKey("users.name"), primary_key=True),
    sa.Column("name", Name(40), primary_key=True),
    sa.Column("value", Words, nullable=False),
)

questions = sa.Table(
    "questions",
    metadata,
    sa.Column("id", LetterId, primary_key=True),
    sa.Column("reference", Reference, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("asked_of", Words, nullable=False),
    sa.Column("asked_on", sa.Date, nullable=False),
    sa.Column("due", sa.Date, nullable=False),
    sa.Column("chased_on", sa.Date),  # when last
    sa.Column("settled_on", sa.Date),  # answered, or no longer needed
    sa.Column("email", Words, nullable=False, server_default=""),  # empty: we do not write
    sa.Column("message_id", Key, unique=True),  # of the e-mail that asks
    sa.Column("mail_status", sa.String(20)),
    one_of("mail_status", "waiting", "sending", "handed_over", "failed"),
    sa.UniqueConstraint("reference", "number"),
    sa.Index(
        "ix_questions_open",
        "due",
        "id",
        sqlite_where=sa.text("settled_on IS NULL"),
        postgresql_where=sa.text("settled_on IS NULL"),
    ),
)

postings = sa.Table(
    "postings",
    metadata,
    sa.Column("letter", LetterId, sa.ForeignKey("letters.id"), primary_key=True),
    sa.Column("way", sa.String(20), nullable=False),
    sa.Column("posted_as", Name(100), nullable=False, unique=True),  # our name for it, there
    sa.Column("account", Name(60), nullable=False, server_default=""),  # with which service
    sa.Column("provider_id", Name(60), nullable=False, server_default=""),  # their name for it
    sa.Column("batch", Name(60), nullable=False, server_default="", index=True),
    sa.Column("said", Name(40), nullable=False, server_default=""),  # how it stood there last
    sa.Column("begun_at", UtcDateTime, nullable=False),
    sa.Column("asked_at", UtcDateTime),
    sa.Column("printed_sha256", Digest),  # what was printed, fetched back
    one_of("way", "notify", "print_house"),
)

signs_of_life = sa.Table(
    "signs_of_life",
    metadata,
    sa.Column("what", Name(100), primary_key=True),  # such as ``mailbox:inbox`` or ``deadlines``
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("well", sa.Boolean, nullable=False),
)

sending_pauses = sa.Table(
    "sending_pauses",
    metadata,
    sa.Column("provider", Name(20), primary_key=True),  # such as ``smtp`` or ``graph``
    sa.Column("failures", sa.Integer, nullable=False),  # in a row, its own and no letter's
    sa.Column("failed_at", UtcDateTime, nullable=False),
    sa.Column("resumes_at", UtcDateTime),  # until then nothing is given to it
    sa.Column("because", Words, nullable=False),
)
