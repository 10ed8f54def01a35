"""`run`: the main job. Sweeps the inbox, reads, opens or joins cases, drafts letters."""

from __future__ import annotations

import contextlib
import signal
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from correspondence.cli.output import AsJson, print_json, print_table, tell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from correspondence.casework.open_office import OpenOffice
    from correspondence.jobs.in_process import InProcess, Progress, Worked
    from correspondence.postroom.folder import DropFolder


def run(
    context: typer.Context,
    once: Annotated[
        bool, typer.Option("--once", help="Work off all that is there, then end.")
    ] = False,
    workers: Annotated[
        int, typer.Option(min=0, max=64, help="Processes that make letters; 0 for none beside.")
    ] = 1,
    as_json: AsJson = False,
) -> None:
    """Read the mail, open cases, draft the letters that are owed.

    Without --once it goes on until it is stopped, waking when mail arrives.
    """
    from correspondence.casework.acting import ourselves
    from correspondence.casework.open_office import open_office
    from correspondence.jobs.in_process import InProcess
    from correspondence.letters.pool import LetterPress
    from correspondence.store.claim import claimed

    folder: Path = context.obj
    with (
        open_office(folder) as house,
        claimed(house.office.data),
        LetterPress(workers) as press,
        _progress_bar(shown=once and sys.stderr.isatty()) as progress,
    ):
        job = InProcess(
            house, _drop_folder(house), press, lambda: datetime.now(UTC), ourselves(), progress
        )
        if once:
            worked = job.work_off()
        else:
            _watch(job, house)
            return
    _report(worked, as_json=as_json)
    raise typer.Exit(1 if worked.has_findings else 0)


def _drop_folder(house: OpenOffice) -> DropFolder:
    from correspondence.postroom.folder import DropFolder

    office = house.office
    with contextlib.suppress(OSError):  # an inbox that is not there is told of, and never made
        office.processed.mkdir(exist_ok=True)
    return DropFolder(
        office.inbox,
        office.processed,
        mailbox="inbox",
        settle_seconds=house.settings.inbox.settle_seconds,
        empty_hold_seconds=house.settings.inbox.empty_hold_seconds,
    )


def _watch(job: InProcess, house: OpenOffice) -> None:
    """Sweep, wait until the folder stirs or the next sweep is due, and so on until told to stop."""
    from correspondence.postroom.wake import Wake

    wake = Wake(house.office.inbox)
    stopping = False

    def stop(_signal: int, _frame: object) -> None:
        nonlocal stopping
        stopping = True
        wake.now()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    tell(f"Watching {house.office.inbox}. Stop with Ctrl+C.")
    settle, sweep = house.settings.inbox.settle_seconds, house.settings.inbox.sweep_seconds
    try:
        while not stopping:
            worked = job.work_off(patient=False)
            if worked.received or worked.problems:
                tell(_in_a_sentence(worked))
            settling = any(one.may_settle for one in worked.left_alone)
            wake.wait(settle if settling else sweep)
    finally:
        wake.stop()


def _report(worked: Worked, *, as_json: bool) -> None:
    for one in worked.left_alone:
        tell(f"Left in the inbox: {one.name}, because {one.because}.")
    for problem in worked.problems:
        tell(problem)
    if as_json:
        print_json(worked.document())
        return
    counts = worked.document()
    print_table(
        "What happened",
        ["", "Messages"],
        [
            (label, counts[key])
            for key, label in (
                ("received", "received"),
                ("opened", "became a case"),
                ("joined", "were put with a case"),
                ("recorded", "were put in the register"),
                ("duplicates", "had come before"),
                ("failed", "could not be kept"),
                ("needs_person", "need a person"),
                ("letters_drafted", "letters drafted"),
            )
        ],
    )


def _in_a_sentence(worked: Worked) -> str:
    return (
        f"{datetime.now(UTC):%H:%M:%S} UTC  {worked.received} received: {worked.opened} opened, "
        f"{worked.joined} joined, {worked.recorded} recorded, {worked.duplicates} duplicates, "
        f"{worked.failed} failed; {worked.letters_drafted} letters drafted, "
        f"{worked.needs_person} need a person."
    )


@contextlib.contextmanager
def _progress_bar(*, shown: bool) -> Iterator[Progress]:
    """A bar on the terminal for work that takes longer than two seconds; nothing elsewhere."""
    if not shown:
        yield lambda _what, _count: None
        return
    import time

    from rich.console import Console
    from rich.progress import Progress as Bar

    began = time.monotonic()
    bar = Bar(console=Console(stderr=True), transient=True)
    tasks: dict[str, tuple[object, int]] = {}
    started = False

    def told(what: str, count: int) -> None:
        nonlocal started
        if what not in tasks:
            tasks[what] = (bar.add_task(what, total=count or None), 0)
            return
        task, done = tasks[what]
        tasks[what] = (task, done + count)
        if not started and time.monotonic() - began > 2:
            bar.start()
            started = True
        bar.update(task, advance=count)  # type: ignore[arg-type]

    try:
        yield told
    finally:
        if started:
            bar.stop()
