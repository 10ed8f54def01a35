"""Accept messages: their bytes are safe and their rows are there before a source is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.errors import StoreUnavailable
from correspondence.store import messages
from correspondence.store.messages import Delivery

if TYPE_CHECKING:
    from collections.abc import Sequence
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
    accepted = accept_all(house, mailbox, [arrival], now=now, actor=actor)[0]
    if isinstance(accepted, StoreUnavailable):
        raise accepted
    return accepted


def accept_all(
    house: OpenOffice,
    mailbox: Mailbox,
    arrivals: Sequence[Arrival],
    *,
    now: datetime,
    actor: Actor,
) -> tuple[Accepted | StoreUnavailable, ...]:
    """`accept` of each, in their order: what came of it, or why its source still has it.

    The bytes of each are safe before one transaction makes all their rows, and only then is any
    source told.
    """
    outcome: dict[int, Accepted | StoreUnavailable] = {}
    delivered: dict[int, Delivery] = {}
    for place, arrival in enumerate(arrivals):
        try:
            delivered[place] = _delivery(arrival, house.documents.keep(arrival.raw))
        except StoreUnavailable as refused:
            outcome[place] = refused
    try:
        with house.database.writing() as conn:
            deliveries = list(delivered.values())
            kept = messages.keep_deliveries(
                conn, deliveries, now, by=actor.name, os_account=actor.os_account
            )
    except StoreUnavailable as refused:
        return tuple(outcome.get(place, refused) for place in range(len(arrivals)))
    by_place = dict(zip(delivered, kept, strict=True))
    settling = [(arrivals[place], one.id) for place, one in by_place.items()]
    not_told = _tell(house, mailbox, settling, now)
    for place, one in by_place.items():
        outcome[place] = Accepted(one.id, one.new, not_told.get(one.id, ""))
    return tuple(outcome[place] for place in range(len(arrivals)))


def _delivery(arrival: Arrival, sha256: str) -> Delivery:
    return Delivery(
        source_key=arrival.source_key,
        mailbox=arrival.mailbox,
        source_name=arrival.name,
        sha256=sha256,
        size=len(arrival.raw),
        file_time=arrival.server_received_at or arrival.file_time,
    )


def _tell(
    house: OpenOffice, mailbox: Mailbox, kept: Sequence[tuple[Arrival, int]], now: datetime
) -> dict[int, str]:
    """Tell the source of each message that it is kept; of those that could not be told, why."""
    numbers = {arrival.source_key: message for arrival, message in kept}
    refused = mailbox.settle_all([arrival for arrival, _ in kept])
    not_told = {numbers[key]: why for key, why in refused.items()}
    told = [message for message in numbers.values() if message not in not_told]
    try:
        with house.database.writing() as conn:
            messages.settled(conn, told, now)
    except StoreUnavailable as refused:
        not_told.update(dict.fromkeys(told, str(refused)))
    return not_told
