"""`run`: the main job. Sweeps the mailboxes, reads, opens or joins cases, drafts letters."""

from __future__ import annotations

import contextlib
import signal
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from correspondence.cli.output import AsJson, print_json, print_table, tell
from correspondence.cli.serve_command import PORT, Port, opened, where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from correspondence.casework.open_office import OpenOffice
    from correspondence.jobs.in_process import InProcess, Progress, Worked
    from correspondence.letters.pool import LetterPress

_AN_HOUR = 3600.0
_WATCHED_FROM_THE_START = ("inbox", "mailboxes", "outbox", "storage", "database")


def run(
    context: typer.Context,
    once: Annotated[
        bool, typer.Option("--once", help="Work off all that is there, then end.")
    ] = False,
    workers: Annotated[
        int,
        typer.Option(
            min=0,
            max=64,
            help="Processes that make letters; 0 for none beside.",
            envvar="CORRESPONDENCE_RUN_WORKERS",
        ),
    ] = 1,
    web: Annotated[
        bool, typer.Option("--web", help="Serve the pages too, for this machine.")
    ] = False,
    port: Port = PORT,
    as_json: AsJson = False,
) -> None:
    """Read the mail, open cases, draft the letters that are owed.

    Without --once it goes on until it is stopped, waking when mail arrives. Where the profile says
    whom to alert, it ends with status 1 as long as an alert has been seen by nobody.
    """
    from correspondence.casework.acting import ourselves
    from correspondence.casework.open_office import open_office
    from correspondence.casework.operating.caseload import bring_up
    from correspondence.casework.operating.sound import must_be_sound
    from correspondence.errors import WrongUse
    from correspondence.jobs.in_process import InProcess
    from correspondence.letters.pool import LetterPress
    from correspondence.postroom.mailboxes import mailboxes_of
    from correspondence.store.claim import claimed

    if web and once:
        raise WrongUse("--once ends when the work is done, so it serves no pages; leave out --web.")
    folder: Path = context.obj
    with (
        open_office(folder) as house,
        claimed(house.office.data, house.office.inbox, house.office.outbox),
        LetterPress(workers) as press,
        _progress_bar(shown=once and sys.stderr.isatty()) as progress,
    ):
        must_be_sound(house)
        bring_up(house, now=datetime.now(UTC))
        mailboxes = mailboxes_of(house.office)
        job = InProcess(house, mailboxes, press, lambda: datetime.now(UTC), ourselves(), progress)
        try:
            if once:
                worked = job.work_off()
                worked.problems += _compared(job, house)
            else:
                with _pages(house, press, port) if web else contextlib.nullcontext():
                    _watch(job, house)
                return
        finally:
            for mailbox in mailboxes:
                mailbox.close()
    _report(worked, as_json=as_json)
    raise typer.Exit(1 if worked.has_findings else 0)


@contextlib.contextmanager
def _pages(house: OpenOffice, press: LetterPress, port: int) -> Iterator[None]:
    """The pages of the office, served to this machine while the mail is watched."""
    from correspondence.web.server import in_a_thread

    server = opened(house, press, "127.0.0.1", port)
    thread = in_a_thread(
        server,
        failed=lambda fault: tell(
            f"The pages have stopped ({type(fault).__name__}); the mail goes on. Start `run` again."
        ),
    )
    tell(where(house, "127.0.0.1", server))
    try:
        yield
    finally:
        server.stop()
        thread.join()


def _watch(job: InProcess, house: OpenOffice) -> None:
    """Sweep, wait until a mailbox stirs or the next sweep is due, and so on until told to stop."""
    from correspondence.casework.following import flood
    from correspondence.casework.profile import stamp_of
    from correspondence.postroom.imap.idle import listening
    from correspondence.postroom.wake import Wake

    wake = Wake(house.office.inbox)
    told: dict[str, float] = {}
    profile = stamp_of(house.office.profile)
    stopping = False

    def stop(_signal: int, _frame: object) -> None:
        nonlocal stopping
        stopping = True
        wake.now()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    others = "".join(f" and {one.name}" for one in house.settings.mailboxes)
    tell(f"Watching {house.office.inbox}{others}. Stop with Ctrl+C.")
    settle, sweep = house.settings.inbox.settle_seconds, house.settings.inbox.sweep_seconds
    try:
        with listening(job.mailboxes, house.settings.mailboxes, wake.now):
            while not stopping:
                profile = _take_up_profile(job, profile, told)
                worked = job.work_off(patient=False)
                worked.problems += _compared(job, house)
                held = [flood.sentence(worked.flood)] if worked.flood else []
                sentences = [*held, *(one.sentence() for one in worked.alerts)]
                sentences += [one.because for one in worked.held_back]
                fresh = _not_told_lately([*sentences, *worked.problems], told)
                if worked.received > worked.failed or fresh:
                    tell(_in_a_sentence(worked))
                for problem in fresh:
                    tell(problem)
                settling = any(one.may_settle for one in worked.left_alone)
                pause, sooner = settle if settling else sweep, worked.more_after
                wake.wait(pause if sooner is None else min(pause, sooner))
    finally:
        wake.stop()


def _compared(job: InProcess, house: OpenOffice) -> list[str]:
    """Once a day the mailboxes are held against the record; what asks for a person."""
    from correspondence.casework.sending import reconcile
    from correspondence.errors import StoreUnavailable

    now = datetime.now(UTC)
    try:
        if not reconcile.is_due(house, now=now):
            return []
        said = reconcile.sentence(reconcile.reconcile(house, job.mailboxes, now=now))
    except StoreUnavailable:
        return []  # the run itself has said so, and the next compares
    return [said] if said else []


def _take_up_profile(
    job: InProcess, seen: tuple[int, int], told: dict[str, float]
) -> tuple[int, int]:
    """Go by the profile as it is now, where only a new start does not; as which it was seen."""
    from correspondence.casework.profile import stamp_of, taken_up
    from correspondence.errors import CorrespondenceError

    now = stamp_of(job.house.office.profile)
    if now == seen:
        return seen
    try:
        fresh = taken_up(job.house)
    except CorrespondenceError as refused:
        for problem in _not_told_lately([f"The profile is not used as it is: {refused}"], told):
            tell(problem)
        return now
    before = job.house.settings
    if any(getattr(fresh.settings, one) != getattr(before, one) for one in _WATCHED_FROM_THE_START):
        tell("The profile names other mailboxes or folders: start `run` again to go by it.")
    elif fresh.settings != before:
        job.house = fresh
        tell("The profile was changed; it holds from now on.")
    return now


def _not_told_lately(problems: Sequence[str], told: dict[str, float]) -> list[str]:
    """The problems that were not told within the last hour; `told` is brought up to date."""
    now = time.monotonic()
    fresh = [one for one in problems if now - told.get(one, -_AN_HOUR) >= _AN_HOUR]
    told.update(dict.fromkeys(fresh, now))
    return fresh


def _report(worked: Worked, *, as_json: bool) -> None:
    from correspondence.casework.following import flood

    if worked.flood:
        tell(flood.sentence(worked.flood))
    for one in worked.left_alone:
        tell(
            f"Left in the inbox: {one.name}, because {one.because}.",
            logged=f"A file was left in the inbox, because {one.because}.",
        )
    for problem in worked.problems:
        tell(problem)
    for alert in worked.alerts:
        tell(alert.sentence())
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
