"""Which documents the record points at, which of those are missing, and which nothing points at."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from correspondence.store.tables import events, metadata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from correspondence.store.documents import Documents

_SHA256: Final = re.compile(r"\b[0-9a-f]{64}\b")
_WITH_FILES: Final = ("action_done", "letter_submitted", "document_added")
"""The events that alone say of a document that it is kept; of others, a row says so too."""
_ERASED: Final = "subject_erased"
"""The event that names what was erased; rows go on naming it, as proof of what was there."""
_MANY: Final = {"yield_per": 1000}


def referred_to(conn: sa.Connection) -> Iterator[str]:
    """The SHA-256 of every document that a row or an event points at; some come more than once."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.name == "sha256" or column.name.endswith("_sha256"):
                found = sa.select(column).where(column.is_not(None)).distinct()
                yield from filter(None, conn.execute(found, execution_options=_MANY).scalars())
    bodies = sa.select(events.c.body).where(events.c.kind.in_(_WITH_FILES))
    for body in conn.execute(bodies, execution_options=_MANY).scalars():
        for name, value in json.loads(body)["facts"].items():
            if name.endswith("sha256") and value:
                yield value


def missing(conn: sa.Connection, documents: Documents) -> tuple[str, ...]:
    """The documents that the record points at and the place has not, but for those erased."""
    gone = set(referred_to(conn)).difference(documents.names())
    return tuple(sorted(gone.difference(_erased(conn)))) if gone else ()


def orphans(conn: sa.Connection, documents: Documents, *, before: datetime) -> tuple[str, ...]:
    """The documents kept before then that nothing in the record so much as mentions.

    A crash between keeping a document and its row leaves one; so does a draft that was made twice.
    """
    unknown = set(documents.names())
    unknown.difference_update(referred_to(conn))
    if unknown:
        bodies = sa.select(events.c.body).where(events.c.kind != _ERASED)
        for body in conn.execute(bodies, execution_options=_MANY).scalars():
            unknown.difference_update(_SHA256.findall(body))
    return tuple(
        name for name in sorted(unknown) if (at := documents.kept_at(name)) and at < before
    )


def _erased(conn: sa.Connection) -> set[str]:
    bodies = sa.select(events.c.body).where(events.c.kind == _ERASED)
    return {name for body in conn.execute(bodies).scalars() for name in _SHA256.findall(body)}
