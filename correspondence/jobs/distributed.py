"""Many machines: jobs in PostgreSQL, kept by procrastinate, and any number of workers.

A job says which rows to look at, and the functions that look are those of a single run. Whatever
is done twice finds, the second time, that there is nothing left to do: a job may be lost, doubled
or given to another worker while the first one stands still.

    post ──► messages kept ──► read, acted upon in their order ──► draft ──► … a person … ──► send
    every minute: rows that no job is for, deadlines; every few seconds: mail, what is due, the lost
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import procrastinate
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from correspondence.casework.draft import is_owed, owed_acknowledgements
from correspondence.casework.leave import due
from correspondence.casework.profile import stamp_of, taken_up
from correspondence.errors import CorrespondenceError
from correspondence.jobs.in_process import InProcess, Worked
from correspondence.store import messages, work

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from procrastinate import App, JobContext
    from procrastinate.jobs import Job

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.letters.pool import LetterPress
    from correspondence.postroom.base import Mailbox

LOST_AFTER: Final = 30.0
"""Seconds after which the jobs of a worker that says nothing are given to another."""

_FOR_ITS_TURN: Final = 15.0  # seconds a job waits for those before it; longer, and it is put back
_OVERLOOKED: Final = timedelta(minutes=1)  # how long a message may be kept without a job for it
_MOST_TRIES: Final = 8
_A_PAUSE: Final = 3.0  # seconds until a database that went away is tried again
_AN_HOUR: Final = 3600.0

# croniter's sixth field is seconds.
_OFTEN: Final = "* * * * * */10"
_EVERY_MINUTE: Final = "* * * * *"
_EVERY_HOUR: Final = "7 * * * *"
_WHEN: Final = {
    work.TAKE_IN: _OFTEN,
    work.CARRY_ON: _OFTEN,
    work.SWEEP: _EVERY_MINUTE,
    work.KEEP_DEADLINES: _EVERY_MINUTE,
}


class NotYet(Exception):
    """What must come before a job is not done; it is put back, and looked at again soon."""


class LookAgain(Exception):
    """Something went wrong with rows of a job, and was told; it is tried again later."""


class Patience(BaseRetryStrategy):
    """When a job is tried again: soon where it waits for others, else after ever longer pauses.

    One that failed for good is forgotten after an hour, and its rows are found by the sweep.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """After how many seconds, or None."""
        if isinstance(exception, NotYet):
            return RetryDecision(retry_in={"seconds": 1})
        if job.attempts >= _MOST_TRIES:
            return None
        return RetryDecision(retry_in={"seconds": 2 ** min(job.attempts + 1, 9)})


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
            owed = [reference for reference in rows if is_owed(conn, reference)]
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
        """Keep what is in the mailboxes."""
        worked = Worked()
        self._run().take_in(worked, patient=False)
        self._say(worked.problems)

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
            kept = messages.kept_before(conn, now - _OVERLOOKED)
            work.post(conn, work.at_messages(one for one in kept if one not in known.messages))
            owed = (one for one in owed_acknowledgements(conn) if one not in known.cases)
            work.post(conn, [work.at_case(reference) for reference in owed])
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
            time.sleep(0.05)

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


def app_of(bench: Bench, *, connections: int, lost_after: float = LOST_AFTER) -> App:
    """The jobs there are, bound to a worker's bench."""
    url = bench.house.database.engine.url.set(drivername="postgresql")
    app = procrastinate.App(
        connector=procrastinate.PsycopgConnector(
            conninfo=url.render_as_string(hide_password=False),
            min_size=1,
            max_size=connections,
            kwargs={"application_name": "correspondence worker"},
        )
    )
    looks: dict[work.Kind, Callable[[int, Any], None]] = {
        work.READ: bench.read,
        work.DRAFT: bench.draft,
        work.SEND: bench.send,
        work.TELL: bench.warn,
        work.TAKE_IN: bench.take_in,
        work.CARRY_ON: bench.carry_on,
        work.SWEEP: bench.sweep,
        work.KEEP_DEADLINES: bench.keep_deadlines,
    }
    for kind, look in looks.items():
        task = app.task(
            name=kind.name,
            queue=kind.queue,
            priority=kind.priority,
            pass_context=True,
            retry=False if kind in _WHEN else Patience(),
        )(_looking(bench, kind, look))
        if kind in _WHEN:
            _at_times(app, kind, task, _WHEN[kind])
    _add_rescue(app, lost_after)
    return app


