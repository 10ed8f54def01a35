"""A flood through the embedded default: is anything lost, and does the last message cost more?

    python -m benchmarks.measure_flood [MESSAGES] [residents|sender] [COMPLAINT_EVERY]

All messages lie in the inbox of one office when a single run begins. For each thousand of them it
says what taking in, reading and acting cost, and what the same share of the letters did: CPU
seconds of all the run's processes, and statements put to the database. The last thousand is held
against the first. Memory is what the run and its children have resident, looked at each second.
One message in COMPLAINT_EVERY is a complaint that is owed a letter; a letter costs as much as some
thirty messages, so that a flood of complaints is a matter of hours whatever else is done well.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from benchmarks import flood_mail
from benchmarks.processes import cpu_of, resident_of
from correspondence.casework.acting import ourselves
from correspondence.casework.office import init_office
from correspondence.casework.open_office import open_office
from correspondence.jobs.in_process import InProcess
from correspondence.letters.pool import LetterPress
from correspondence.postroom.mailboxes import mailboxes_of
from correspondence.store import messages

if TYPE_CHECKING:
    from correspondence.casework.open_office import OpenOffice

_WARMING: Final = 40  # messages worked off before, so that nothing measured pays for starting
_EVERY: Final = {"Taking in": 96, "Reading": 96, "Drafting": 4}  # a look at /proc costs CPU too
_FAR_OFF: Final = 10_000_000  # where their numbers begin, so that they are nobody else's


@dataclass(slots=True)
class Marks:
    """What had been spent when so many of a kind of work were done."""

    of: dict[str, list[tuple[int, float, int]]] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)
    statements: int = 0

    def told(self, what: str, count: int) -> None:
        """As a run tells how far it is; the first time of each kind only says that it begins."""
        begins = what not in self.of
        marks = self.of.setdefault(what, [])
        self.done[what] = done = 0 if begins else self.done[what] + count
        if begins or done - marks[-1][0] >= _EVERY[what]:
            marks.append((done, cpu_of(os.getpid()), self.statements))

    def count(self, *_: object) -> None:
        """One more statement."""
        self.statements += 1

    def spent(self, what: str, start: float, end: float) -> tuple[float, float]:
        """CPU seconds and statements between two shares (0 to 1) of a kind of work."""
        (cpu_a, said_a), (cpu_b, said_b) = self._at(what, start), self._at(what, end)
        return cpu_b - cpu_a, said_b - said_a

    def all_spent(self, start: float, end: float) -> tuple[float, float]:
        """The same of all kinds together."""
        cpu, said = zip(*(self.spent(what, start, end) for what in self.of), strict=True)
        return sum(cpu), sum(said)

    def _at(self, what: str, share: float) -> tuple[float, float]:
        marks = self.of[what]
        wanted = share * self.done[what]
        before = marks[0]
        for mark in marks:
            if mark[0] >= wanted:
                part = (wanted - before[0]) / ((mark[0] - before[0]) or 1)
                cpu = before[1] + part * (mark[1] - before[1])
                return cpu, before[2] + part * (mark[2] - before[2])
            before = mark
        return marks[-1][1], marks[-1][2]


class Memory(threading.Thread):
    """Megabytes resident in this process and its children, each second."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seen: list[float] = []
        self._over = threading.Event()

    def run(self) -> None:
        """Until it is told to stop."""
        while not self._over.wait(1):
            self.seen.append(resident_of(os.getpid()))

    def stop(self) -> None:
        """No more looks."""
        self._over.set()
        self.join()


def main() -> None:
    """Measure, and print a line for each thousand and the ratios."""
    said = sys.argv[1:]
    numbers = [int(one) for one in said if one.isdecimal()]
    how_many, every = [*numbers, *(3_000, flood_mail.COMPLAINT_EVERY)[len(numbers) :]][:2]
    came_from: flood_mail.From = "sender" if "sender" in said else "residents"
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder) / "office"
        now = datetime.now(UTC)
        init_office(office, user="rowan", display_name="Rowan Ellery", now=now)
        with open_office(office) as house, LetterPress(1) as press:
            run = InProcess(
                house, mailboxes_of(house.office), press, lambda: datetime.now(UTC), ourselves()
            )
            inbox, day = house.office.inbox, now - timedelta(days=2)
            flood_mail.dump(inbox, _WARMING, "residents", day - timedelta(days=1), first=_FAR_OFF)
            run.work_off()
            flood_mail.dump(inbox, how_many, came_from, day, complaint_every=every)
            _measure(house, run, how_many)


def _measure(house: OpenOffice, run: InProcess, how_many: int) -> None:
    marks, memory, say = Marks(), Memory(), sys.stdout.write
    sa.event.listen(house.database.engine, "before_cursor_execute", marks.count)
    run.progress = marks.told
    memory.start()
    worked = run.work_off()
    memory.stop()
    parts = max(2, round(how_many / 1_000))
    for part in range(parts):
        spent = (
            f"{what.lower()} {cpu:6.2f} CPU s, {said:6.0f} statements"
            for what in marks.of
            for cpu, said in [marks.spent(what, part / parts, (part + 1) / parts)]
        )
        say(f"part {part + 1:2} of {parts}: {'; '.join(spent)}\n")
    (first, first_said), (last, last_said) = (
        marks.all_spent(0, 1 / parts),
        marks.all_spent(1 - 1 / parts, 1),
    )
    with house.database.reading() as conn:
        tally = messages.tally(conn)
    lost = how_many + _WARMING - sum(tally.outcomes.values())
    say(
        f"{worked.received} messages and {worked.letters_drafted} letters in {worked.seconds:.0f} s"
        f" by the clock; lost: {lost}; problems: {len(worked.problems)}\n"
        f"the last part against the first: CPU {last / first:.2f}, "
        f"statements {last_said / first_said:.2f}\n"
        f"resident, MB, at tenths of the way: {_tenths(memory.seen)}\n"
    )


def _tenths(seen: list[float]) -> str:
    last = len(seen) - 1
    return " ".join(f"{seen[round(part * last / 10)]:.0f}" for part in range(11)) if seen else "-"


if __name__ == "__main__":
    main()
