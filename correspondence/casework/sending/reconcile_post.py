"""Hold letters by post against what those who print them say of each.

GOV.UK Notify is asked for every letter it still keeps, which are those of the last seven days. A
print house can be asked for nothing: all it ever says are its confirmations, and a letter of which
none is kept cannot be told to have been posted. Where nothing can be seen, that is said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from correspondence.casework.sending.difference import Difference
from correspondence.casework.sending.posting import KNOWN_FOR
from correspondence.errors import CorrespondenceError
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.postroom.posting import notify_post, print_house
from correspondence.store import letters, postings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from correspondence.casework.open_office import OpenOffice
    from correspondence.postroom.notify.answers import Notified
    from correspondence.store.postings import Posting

WITHIN: Final = timedelta(days=30)
"""How long ago a letter was given away, at most, that is looked at."""

_CONFIRMED_WITHIN: Final = timedelta(days=5)
_POST: Final = "post"
_AGAIN: Final = "Put that right (correspondence mailbox test), then reconcile again."
_DRAFT: Final = (
    "Ask them what became of it. If it never went, the resident was told nothing: draft another."
)


@dataclass(slots=True)
class PostCompared:
    """How many letters were given away to be printed, and of how many their printer says as much.

    `differences` names the others.
    """

    posted: int = 0
    seen: int = 0
    differences: list[Difference] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Away:
    """A letter that was given away: its posting, and how it stands on record."""

    posting: Posting
    status: str

    @property
    def id(self) -> str:
        return self.posting.letter


def compare_post(house: OpenOffice, *, now: datetime) -> PostCompared:
    """Compare, and change nothing. What cannot be looked at is itself listed."""
    away = _given_away(house, now)
    found = PostCompared(posted=len(away))
    by_notify = [one for one in away if one.posting.way == "notify"]
    by_house = [one for one in away if one.posting.way == "print_house"]
    for some, compare in ((by_notify, _with_notify), (by_house, _with_print_house)):
        if not some:
            continue
        try:
            compare(house, some, found, now)
        except CorrespondenceError as closed:
            found.differences.append(Difference("not_looked_at", _POST, str(closed), _AGAIN))
    return found


def _given_away(house: OpenOffice, now: datetime) -> list[_Away]:
    with house.database.reading() as conn:
        rows = letters.listing(conn, statuses=["handed_over", "sent", "failed"])
        known = postings.of_letters(conn, [row.id for row in rows])
    return [
        _Away(known[row.id], row.status)
        for row in rows
        if row.id in known and now - known[row.id].begun_at <= WITHIN
    ]


def _with_notify(
    house: OpenOffice, away: Sequence[_Away], found: PostCompared, now: datetime
) -> None:
    notify = notify_post(house.office)
    try:
        service = notify.session.service
        there: dict[str, list[Notified]] = {}
        for letter in notify.everything():
            there.setdefault(letter.reference, []).append(letter)
    finally:
        notify.session.close()
    unseen = [one.id for one in away if one.posting.account != service]
    if unseen:
        says = f"{_counted(unseen)} given to another service of GOV.UK Notify than the key is of"
        to_do = "Give the key of that service, then reconcile again."
        found.differences.append(Difference("not_looked_at", _POST, says, to_do))
    gone = []
    for one in away:
        if one.posting.account != service:
            continue
        known = there.get(one.posting.posted_as, [])
        if not known and now - one.posting.begun_at > KNOWN_FOR:
            gone.append(one.id)
            continue
        differences = list(_as_notify_says(one, known))
        found.differences += differences
        found.seen += not differences
    if gone:
        says = f"{_counted(gone)} given to GOV.UK Notify longer ago than it keeps letters"
        to_do = "Nothing can be seen of them any more; its own reports go back further."
        found.differences.append(Difference("no_view", _POST, says, to_do, asks=False))


def _as_notify_says(one: _Away, known: Sequence[Notified]) -> Iterator[Difference]:
    """How a letter differs from the one or more that Notify has of its reference."""
    printed = [each for each in known if each.standing not in ("refused", "simulated")]
    if len(printed) > 1:
        says = f"{one.id} is with GOV.UK Notify {len(printed)} times, as {one.posting.posted_as}"
        to_do = "Ask its support to print it once; the resident may have had it twice."
        yield Difference("printed_twice", _POST, says, to_do)
    this = next(iter([*printed, *known]), None)
    standing = this.standing if this is not None else "unknown"
    if standing == "dispatched":
        if one.status == "handed_over":
            says = f"{one.id} was posted, and is not on record as sent"
            yield Difference("not_recorded", _POST, says, "The next run records it.", asks=False)
        return
    if standing == "accepted" and one.status == "handed_over":
        return
    on_record = "is on record as sent" if one.status != "handed_over" else "was given to it"
    if standing == "accepted":
        yield Difference(
            "not_posted",
            _POST,
            f"{one.id} {on_record}, and GOV.UK Notify has not posted it yet",
            "It was put on record before it was posted: look at its page, and put that right.",
        )
        return
    because = "knows nothing of it" if this is None else f"says this of it: {this.because}"
    says = f"{one.id} {on_record}, and GOV.UK Notify {because}"
    yield Difference("not_posted", _POST, says, _DRAFT)


def _with_print_house(
    house: OpenOffice, away: Sequence[_Away], found: PostCompared, now: datetime
) -> None:
    place = print_house(house.office)
    confirmed = (
        {line.reference for line in place.confirmed() if line.outcome != "not_printed"}
        if place
        else set()
    )
    unseen = []
    for one in away:
        begun = one.posting.begun_at
        if one.status != "handed_over":
            seen = one.posting.posted_as in confirmed
            found.seen += seen
            unseen += [] if seen else [one.id]
        elif now - begun > _CONFIRMED_WITHIN:
            says = (
                f"{one.id} was given to the print house on {long_date(day_in_london(begun))}, in "
                f"the batch {one.posting.batch}, and it has confirmed nothing of it"
            )
            to_do = f"Ask it; then record it: correspondence letter sent {one.id} --on DATE"
            found.differences.append(Difference("not_confirmed", _POST, says, to_do))
        else:
            unseen.append(one.id)
    if unseen:
        says = (
            f"{_counted(unseen)} given to the print house, which can be asked for nothing, and no "
            "confirmation is kept"
        )
        to_do = "Nothing: its own lists say what it printed. Letters under way are not due yet."
        found.differences.append(Difference("no_view", _POST, says, to_do, asks=False))


def _counted(some: Sequence[str]) -> str:
    """The letters by number, and by name where they are few."""
    if len(some) == 1:
        return f"{some[0]} was"
    named = f" ({', '.join(some)})" if len(some) <= 5 else ""
    return f"{len(some)} letters{named} were"
