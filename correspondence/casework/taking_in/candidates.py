"""The cases a message may belong to, gathered for matching."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from correspondence.intake.match import Candidate, Keys
from correspondence.store import case_files, letters, messages

if TYPE_CHECKING:
    import sqlalchemy as sa

    from correspondence.store.case_files import CaseRow

_TOO_MANY: Final = 2
"""Cases of one address after which no more are asked for: it is for a person then."""


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
            *_spoken_of(conn, offered),
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


def _spoken_of(conn: sa.Connection, offered: Keys) -> tuple[CaseRow, ...]:
    """The cases a writer may mean who names none: the first, and one more where there is one."""
    if not offered.speaks_of_a_case:
        return ()
    return case_files.first_of_addresses(
        conn,
        offered.addresses,
        most=_TOO_MANY,
        only_open=not offered.speaks_of_a_closed_case,
    )
