"""Stop giving letters to a provider that fails over one after another, and try again by and by.

A mail server that is down, or refuses our login, fails over each letter alike. After a few in a row
nothing more is given to it for a while, each time for longer; then one letter tries whether it
works. The letters stay approved meanwhile. What is wrong with one letter counts for nothing here,
and a person who sends a letter is always let try.
"""

from __future__ import annotations

from datetime import timedelta
from random import SystemRandom
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.london import in_london
from correspondence.handling_code.long_date import long_date
from correspondence.postroom.patience import Patience
from correspondence.store import sending_pauses
from correspondence.store.sending_pauses import PauseRow

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.casework.open_office import OpenOffice

AFTER: Final = 5
"""Failures in a row after which nothing more is given for a while."""

_PATIENCE: Final = Patience(first=120.0, longest=3600.0)
_PLAINLY: Final = {
    "smtp": "the mail server",
    "graph": "Exchange Online",
    "exchange": "the Exchange server",
    "notify": "GOV.UK Notify",
    "print_house": "the print house",
}


def standing(house: OpenOffice, provider: str, *, now: datetime) -> PauseRow | None:
    """The pause in which nothing is given to a provider; None where letters may go.

    One that would be longer than any is made means that the clock was set back: it is none.
    """
    with house.database.reading() as conn:
        row = sending_pauses.of_provider(conn, provider)
    return row if row is not None and _lasts(row, now) else None


def all_standing(house: OpenOffice, *, now: datetime) -> tuple[PauseRow, ...]:
    """Every provider to which nothing is given."""
    with house.database.reading() as conn:
        found = sending_pauses.all_of_them(conn)
    return tuple(row for row in found if _lasts(row, now))


def failed(house: OpenOffice, provider: str, because: str, *, now: datetime) -> None:
    """It failed, and no letter was at fault."""
    with house.database.writing() as conn:
        known = sending_pauses.of_provider(conn, provider)
        failures = 1 + (known.failures if known else 0)
        resumes_at = None
        if failures >= AFTER:
            pause = _PATIENCE.pause(failures - AFTER + 1, SystemRandom())
            resumes_at = now + timedelta(seconds=pause)
        sending_pauses.note(conn, PauseRow(provider, failures, now, resumes_at, because))


def worked(house: OpenOffice, provider: str) -> None:
    """It took a letter, or said what is wrong with one: it works."""
    with house.database.reading() as conn:
        known = sending_pauses.of_provider(conn, provider)
    if known is not None:
        with house.database.writing() as conn:
            sending_pauses.forget(conn, provider)


def sentence(row: PauseRow) -> str:
    """What happened and what to do, for whoever watches."""
    at = in_london(row.resumes_at or row.failed_at)
    who = _PLAINLY.get(row.provider, row.provider)
    return (
        f"Letters are not given to {who} until {at:%H:%M} on {long_date(at.date())}: it failed "
        f"{row.failures} times in a row, last because: {row.because} They stay approved and go by "
        "themselves once it works; correspondence mailbox test says what is wrong."
    )


def _lasts(row: PauseRow, now: datetime) -> bool:
    if row.resumes_at is None:
        return False
    return now < row.resumes_at <= now + timedelta(seconds=_PATIENCE.longest)
