"""How mail comes and goes: what is held back for a while, and by what."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from correspondence.casework.doctor.finding import Finding, warn
from correspondence.casework.doctor.record import is_ready
from correspondence.casework.open_office import OpenOffice
from correspondence.casework.sending import pause
from correspondence.handling_code.london import in_london
from correspondence.store import signs
from correspondence.store.database import open_database
from correspondence.store.documents import open_documents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from correspondence.settings import Office

_LATELY: Final = timedelta(days=1)


def sending(office: Office, now: datetime) -> Iterator[Finding]:
    """Those to whom no letters are given, since they failed over several."""
    with closing(open_database(office.database_url)) as opened:
        if not is_ready(office, opened):
            return
        house = OpenOffice(office, opened, open_documents(office))
        for row in pause.all_standing(house, now=now):
            yield warn("sending", pause.sentence(row), "correspondence mailbox test")


def held_back(office: Office, now: datetime) -> Iterator[Finding]:
    """The mailboxes that had more, within a day, than they may hand over at once."""
    with closing(open_database(office.database_url)) as opened:
        if not is_ready(office, opened):
            return
        with opened.reading() as conn:
            known = signs.known(conn)
    for name in ("inbox", *(one.name for one in office.settings.mailboxes)):
        sign = known.get(signs.of_limit(name))
        if sign is not None and now - sign.at < _LATELY:
            yield warn(
                "mailboxes",
                f"{name} had more mail than it may hand over at once, last at "
                f"{in_london(sign.at):%H:%M on %d %B}.",
                "Look whether it is flooded. If so much is usual, raise its most_per_look or "
                "requests_per_minute.",
            )
