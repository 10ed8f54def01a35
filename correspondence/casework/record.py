"""Append events to a case and bring its row up to them: the one way a case ever changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from correspondence.cases.next_steps import next_steps
from correspondence.casework.lately import Lately
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


@dataclass(slots=True)
class Pending:
    """Events of one unit and one actor that wait to be appended together, in their order.

    With the cases that messages were put with `lately`, by this unit and by others before it.
    """

    lately: Lately = field(default_factory=Lately)
    _waiting: list[tuple[str, Event]] = field(default_factory=list)

    def add(self, stream: str, event: Event) -> None:
        """One more."""
        self._waiting.append((stream, event))

    def taken(self) -> list[tuple[str, Event]]:
        """All of them, which now no longer wait."""
        waiting, self._waiting = self._waiting, []
        return waiting

    def append(self, conn: sa.Connection, *, now: datetime, actor: Actor) -> None:
        """Append all that wait."""
        case_files.append_all(
            conn, self.taken(), by=actor.name, os_account=actor.os_account, now=now
        )


def file_events(
    conn: sa.Connection,
    house: OpenOffice,
    reference: str,
    events: Iterable[Event],
    *,
    now: datetime,
    actor: Actor,
    before: Pending | None = None,
) -> Case:
    """Append the events to the case's record and return the case as it then stands.

    Needs a writing unit; whatever else the act changes belongs into the same one. Events that are
    still to be appended and happened `before` come first.
    """
    events = tuple(events)
    stood = before.lately.standing(conn, reference) if before else None
    happened = [*(before.taken() if before else ()), *((reference, event) for event in events)]
    case_files.append_all(conn, happened, by=actor.name, os_account=actor.os_account, now=now)
    if before is None:
        case = case_files.load(conn, reference)
    else:
        case = before.lately.after(conn, reference, stood, events)
    steps = next_steps(case, day_in_london(now), house.timescales, house.calendar)
    case_files.project(conn, case, steps, now)
    return case
