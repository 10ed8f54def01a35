"""Record service improvements, and how they stand (Code 8.1d, 9.1)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from correspondence.errors import NotAllowed, WrongUse
from correspondence.handling_code.london import day_in_london
from correspondence.store import audit, case_files, improvements

if TYPE_CHECKING:
    from datetime import date, datetime

    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.improvements import ImprovementRow, ImprovementState

_CLAUSE: Final = re.compile(r"[1-9]\.\d{1,2}")


def add(
    house: OpenOffice,
    *,
    what: str,
    now: datetime,
    actor: Actor,
    theme: str = "",
    service_area: str = "",
    provision: str = "",
    reference: str | None = None,
    owner: str = "",
    due: date | None = None,
) -> ImprovementRow:
    """Record an improvement that is proposed. Raises NotAllowed, NotKnown, WrongUse."""
    if not actor.is_person:
        raise NotAllowed("An improvement is recorded by a named person; say who with --as.")
    if not what.strip():
        raise WrongUse("Say in words what is to be improved.")
    if provision and not _CLAUSE.fullmatch(provision):
        raise WrongUse(f"{provision!r} is no provision of the Code; give its number, such as 6.4.")
    with house.database.writing() as conn:
        if reference:
            case_files.row(conn, reference)
        row = improvements.add(
            conn,
            what=what.strip(),
            opened_on=day_in_london(now),
            theme=theme,
            service_area=service_area,
            provision=provision,
            reference=reference or None,
            owner=owner.strip(),
            due=due,
        )
        record(conn, row, now=now, actor=actor)
    return row


def change(
    house: OpenOffice,
    number: int,
    *,
    now: datetime,
    actor: Actor,
    state: ImprovementState | None = None,
    owner: str | None = None,
    due: date | None = None,
    evidence: str = "",
) -> ImprovementRow:
    """Have an improvement stand otherwise. One that is done says how we know.

    Raises NotKnown, NotAllowed.
    """
    if not actor.is_person:
        raise NotAllowed("An improvement is changed by a named person; say who with --as.")
    with house.database.writing() as conn:
        row = improvements.load(conn, number)
        if state == "done" and not (evidence.strip() or row.evidence):
            raise NotAllowed(f"Say how we know that improvement {number} is done, with --evidence.")
        state = state or row.state
        done_on = (row.done_on or day_in_london(now)) if state == "done" else None
        changed = replace(
            row,
            state=state,
            owner=row.owner if owner is None else owner.strip(),
            due=due or row.due,
            evidence=evidence.strip() or row.evidence,
            done_on=done_on,
        )
        if changed == row:
            raise NotAllowed(f"Improvement {number} stands so already; nothing changes.")
        improvements.change(conn, changed)
        record(conn, changed, now=now, actor=actor)
    return changed


def record(conn: sa.Connection, row: ImprovementRow, *, now: datetime, actor: Actor) -> None:
    """Put it on the office's record that an improvement stands so."""
    audit.append(
        conn, audit.OFFICE, row.event(), by=actor.name, os_account=actor.os_account, now=now
    )
