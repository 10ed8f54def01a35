"""Give an approved letter to the landlord's mail server, once, and record what became of it.

ready → sending (recorded before anything is said to the server) → sent. Where the server's answer
was lost, or a crash came in between, the sent mail of the account is looked through for our own
Message-ID; where that does not settle it, a person is asked, and nothing is sent again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from email import message_from_bytes
from random import SystemRandom
from typing import TYPE_CHECKING, Final

from correspondence.cases.events import (
    LetterHandedOver,
    LetterNotSubmitted,
    LetterSent,
    LetterSubmitted,
    LetterUncertain,
)
from correspondence.casework import extend, follow_up
from correspondence.casework.hold import must_not_be_held
from correspondence.casework.record import file_events
from correspondence.errors import MailServerUnavailable, NotAllowed
from correspondence.handling_code.london import day_in_london
from correspondence.postroom.delivery import Delivery, delivery_of
from correspondence.postroom.patience import Patience
from correspondence.store import case_files, letters

if TYPE_CHECKING:
    from datetime import date, datetime

    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.casework.parcel import Parcel
    from correspondence.casework.route import Route
    from correspondence.store.letters import LetterRow, Revision

IN_FLIGHT: Final = timedelta(minutes=15)
"""How long a letter may be on its way before it is asked what became of it."""

_PATIENCE: Final = Patience(first=60.0, longest=3600.0)
_MOST_TRIES: Final = 24  # over a day or so; then a person sees to it
_OF_SENDING: Final = (LetterSubmitted, LetterNotSubmitted, LetterUncertain, LetterHandedOver)


@dataclass(frozen=True, slots=True)
class Submission:
    """How a letter stands with the mail server.

    ``sent``, with the day; ``waiting``, to be tried again at `again_at`; ``refused``, a person has
    to see to it; ``under_way``, another process is at it; ``uncertain``, a person is asked.
    """

    state: str
    sent_on: date | None = None
    because: str = ""
    again_at: datetime | None = None


def goes_by_server(conn: sa.Connection, house: OpenOffice, row: LetterRow, route: Route) -> bool:
    """Whether the letter goes by the mail server: by the profile, or since it is on its way so."""
    if row.status == "sending":
        return is_with_server(conn, row)
    by_server = house.settings.delivery.way != "outbox"
    return by_server and bool(route.to) and route.by_email and not route.by_post


def is_with_server(conn: sa.Connection, row: LetterRow) -> bool:
    """Whether a letter that is on its way was, or may have been, given to the mail server."""
    last = _last(conn, row)
    return row.status == "sending" and isinstance(last, LetterSubmitted | LetterUncertain)


def submit(
    house: OpenOffice,
    row: LetterRow,
    revision: Revision,
    parcel: Parcel,
    *,
    now: datetime,
    actor: Actor,
    delivery: Delivery | None = None,
) -> Submission:
    """Send an approved letter, or find out what became of one that is on its way.

    Raises NotAllowed where it was changed meanwhile, StoreUnavailable where the record does not
    take it; nothing has gone then that is not on record as under way.
    """
    delivery = delivery or delivery_of(house.office)
    if row.status == "sending":
        return look_up(house, row, revision, parcel, now=now, actor=actor, delivery=delivery)
    raw = as_sent(next(mail for name, mail in parcel.files.items() if name.endswith(".eml")))
    kept = house.documents.keep(raw)
    with house.database.writing() as conn:
        if not letters.begin_sending(
            conn, row.id, digest=revision.digest, now=now, leaves_at=row.leaves_at
        ):
            raise NotAllowed(f"{row.id} was changed while it was being sent; look at it again.")
        must_not_be_held(conn, row, now=now)
        begun = LetterSubmitted(letter=row.id, digest=revision.digest, mail_sha256=kept)
        file_events(conn, house, row.reference, [begun], now=now, actor=actor)
    automatic = message_from_bytes(raw)["Auto-Submitted"] is not None
    came_to = delivery.send(raw, to=parcel.route.to, automatic=automatic)
    if came_to.state == "sent":
        on = day_in_london(now)
        went = _gone(house, row, revision, parcel, on=on, now=now, actor=actor)
        return replace(went, because=came_to.unfiled)
    if came_to.state == "uncertain":
        return _uncertain(house, row, came_to.because, now=now, actor=actor)
    return _not_gone(house, row, came_to.because, passing=came_to.passing, now=now, actor=actor)


def look_up(
    house: OpenOffice,
    row: LetterRow,
    revision: Revision,
    parcel: Parcel,
    *,
    now: datetime,
    actor: Actor,
    delivery: Delivery,
) -> Submission:
    """What became of a letter found on its way: only finding it settles that by itself."""
    began = row.sending_at or now
    because = "its sending was broken off"
    try:
        if delivery.has_gone(row.message_id):
            on = day_in_london(began)
            return _gone(house, row, revision, parcel, on=on, now=now, actor=actor)
        if delivery.can_look:
            because += ", and it is not among the sent mail"
    except MailServerUnavailable as closed:
        because += f", and the sent mail could not be looked through: {closed}"
    with house.database.reading() as conn:
        known = isinstance(_last(conn, row), LetterUncertain)
    if not known and now - began < IN_FLIGHT:
        return Submission("under_way", because=because)
    return _uncertain(house, row, because, now=now, actor=actor)


def waiting(house: OpenOffice, *, now: datetime) -> tuple[str, ...]:
    """Approved letters that a server did not take for a passing reason, and whose time has come."""
    if house.settings.delivery.way == "outbox":
        return ()
    with house.database.reading() as conn:
        found = []
        for row in letters.listing(conn, statuses=["approved"]):
            last = _last(conn, row)
            again_at = last.again_at if isinstance(last, LetterNotSubmitted) else None
            if again_at is not None and again_at <= now:
                found.append(row.id)
    return tuple(found)


def not_sent(house: OpenOffice, letter: str, *, because: str, now: datetime, actor: Actor) -> None:
    """A person found that a letter on its way never went: it is approved as before.

    Raises NotAllowed where the letter is not with a mail server.
    """
    with house.database.writing() as conn:
        row = letters.load(conn, letter)
        if not is_with_server(conn, row) or not letters.not_sent(conn, letter):
            raise NotAllowed(
                f"{letter} is {row.status.replace('_', ' ')}; only a letter of which nobody knows "
                "whether the mail server sent it can be said not to have gone."
            )
        said = LetterNotSubmitted(letter=letter, because=because)
        file_events(conn, house, row.reference, [said], now=now, actor=actor)


def problem_of(letter: str, came_to: Submission | None) -> str:
    """What a person has to know of it, as a sentence; empty where all is well."""
    if came_to is None or came_to.state == "under_way":
        return ""
    if came_to.state == "sent":
        return f"{letter} went, but {came_to.because}" if came_to.because else ""
    if came_to.state == "uncertain":
        return (
            f"Nobody knows whether {letter} went: {came_to.because}. It is never sent again by "
            f"itself. If it went: correspondence letter sent {letter} --on DATE; if it did not: "
            f"correspondence letter not-sent {letter} --because WHY"
        )
    if came_to.again_at is not None:
        return f"{letter} has not gone yet and is tried again by itself: {came_to.because}"
    return f"{letter} did not go: {came_to.because}. Put that right, and send it again."


def as_sent(ready: bytes) -> bytes:
    """The ready e-mail without what opens it as a draft."""
    header, between, body = ready.partition(b"\r\n\r\n")
    lines = [line for line in header.split(b"\r\n") if not line.lower().startswith(b"x-unsent:")]
    return b"\r\n".join(lines) + between + body


def gone(row: LetterRow, revision: Revision, *, to: str) -> LetterHandedOver:
    """The event that the letter was handed over, to the mail server."""
    return LetterHandedOver(
        letter=row.id,
        digest=revision.digest,
        pdf_sha256=revision.pdf_sha256 or "",
        by_email=True,
        to=to,
    )


def _gone(
    house: OpenOffice,
    row: LetterRow,
    revision: Revision,
    parcel: Parcel,
    *,
    on: date,
    now: datetime,
    actor: Actor,
) -> Submission:
    with house.database.writing() as conn:
        if letters.hand_over(conn, row.id, now=now):  # else another process was quicker
            letters.mark_sent(conn, row.id, on=on)
            happened = [
                gone(row, revision, to=parcel.route.to),
                LetterSent(letter=row.id, letter_kind=row.kind, stage=row.stage, sent_on=on),
                *extend.notice_of(case_files.load(conn, row.reference), row, on=on),
                *follow_up.promises_of(conn, row),
            ]
            file_events(conn, house, row.reference, happened, now=now, actor=actor)
    return Submission("sent", sent_on=on)


def _not_gone(
    house: OpenOffice,
    row: LetterRow,
    because: str,
    *,
    passing: bool,
    now: datetime,
    actor: Actor,
) -> Submission:
    with house.database.writing() as conn:
        letters.not_sent(conn, row.id)
        tries = 1 + _tries(conn, row)
        again_at = None
        if passing and tries < _MOST_TRIES:
            again_at = now + timedelta(seconds=_PATIENCE.pause(tries, SystemRandom()))
        said = LetterNotSubmitted(letter=row.id, again_at=again_at, because=because)
        file_events(conn, house, row.reference, [said], now=now, actor=actor)
    return Submission("waiting" if again_at else "refused", because=because, again_at=again_at)


def _uncertain(
    house: OpenOffice, row: LetterRow, because: str, *, now: datetime, actor: Actor
) -> Submission:
    with house.database.writing() as conn:
        row = letters.load(conn, row.id)
        if row.status != "sending":
            return Submission("under_way", because="another process settled it meanwhile")
        if not isinstance(_last(conn, row), LetterUncertain):
            said = LetterUncertain(letter=row.id)
            file_events(conn, house, row.reference, [said], now=now, actor=actor)
    return Submission("uncertain", because=because)


def _last(conn: sa.Connection, row: LetterRow) -> object:
    """The latest event of sending this letter, or None."""
    found = [
        one.event
        for one in case_files.history(conn, row.reference)
        if isinstance(one.event, _OF_SENDING) and one.event.letter == row.id
    ]
    return found[-1] if found else None


def _tries(conn: sa.Connection, row: LetterRow) -> int:
    """How often in a row a server did not take this letter."""
    return sum(
        isinstance(one.event, LetterNotSubmitted) and one.event.letter == row.id
        for one in case_files.history(conn, row.reference)
    )
