"""Room on the disk of what is kept: mail is taken in only while enough of it stays free.

A disk that is full stops everything: approvals, letters, the pages. So mail stops first, and stays
in the mailbox, where it is safe and where it is taken from once there is room again. What is left
is for the people who work meanwhile. Somebody is told once a day (`[alerts] to`).
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from correspondence.casework.drafting.draft import new_message_id
from correspondence.casework.following.alarm import send_notice
from correspondence.errors import CorrespondenceError
from correspondence.handling_code.london import day_in_london
from correspondence.store import signs

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.casework.open_office import OpenOffice
    from correspondence.settings import Office

MEGABYTE: Final = 1_000_000
_AGAIN: Final = timedelta(days=1)
_PATIENCE: Final = timedelta(minutes=15)  # with a mail server that did not take it


def free(office: Office) -> int:
    """Bytes that are free to this account on the disk of what is kept. Raises OSError."""
    return shutil.disk_usage(office.data).free


def lacking(office: Office) -> str:
    """Why no mail is taken in, as a sentence; empty where there is room, or no limit."""
    least = office.settings.watch.least_free_mb
    try:
        left = free(office)
    except OSError as gone:
        return f"{office.data} cannot be looked at ({gone.strerror}), so no mail is taken in."
    if left >= least * MEGABYTE:
        return ""
    return (
        f"Less than {least:,} MB are free on the disk of {office.data} ([watch] least_free_mb), "
        "so no mail is taken in. It waits in the mailbox, unharmed; the Code's days count from its "
        "arrival all the same. Make room, and it is taken in by itself."
    )


def tell(house: OpenOffice, lack: str, *, now: datetime) -> str:
    """Have somebody told by e-mail that there is no room, once a day; what went wrong, or empty.

    `lack` is the sentence of `lacking`, empty where there is room again. Raises StoreUnavailable.
    """
    with house.database.reading() as conn:
        sign = signs.known(conn).get(signs.ROOM)
    if not lack:
        if sign is not None:
            with house.database.writing() as conn:
                signs.forget(conn, signs.ROOM)
        return ""
    tried = sign is not None and abs(now - sign.at) < (_AGAIN if sign.well else _PATIENCE)
    if tried or not house.settings.alerts.to:
        return ""
    try:
        problem = send_notice(
            house,
            to=house.settings.alerts.to,
            name=f"no-room-{day_in_london(now)}.eml",
            subject="No mail is taken in: the disk is nearly full",
            text=lack,
            message_id=new_message_id(house),
            date=now,
        )
    except (CorrespondenceError, ValueError) as error:
        problem = str(error)
    with house.database.writing() as conn:
        signs.give(conn, {signs.ROOM: not problem}, now)
    if problem:
        return f"Nobody could be told by e-mail that no mail is taken in: {problem}"
    return ""
