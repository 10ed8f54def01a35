"""Append events to a case and bring its row up to them: the one way a case ever changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.cases.next_steps import next_steps
from correspondence.handling_code.london import day_in_london
from correspondence.store import case_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.cases.events import Event
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice


def file_events(
    conn: sa.Connection,
    house: OpenOffice,
    reference: str,
    events: Iterable[Event],
    *,
    now: datetime,
    actor: Actor,
) -> Case:
    """Append the events to the case's record and return the case as it then stands.

    Needs a writing unit; whatever else the act changes belongs into the same one.
    """
    happened = [(reference, event) for event in events]
    case_files.append_all(conn, happened, by=actor.name, os_account=actor.os_account, now=now)
    case = case_files.load(conn, reference)
    steps = next_steps(case, day_in_london(now), house.timescales, house.calendar)
    case_files.project(conn, case, steps[0] if steps else None, now)
    return case
