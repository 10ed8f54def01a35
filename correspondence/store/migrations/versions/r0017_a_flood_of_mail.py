"""What each message of a flood is looked up by, however many came before it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0017"
down_revision = "r0016"
branch_labels = None
depends_on = None

_ORIGINAL = sa.text("outcome IS NULL OR outcome <> 'duplicate'")
_AGREED = sa.text("kind = 'adjustments_agreed'")


def upgrade() -> None:
    """The originals by what they say; cases by address in their order; who agreed on something."""
    for name, columns in (
        ("ix_messages_original_bytes", ["sha256", "id"]),
        ("ix_messages_original_words", ["message_id", "content_digest", "id"]),
    ):
        op.create_index(
            name, "messages", columns, sqlite_where=_ORIGINAL, postgresql_where=_ORIGINAL
        )
    op.drop_index("ix_case_addresses_address", "case_addresses")
    op.create_index("ix_case_addresses_address", "case_addresses", ["address", "reference"])
    op.create_index(
        "ix_events_agreed", "events", ["stream"], sqlite_where=_AGREED, postgresql_where=_AGREED
    )
