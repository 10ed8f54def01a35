"""Many machines: jobs in PostgreSQL, kept by procrastinate, and any number of workers.

A job says which rows to look at; the rows are the truth, and `bench` looks at them.

    post ──► messages kept ──► read, acted upon in their order ──► draft ──► … a person … ──► send
    every minute: rows that no job is for, deadlines; every few seconds: mail, what is due, the lost
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

import procrastinate
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from correspondence.jobs.bench import LookAgain, NotYet
from correspondence.store import work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from procrastinate import App, JobContext
    from procrastinate.jobs import Job

    from correspondence.jobs.bench import Bench

LOST_AFTER: Final = 30.0
"""Seconds after which the jobs of a worker that says nothing are given to another."""

_MOST_TRIES: Final = 8
_A_PAUSE: Final = 3.0  # seconds until a database that went away is tried again
_A_LOOK: Final = 1.0  # seconds between two looks at the clock
_A_STEP: Final = 20.0  # seconds by which a clock is not out unless it was set

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

    A database that goes away is waited for. Where the clock was set, or all stood still, the times
    of the scans are counted anew: procrastinate would hold none until a clock that was set back has
    come as far again, and one for each time that was missed.
    """
    _quiet()
    while not bench.stopping.is_set():
        why = "The worker was taken for lost, or a part of it stopped,"
        try:
            if asyncio.run(_work(bench, queues or work.QUEUES, concurrency, lost_after)):
                why = "The clock of this machine was set, or the worker stood still; it"
        except (ConnectorException, OSError) as error:
            lost = type(error.__cause__ or error).__name__
            why = f"The worker lost its hold on the database ({lost})"
        if not bench.stopping.is_set():
            bench.tell(f"{why} and begins anew.")
            bench.stopping.wait(_A_PAUSE)


async def _work(bench: Bench, queues: Sequence[str], concurrency: int, lost_after: float) -> bool:
    """Work until told to stop, or until the clock was set: true for that."""
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(concurrency + 1, thread_name_prefix="job"))
    app = app_of(bench, connections=concurrency + 7, lost_after=lost_after)
    async with app.open_async():
        hands = [
            asyncio.ensure_future(
                app.run_worker_async(
                    queues=list(some),  # psycopg makes an array of a list alone
                    concurrency=jobs,
                    install_signal_handlers=False,
                    delete_jobs="successful",
                    update_heartbeat_interval=lost_after / 3,
                    stalled_worker_timeout=lost_after,
                    fetch_job_polling_interval=2.0,
                )
            )
            for some, jobs in _hands(queues, concurrency)
        ]
        working = asyncio.ensure_future(_together(hands))

        def stop() -> None:
            bench.stopping.set()
            working.cancel()

        for told in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(told, stop)
        watching = asyncio.ensure_future(_the_clock_is_set())
        watching.add_done_callback(lambda _done: working.cancel())
        with contextlib.suppress(asyncio.CancelledError):
            await working
        was_set = watching.done()
        watching.cancel()
        return was_set


def _hands(queues: Sequence[str], concurrency: int) -> tuple[tuple[Sequence[str], int], ...]:
    """Which queues are worked off by how many jobs at a time.

    One hand is for letters and alerts alone, so that they never wait for a job of a flood to end.
    """
    if work.SEND.queue not in queues:
        return ((queues, concurrency),)
    return ((queues, concurrency), ((work.SEND.queue,), 1))


async def _together(hands: Sequence[asyncio.Future[None]]) -> None:
    """Until one of them ends, or all are told to; then all end. Raises what went wrong with one."""
    try:
        await asyncio.wait(hands, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in hands:
            one.cancel()
        ended = await asyncio.gather(*hands, return_exceptions=True)
    for came_to in ended:
        if isinstance(came_to, Exception):
            raise came_to


async def _the_clock_is_set() -> None:
    """Wait until the clock goes by far more or less than the time that passes, as after a step."""
    while True:
        before = time.time()
        await asyncio.sleep(_A_LOOK)
        if abs(time.time() - before - _A_LOOK) > _A_STEP:
            return


def _quiet() -> None:
    """What procrastinate logs of a fault may repeat what is in a row; we tell it ourselves."""
    if os.environ.get("CORRESPONDENCE_DEBUG"):
        logging.basicConfig()
        return
    for name in ("procrastinate", "psycopg.pool", "asyncio"):
        logger = logging.getLogger(name)
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
