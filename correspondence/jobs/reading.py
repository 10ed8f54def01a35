"""Read what is kept and act upon it, a portion at a time, however many messages there are.

Messages are read outside the database, then acted upon in the order in which they were received, a
few in each unit: whoever approves a letter meanwhile waits for one short unit and not for a flood.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from correspondence.casework.lately import Lately
from correspondence.casework.taking_in.triage import read_message, triage_all
from correspondence.errors import CorrespondenceError
from correspondence.portions import in_portions
from correspondence.store import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.casework.understand import Understood
    from correspondence.jobs.in_process import Progress, Worked
    from correspondence.store.messages import MessageRow

PORTION: Final = 500
"""Messages read before any of them is acted upon."""

_PORTION_BYTES: Final = 64 * 1024 * 1024
_TOGETHER: Final = 8  # messages acted upon by one transaction


@dataclass(slots=True)
class Reading:
    """Reads for one office. `clock` gives the present, aware and in UTC.

    `my_turn` is waited for before what was read is acted upon, and `meanwhile` is done after every
    message and every unit. `lately` are the cases that messages were put with.
    """

    house: OpenOffice
    clock: Callable[[], datetime]
    actor: Actor
    progress: Progress
    my_turn: Callable[[], None]
    meanwhile: Callable[[], None]
    tell: Callable[[], None]
    lately: Lately = field(default_factory=Lately)

    def read(self, worked: Worked, among: Collection[int] | None) -> None:
        """Read what is kept, all or `among` some, and open, join or record.

        Raises StoreUnavailable.
        """
        with self.house.database.reading() as conn:
            waiting = messages.sizes_waiting(conn, among=among)
        if waiting and self.house.learned.problem:
            worked.problems.append(self.house.learned.problem)
        self.progress("Reading", len(waiting))
        for portion in in_portions(
            waiting, lambda one: one[1], most=PORTION, most_bytes=_PORTION_BYTES
        ):
            with self.house.database.reading() as conn:
                rows = messages.waiting(conn, among=[number for number, _ in portion])
            self._portion(worked, rows)

    def _portion(self, worked: Worked, rows: Sequence[MessageRow]) -> None:
        """Read some messages, then act on them in the order they were received."""
        read: list[tuple[MessageRow, Understood]] = []
        for row in rows:
            try:
                read.append((row, read_message(self.house, row, now=self.clock())))
            except CorrespondenceError as error:  # one document that its disk no longer gives
                worked.problems.append(f"Message {row.id} is kept but was not read: {error}")
            self.meanwhile()
        read.sort(key=lambda one: (one[1].receipt.at, one[0].id))
        self.my_turn()
        for start in range(0, len(read), _TOGETHER):
            self._act(worked, read[start : start + _TOGETHER])
            self.meanwhile()

    def _act(self, worked: Worked, read: Sequence[tuple[MessageRow, Understood]]) -> None:
        came_to = triage_all(
            self.house, read, now=self.clock(), actor=self.actor, lately=self.lately
        )
        for (row, _), decision in zip(read, came_to, strict=True):
            if isinstance(decision, CorrespondenceError):
                worked.problems.append(f"Message {row.id} was read but not acted on: {decision}")
            elif decision is not None:
                worked.count(decision)
        self.tell()
        self.progress("Reading", len(read))
