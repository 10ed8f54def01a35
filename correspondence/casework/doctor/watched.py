"""Whether anybody looks into the mailboxes and at the deadlines: a run, or workers."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from correspondence.casework.doctor.finding import Finding, ok, warn
from correspondence.store import signs
from correspondence.store.database import is_current, open_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from correspondence.settings import Office

_LATELY: Final = timedelta(hours=1)
"""Longer than /readyz allows: `doctor` is asked by a person, perhaps between two runs."""


def looked_at(office: Office, now: datetime) -> Iterator[Finding]:
    """What was looked at once, is looked at still, and went well the last time."""
    with closing(open_database(office.database_url)) as opened:
        if not is_current(opened):
            return
        with opened.reading() as conn:
            known = signs.known(conn)
    named = {signs.of_mailbox(one) for one in ("inbox", *_names(office))} | {signs.DEADLINES}
    well = True
    for what in sorted(named & known.keys()):
        sign, called = known[what], what.replace("mailbox:", "the mailbox ")
        if now - sign.at > _LATELY:
            well = False
            yield warn(
                "work in progress",
                f"Nobody has looked at {called} since {sign.at:%d %B %Y, %H:%M} UTC.",
                "Start `correspondence run`, or a worker, and see that it is started with the "
                "machine (deploy/systemd).",
            )
        elif not sign.well:
            well = False
            yield warn(
                "work in progress",
                f"When {called} was looked at last, not all went well.",
                "See what the run or worker says, or: correspondence run --once",
            )
    if well:
        said = "looked at lately" if known else "not looked at yet"
        yield ok("work in progress", f"Mailboxes and deadlines were {said}.")


def _names(office: Office) -> tuple[str, ...]:
    return tuple(one.name for one in office.settings.mailboxes)
