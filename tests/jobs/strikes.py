"""Work done in a process that dies, or stands still, at a chosen step towards the disk or a server.

The steps are those after which something is different for whoever comes next: a commit, an fsync, a
rename, a line said to a mail server. They are found by putting ourselves before the functions of
Python and SQLAlchemy that take them, in the process that is to die and nowhere else; the program
itself knows nothing of it. Each step is counted just before it is taken, and what is said to a mail
server once more when it was said, so that every state a kill can leave behind is come to.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.engine.default import DefaultDialect

from tests.cli.command import say

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

_NEVER: Final = 10**9
LONG: Final = 3600.0  # seconds after which a process that should have ended is taken to hang


@dataclass(slots=True)
class _Counter:
    """Counts the steps of its own process; at the one that was chosen, does what was chosen."""

    log: Path
    at: int | None
    signal: int
    me: int
    taken: int = 0

    def step(self, what: str) -> None:
        if os.getpid() != self.me:
            return  # a process that makes letters
        self.taken += 1
        if self.at is None:
            with self.log.open("a") as log:
                log.write(f"{what}\n")
        elif self.taken == self.at:
            os.kill(os.getpid(), self.signal)


def steps_of(work: Callable[[], int], log: Path) -> list[str]:
    """The steps that this work takes when nothing befalls it, by their kind."""
    log.unlink(missing_ok=True)
    log.touch()
    process = _begun(work, log, None, 0)
    process.join(LONG)
    assert process.exitcode in {0, 1}, process.exitcode
    return log.read_text().splitlines()


def struck(work: Callable[[], int], at: int, log: Path) -> bool:
    """Do the work until just before its step of that number, counted from 1, then die.

    False where it ended before it came to that step.
    """
    process = _begun(work, log, at, signal.SIGKILL)
    process.join(LONG)
    assert process.exitcode in {0, 1, -signal.SIGKILL}, process.exitcode
    return process.exitcode == -signal.SIGKILL


def begun(work: Callable[[], int], log: Path) -> BaseProcess:
    """The work, under way in a process of its own that nothing befalls by itself."""
    return _begun(work, log, _NEVER, 0)


def stopped(work: Callable[[], int], at: int, log: Path) -> BaseProcess:
    """Begin the work in a process that stands still just before that step, until continued."""
    process = _begun(work, log, at, signal.SIGSTOP)
    assert process.pid
    while process.is_alive() and _state(process.pid) != "T":
        process.join(0.02)
    assert process.is_alive(), f"it ended before step {at}"
    return process


def command(office: Path, *arguments: str, **environment: str) -> Callable[[], int]:
    """That command as work to do."""
    return partial(_command, str(office), arguments, environment)


def _command(office: str, arguments: tuple[str, ...], environment: dict[str, str]) -> int:
    said = say(Path(office), *arguments, **environment)
    if said.status not in {0, 1}:
        os.write(2, said.err.encode())
    return said.status


def _begun(work: Callable[[], int], log: Path, at: int | None, how: int) -> BaseProcess:
    """A process of its own, forked from one that has loaded all it needs and done nothing."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.jobs.strikes", "tests.jobs.warmed"])
    process = context.Process(target=_work, args=(work, log, at, how), daemon=True)
    process.start()
    return process


def _work(work: Callable[[], int], log: Path, at: int | None, how: int) -> None:
    _count(_Counter(log, at, how, me=os.getpid()))
    os._exit(work())


def _count(counter: _Counter) -> None:
    """Come before every step of this process."""
    _before(counter, os, "fsync", "fsync")
    _before(counter, os, "rename", "rename")
    _before(counter, os, "replace", "rename")
    _before(counter, DefaultDialect, "do_commit", "commit")
    _before(counter, smtplib.SMTP, "send", "send", and_after=True)


def _before(
    counter: _Counter, where: Any, name: str, what: str, *, and_after: bool = False
) -> None:
    original = getattr(where, name)

    @wraps(original)
    def counted(*args: Any, **named: Any) -> Any:
        counter.step(what)
        result = original(*args, **named)
        if and_after:
            counter.step(f"{what}, done")
        return result

    setattr(where, name, counted)


def _state(pid: int) -> str:
    """The letter of a process's state, as in proc(5)."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
