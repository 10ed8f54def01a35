"""The cases a message may belong to, gathered for matching."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from correspondence.intake.match import Candidate, Keys
from correspondence.store import case_files, letters, messages

if TYPE_CHECKING:
    import sqlalchemy as sa


def as_they_stand(conn: sa.Connection, offered: Keys) -> Keys:
    """The keys with every reference of a case that was merged led to the case it is part of."""
    if not offered.references:
        return offered
    stands = case_files.standing_for(conn, offered.references)
    return replace(offered, references=frozenset(stands.get(r, r) for r in offered.references))


def for_keys(conn: sa.Connection, offered: Keys) -> tuple[Candidate, ...]:
    """Every case that anything the message offers points at, by reference.

    A case that was merged is none any more: what points at it points at the one it is part of.
    """
    ours = {row.message_id: row.reference for row in letters.by_message_id(conn, offered.answers)}
    theirs = messages.cases_of(conn, offered.answers)
    stands = case_files.standing_for(conn, {*ours.values(), *theirs.values()})
    ours = {key: stands.get(case, case) for key, case in ours.items()}
    theirs = {key: stands.get(case, case) for key, case in theirs.items()}
    rows = {
        row.reference: row
        for row in (
            *case_files.by_references(
                conn, {*offered.references, *ours.values(), *theirs.values()}
            ),
            *case_files.by_addresses(conn, offered.addresses),
        )
        if row.merged_into is None
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
