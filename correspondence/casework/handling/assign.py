"""Give cases to somebody of the office, or put them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.errors import NotAllowed
from correspondence.store import case_files, users
from correspondence.store.audit import append
from correspondence.store.handlers import CaseAssigned, give, stream_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice


def assign(
    house: OpenOffice, references: Iterable[str], user: str, *, now: datetime, actor: Actor
) -> int:
    """Give these cases to a user, or with an empty name to nobody; how many changed hands.

    Raises NotKnown where there is no such case or user, and NotAllowed where the user said that
    they have an interest in one of them (Code 5.8); then none of them changes hands.
    """
    changed = 0
    with house.database.writing() as conn:
        if user:
            users.load(conn, user)
        for reference in dict.fromkeys(references):
            row = case_files.row(conn, reference)
            if user and row.handler != user:
                _has_no_interest(conn, reference, user)
            if not give(conn, reference, user, now):
                continue
            event = CaseAssigned(reference=reference, user=user)
            stream = stream_of(reference)
            append(conn, stream, event, by=actor.name, os_account=actor.os_account, now=now)
            changed += 1
    return changed


def _has_no_interest(conn: sa.Connection, reference: str, user: str) -> None:
    case = case_files.load(conn, reference)
    said = case.inquiry.interest_of(user, case.stage)
    if said is not None and said.conflict:
        raise NotAllowed(
            f"{user} has said that they have an interest in {reference}, so somebody else has to "
            "look after it (Code 5.8)."
        )