def _at_times(app: App, kind: work.Kind, task: Any, cron: str) -> None:
    """Done at these times by one worker, never while the one before is still under way."""
    # But for the rescue: the lock of one that died would keep every later one waiting for it.
    lock = None if kind is work.RESCUE else kind.name
    app.periodic(
        cron=cron,
        queue=kind.queue,
        priority=kind.priority,
        lock=lock,
        queueing_lock=kind.name,
    )(task)


def _looking(
    bench: Bench, kind: work.Kind, look: Callable[[int, Any], None]
) -> Callable[..., None]:
    def job(
        context: JobContext, rows: Sequence[int | str] = (), timestamp: int | None = None
    ) -> None:
        del timestamp  # when a scan was due; it looks at what there is now
        try:
            look(context.job.id or 0, rows)
        except (NotYet, LookAgain):
            raise
        except Exception as fault:
            bench.failed(kind.name, rows, fault)
            raise

    return job


def _add_rescue(app: App, lost_after: float) -> None:
    """Jobs of workers that are gone go to others; finished ones that failed are forgotten."""

    async def rescue(context: JobContext, timestamp: int) -> None:
        del timestamp
        manager = context.app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=lost_after):
            with contextlib.suppress(ConnectorException):  # somebody finished it meanwhile
                if job.queueing_lock:  # a scan: another one comes
                    await manager.finish_job(job, Status.ABORTED, delete_job=True)
                else:
                    await manager.retry_job(job)
        await manager.prune_stalled_workers(lost_after)

    async def forget(context: JobContext, timestamp: int) -> None:
        del timestamp
        await context.app.job_manager.delete_old_jobs(
            nb_hours=1, include_failed=True, include_cancelled=True, include_aborted=True
        )

    forgetting = work.Kind("forget", work.RESCUE.queue, work.KEEP_DEADLINES.priority)
    for kind, job, cron in (
        (work.RESCUE, rescue, _OFTEN),
        (forgetting, forget, _EVERY_HOUR),
    ):
        task = app.task(
            name=kind.name, queue=kind.queue, priority=kind.priority, pass_context=True
        )(job)
        _at_times(app, kind, task, cron)


def run_worker(
    bench: Bench, *, queues: Sequence[str], concurrency: int, lost_after: float = LOST_AFTER
) -> None:
    """Work until told to stop (SIGTERM, Ctrl+C); jobs under way are finished first.

    A database that goes away is waited for.
    """
    _quiet()
    while not bench.stopping.is_set():
        why = "it was taken for lost, or a part of it stopped"
        try:
            asyncio.run(_work(bench, queues or work.QUEUES, concurrency, lost_after))
        except (ConnectorException, OSError) as error:
            why = type(error.__cause__ or error).__name__
        if not bench.stopping.is_set():
            bench.tell(f"The worker lost its hold on the database ({why}) and begins anew.")
            bench.stopping.wait(_A_PAUSE)


async def _work(bench: Bench, queues: Sequence[str], concurrency: int, lost_after: float) -> None:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(concurrency, thread_name_prefix="job"))
    app = app_of(bench, connections=concurrency + 4, lost_after=lost_after)
    async with app.open_async():
        working = asyncio.ensure_future(
            app.run_worker_async(
                queues=list(queues),  # psycopg makes an array of a list alone
                concurrency=concurrency,
                install_signal_handlers=False,
                delete_jobs="successful",
                update_heartbeat_interval=lost_after / 3,
                stalled_worker_timeout=lost_after,
                fetch_job_polling_interval=2.0,
            )
        )

        def stop() -> None:
            bench.stopping.set()
            working.cancel()

        for told in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(told, stop)
        with contextlib.suppress(asyncio.CancelledError):
            await working


def _quiet() -> None:
    """What procrastinate logs of a fault may repeat what is in a row; we tell it ourselves."""
    if os.environ.get("CORRESPONDENCE_DEBUG"):
        logging.basicConfig()
        return
    for name in ("procrastinate", "psycopg.pool", "asyncio"):
        logger = logging.getLogger(name)
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
