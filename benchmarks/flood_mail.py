"""A dump of invented mail as large as is asked for: many residents at once, or one who never stops.

Of ten messages one is a complaint, one asks how an earlier one stands, and one is a machine's
answer; the others are repairs, thanks, requests for information and advertisements. One in a
hundred comes twice, brings a picture, or is broken.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal

from tests.jobs import corpus

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

From = Literal["residents", "sender"]
"""Whom a flood comes from: nearly every message from somebody else, or all from one address."""

COMPLAINT_EVERY: Final = 10
"""One message in so many is a complaint that opens a case, unless it is said otherwise."""

_CHASE: Final = 7
_AWAY: Final = 3
_RARE: Final = 9
_RARELY: Final = 10  # of the messages in that place one in so many


def dump(
    inbox: Path,
    how_many: int,
    came_from: From,
    began: datetime,
    *,
    first: int = 0,
    complaint_every: int = COMPLAINT_EVERY,
) -> int:
    """Put that many messages into an inbox, a second apart; how many complaints are among them.

    `complaint_every` is a multiple of ten.
    """
    complaints = 0
    for number in range(first, first + how_many):
        at = began + timedelta(seconds=number - first)
        what, raw = message(number, came_from, at, complaint_every=complaint_every)
        complaints += what == "complaint"
        corpus.put(inbox / f"{number:06d}-{what}.eml", raw, at)
    return complaints


def message(
    number: int, came_from: From, at: datetime, *, complaint_every: int = COMPLAINT_EVERY
) -> tuple[str, bytes]:
    """What the message of that number is, and its bytes."""
    turn, place = divmod(number, 10)
    who = _writer(number, came_from)
    if number % complaint_every == 0:
        return "complaint", corpus.complaint(number, at, who=who)
    if place == _CHASE and (cases := number // complaint_every):
        asked = number * 7919 % cases * complaint_every
        asker, answers = _writer(asked, came_from), f"complaint.{asked}@mail.example.net"
        return "chaser", corpus.chaser(number, at, reference="", who=asker, answers=answers)
    if place == _AWAY:
        return "away", corpus.out_of_office(number, at)
    if place == _RARE and turn % _RARELY == 0:
        return _rare(turn // _RARELY, number, came_from, at)
    return "other", corpus.other(number, at, who=who)


def _writer(number: int, came_from: From) -> corpus.Person:
    return corpus.person(0 if came_from == "sender" else number)


def _rare(turn: int, number: int, came_from: From, at: datetime) -> tuple[str, bytes]:
    """What seldom lies in a mailbox, and does all the same."""
    kind, one = turn % 3, turn // 3
    if kind == 0:
        return "again", corpus.other(
            number - 1, at - timedelta(seconds=1), who=_writer(number - 1, came_from)
        )
    if kind == 1:
        return "picture", corpus.with_attachment(number, at, 60_000)
    broken = list(corpus.broken().values())
    return "broken", broken[one % len(broken)] + f"\r\n{one}\r\n".encode()
