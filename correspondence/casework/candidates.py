"""The cases a message may belong to, gathered for matching."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.intake.match import Candidate, Keys
from correspondence.store import case_files, letters, messages

if TYPE_CHECKING:
    import sqlalchemy as sa


def for_keys(conn: sa.Connection, offered: Keys) -> tuple[Candidate, ...]:
    """Every case that anything the message offers points at, by reference."""
    ours = {row.message_id: row.reference for row in letters.by_message_id(conn, offered.answers)}
    theirs = messages.cases_of(conn, offered.answers)
    rows = {
        row.reference: row
        for row in (
            *case_files.by_references(
                conn, {*offered.references, *ours.values(), *theirs.values()}
            ),
            *case_files.by_addresses(conn, offered.addresses),
        )
    }
    return tuple(
        Candidate(
            reference=reference,
            open=row.closed_on is None,
            stage=row.stage,
            addresses=case_files.known_addresses(conn, reference),
            our_message_ids=frozenset(key for key, case in ours.items() if case == reference),
            their_message_ids=frozenset(key for key, case in theirs.items() if case == reference),
        )
        for reference, row in sorted(rows.items())
    )
