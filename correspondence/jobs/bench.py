"""Where one worker works: its office, its press, and what it does with the rows a job names.

The functions are those of a single run. Whatever is done twice finds, the second time, that there
is nothing left to do; so a job may be lost, doubled, or given to another worker while the first one
stands still.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from correspondence.casework.drafting.draft import is_owed, owed_acknowledgements, written_by_hand
from correspondence.casework.profile import stamp_of, taken_up
from correspondence.casework.sending.leave import due
from correspondence.errors import CorrespondenceError
from correspondence.jobs.in_process import InProcess, Worked
from correspondence.store import messages, work

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.letters.pool import LetterPress
    from correspondence.postroom.base import Mailbox

_FOR_ITS_TURN: Final = 15.0  # seconds a job waits for those before it; longer, and it is put back
_A_GLANCE: Final = 0.01  # seconds between two looks whether it is its turn
_OVERLOOKED: Final = timedelta(minutes=1)  # how long a message may be kept without a job for it
_AN_HOUR: Final = 3600.0


class NotYet(Exception):
    """What must come before a job is not done; it is put back, and looked at again soon."""


class LookAgain(Exception):
    """Something went wrong with rows of a job, and was told; it is tried again later."""


@dataclass(slots=True)
class Bench:
    """Where one worker works: its office, its press, its own connections to the mailboxes.

    `tell` is given what went wrong, a sentence at a time; `clock` gives the present in UTC.
    """

    house: OpenOffice
    mailboxes: Sequence[Mailbox]
    press: LetterPress
    clock: Callable[[], datetime]
    actor: Actor
    tell: Callable[[str], None]
    stopping: threading.Event = field(default_factory=threading.Event)
    _taking_in: threading.Lock = field(default_factory=threading.Lock)
    _told: dict[str, float] = field(default_factory=dict)
    _seen: tuple[int, int] | None = None  # the profile's file, when it was last looked at
    _scanning: InProcess | None = None  # remembers what was asked of whom lately

    def read(self, job: int, rows: Collection[int]) -> None:
        """Read these messages; act on them once all that were kept before have been acted upon."""
        worked = Worked()
        self._run(lambda: self._wait_for_turn(job)).read(worked, among=rows)
        self._must_be_well(worked)

    def draft(self, job: int, rows: Collection[str]) -> None:
        """Draft what these cases are owed, once what was kept before has been read."""
        self._wait_for_turn(job)
        with self.house.database.reading() as conn:
            by_hand = written_by_hand(self.house)
            owed = [reference for reference in rows if is_owed(conn, reference, by_hand)]
        worked = Worked()
        self._run().draft(worked, owed)
        self._must_be_well(worked)

    def send(self, _job: int, rows: Collection[str]) -> None:
        """Have those of these letters leave that are still to leave, and due."""
        now = self.clock()
        worked = Worked()
        self._run().send(worked, [row.id for row in due(self.house, now=now) if row.id in rows])
        self._must_be_well(worked)

    def warn(self, _job: int, _rows: Collection[Any]) -> None:
        """Tell of danger that nobody has been told of."""
        worked = Worked()
        self._run().tell(worked)
        self._must_be_well(worked)

    def take_in(self, _job: int, _rows: Collection[Any]) -> None:
        """Keep what is in the mailboxes, by as many looks as that takes."""
        with self._taking_in:
            while True:
                worked = Worked()
                self._run().take_in(worked, patient=False)
                self._say([*worked.problems, *(one.because for one in worked.held_back)])
                if self.stopping.is_set() or worked.more_after != 0:
                    return

    def woken(self) -> None:
        """A mailbox of this worker's says that something arrived: look now, before the next scan.

        Another worker may be looking too, which keeps no message twice.
        """
        try:
            self.take_in(0, ())
        except CorrespondenceError as later:  # the scan that comes anyway tries again
            self._say([f"Mail is taken in later: {later}"])

    def carry_on(self, _job: int, _rows: Collection[Any]) -> None:
        """Send what is due, and finish what a crash left on its way."""
        worked = Worked()
        self._scan().carry_on(worked)
        self._say(worked.problems)

    def keep_deadlines(self, _job: int, _rows: Collection[Any]) -> None:
        """What is due, the words it asks for, and whom to tell."""
        worked = Worked()
        self._scan().keep_deadlines(worked, to_the_end=False)
        self._scan().notify(worked)
        self._say(worked.problems)

    def sweep(self, _job: int, _rows: Collection[Any]) -> None:
        """Post jobs for rows that no job is for: it was lost, or there were no workers yet."""
        now = self.clock()
        leaving = [row.id for row in due(self.house, now=now)]
        with self.house.database.writing() as conn:
            known = work.posted(conn)
            kept = messages.waiting_but(conn, (now - _OVERLOOKED, now + _OVERLOOKED))
            work.post(conn, work.at_messages(one for one in kept if one not in known.messages))
            owed = owed_acknowledgements(conn, written_by_hand(self.house))
            work.post(conn, [work.at_case(one) for one in owed if one not in known.cases])
            late = (one for one in leaving if one not in known.letters)
            work.post(conn, [work.at_letter(letter) for letter in late])

    def failed(self, kind: str, rows: Collection[Any], fault: BaseException) -> None:
        """Say which job failed and of what kind its fault is; its text might repeat anybody's."""
        said = str(fault) if isinstance(fault, CorrespondenceError) else type(fault).__name__
        about = ", ".join(str(row) for row in rows) or "the office"
        self._say([f"A job ({kind}, {about}) went wrong and is tried again: {said}"])

    def _run(self, my_turn: Callable[[], None] = lambda: None) -> InProcess:
        self._go_by_the_profile()
        return InProcess(
            self.house, self.mailboxes, self.press, self.clock, self.actor, my_turn=my_turn
        )

    def _scan(self) -> InProcess:
        if self._scanning is None:
            self._scanning = self._run()
        self._go_by_the_profile()
        self._scanning.house = self.house
        return self._scanning

    def _go_by_the_profile(self) -> None:
        """Take up a profile that was changed, but for other mailboxes, folders or databases."""
        seen = stamp_of(self.house.office.profile)
        if seen == self._seen:
            return
        known, self._seen = self._seen, seen
        if known is not None:
            try:
                self.house = taken_up(self.house)
            except CorrespondenceError as refused:
                self._say([f"The profile is not used as it is: {refused}"])

    def _wait_for_turn(self, job: int) -> None:
        """Wait until every message kept before this job was posted has been acted upon.

        Reading is what takes long, and many do it at once; acting keeps the order of the mail.
        """
        until = time.monotonic() + _FOR_ITS_TURN
        while True:
            with self.house.database.reading() as conn:
                if work.is_first(conn, work.READ, job):
                    return
            if self.stopping.is_set() or time.monotonic() > until:
                raise NotYet
            time.sleep(_A_GLANCE)

    def _must_be_well(self, worked: Worked) -> None:
        self._say(worked.problems)
        if worked.problems:
            raise LookAgain

    def _say(self, problems: Sequence[str]) -> None:
        """Each problem once an hour."""
        now = time.monotonic()
        for one in problems:
            if now - self._told.get(one, -_AN_HOUR) >= _AN_HOUR:
                self._told[one] = now
                self.tell(one)
