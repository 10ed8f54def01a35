"""`worker`: one more worker beside others, on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from correspondence.cli.output import AsJson, print_json, tell

if TYPE_CHECKING:
    from pathlib import Path

LOST_AFTER = 30.0


def worker(
    context: typer.Context,
    queues: Annotated[
        str,
        typer.Option(
            help="Which queues, with commas between: send, post, read, draft, scan.",
            show_default="all of them",
            envvar="CORRESPONDENCE_WORKER_QUEUES",
        ),
    ] = "",
    concurrency: Annotated[
        int,
        typer.Option(
            min=1,
            max=32,
            help="Jobs at a time, and processes that make letters.",
            envvar="CORRESPONDENCE_WORKER_CONCURRENCY",
        ),
    ] = 2,
    lost_after: Annotated[
        float,
        typer.Option(
            min=3,
            max=3600,
            help="Seconds after which a silent worker's jobs go to another.",
            envvar="CORRESPONDENCE_WORKER_LOST_AFTER",
        ),
    ] = LOST_AFTER,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help="Start nothing: say whether the office is ready and its work is being done "
            "(status 1 where not), as a container's health check asks.",
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Work off what is to be done, beside other workers on this machine and on others.

    They share the office's database, which must be PostgreSQL, and its folder of documents.
    Once, before the first one starts: correspondence database workers. Jobs under way are finished
    when it is told to stop; what is not begun stays for the others.
    """
    if check:
        _check(context.obj, as_json=as_json)
    from correspondence.casework.acting import ourselves
    from correspondence.casework.open_office import open_office
    from correspondence.casework.operating.caseload import bring_up
    from correspondence.casework.operating.sound import must_be_sound
    from correspondence.letters.pool import LetterPress
    from correspondence.postroom.imap.idle import listening
    from correspondence.postroom.mailboxes import mailboxes_of
    from correspondence.store.work import QUEUES, TAKE_IN, must_be_prepared

    chosen = _queues(queues, QUEUES)
    with open_office(context.obj) as house, LetterPress(concurrency) as press:
        must_be_prepared(house.database)
        must_be_sound(house)
        bring_up(house, now=datetime.now(UTC))
        from correspondence.jobs.bench import Bench
        from correspondence.jobs.distributed import run_worker

        mailboxes = mailboxes_of(house.office)
        bench = Bench(house, mailboxes, press, lambda: datetime.now(UTC), ourselves(), tell)
        where = ", ".join(chosen) or "all queues"
        tell(f"Working on {where} of {house.database.place}. Stop with Ctrl+C.")
        takes_in = not chosen or TAKE_IN.queue in chosen
        named = house.settings.mailboxes if takes_in else ()
        try:
            with listening(mailboxes, named, bench.woken):
                run_worker(bench, queues=chosen, concurrency=concurrency, lost_after=lost_after)
        finally:
            for mailbox in mailboxes:
                mailbox.close()
    tell("Stopped.")


def _check(folder: Path, *, as_json: bool) -> NoReturn:
    """Say of every part of the office whether it is ready; nothing is changed, nor migrated."""
    from contextlib import closing

    from correspondence.casework.operating.readiness import document, parts_of
    from correspondence.settings import open_office
    from correspondence.store.database import open_database

    office = open_office(folder)
    with closing(open_database(office.database_url)) as database:
        parts = parts_of(office, database, now=datetime.now(UTC))
    if as_json:
        print_json(document(parts))
    else:
        for one in parts:
            tell(f"{'Ready' if one.ready else 'NOT READY'}: {one.part}. {one.says}")
    raise typer.Exit(0 if all(one.ready for one in parts) else 1)


def _queues(said: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The queues that were asked for. Raises WrongUse."""
    from correspondence.errors import WrongUse

    chosen = tuple(dict.fromkeys(one.strip() for one in said.split(",") if one.strip()))
    if unknown := [one for one in chosen if one not in known]:
        raise WrongUse(f"There is no queue {unknown[0]!r}; the queues are {', '.join(known)}.")
    return chosen
