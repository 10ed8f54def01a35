"""Accept a message: its bytes are safe and its row is there before its source is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.errors import StoreUnavailable
from correspondence.store import messages
from correspondence.store.messages import Delivery

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.postroom.base import Arrival, Mailbox


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that is safely kept; `new` is false where an earlier run had kept it already.

    `not_settled` says why its source could not be told; the message then comes once more, and is
    known.
    """

    message: int
    new: bool
    not_settled: str = ""


def accept(
    house: OpenOffice, mailbox: Mailbox, arrival: Arrival, *, now: datetime, actor: Actor
) -> Accepted:
    """Keep a message for good, then tell its source.

    First the bytes, then one transaction with the row and its first event, then the source. A
    crash in between repeats work and loses nothing. Raises StoreUnavailable where the bytes or the
    row cannot be kept; the source then still has the message.
    """
    sha256 = house.documents.keep(arrival.raw)
    delivery = Delivery(
        source_key=arrival.source_key,
        mailbox=arrival.mailbox,
        source_name=arrival.name,
        sha256=sha256,
        size=len(arrival.raw),
        file_time=arrival.server_received_at or arrival.file_time,
    )
    with house.database.writing() as conn:
        kept = messages.keep_delivery(
            conn, delivery, now, by=actor.name, os_account=actor.os_account
        )
    try:
        mailbox.settle(arrival)
        with house.database.writing() as conn:
            messages.settled(conn, kept.id, now)
    except StoreUnavailable as not_told:
        return Accepted(kept.id, kept.new, not_settled=str(not_told))
    return Accepted(kept.id, kept.new)
