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
from typing import TYPE_CHECKING, Any, Final

from correspondence.cases.events import (
    LetterHandedOver,
    LetterNotSubmitted,
    LetterPosting,
    LetterSubmitted,
    LetterUncertain,
)
from correspondence.casework.record import file_events
from correspondence.casework.sending import departure, pause
from correspondence.errors import MailServerUnavailable, NotAllowed
from correspondence.handling_code.london import day_in_london
from correspondence.postroom.delivery import Delivery, delivery_of
from correspondence.postroom.patience import Patience
from correspondence.store import case_files, letters

if TYPE_CHECKING:
    from datetime import date, datetime

    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.drafting.route import Route
    from correspondence.casework.open_office import OpenOffice
    from correspondence.casework.sending.parcel import Parcel
    from correspondence.store.case_files import RecordedEvent
    from correspondence.store.letters import LetterRow, Revision

IN_FLIGHT: Final = timedelta(minutes=15)
"""How long a letter may be on its way before it is asked what became of it."""

_PATIENCE: Final = Patience(first=60.0, longest=3600.0)
_MOST_TRIES: Final = 24  # over a day or so; then a person sees to it
_OF_SENDING: Final = (
    LetterSubmitted,
    LetterPosting,
    LetterNotSubmitted,
    LetterUncertain,
    LetterHandedOver,
)


@dataclass(frozen=True, slots=True)
class Submission:
    """How a letter stands with the mail server, or with whoever prints and posts it.

    ``sent``, with the day; ``given``, to be printed, and whether it was posted is still to be
    heard; ``gathered``, for the next batch of a print house; ``waiting``, to be tried again at
    `again_at`; ``paused``, nothing is given to the server until then; ``refused``, a person has to
    see to it; ``under_way``, another process is at it; ``uncertain``, a person is asked.
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
    return isinstance(given_away(conn, row), LetterSubmitted)


def given_away(conn: sa.Connection, row: LetterRow) -> LetterSubmitted | LetterPosting | None:
    """By what a letter that is on its way was, or may have been, given to somebody else.

    None where it was not: it lies in the outbox, or on its way there.
    """
    if row.status != "sending":
        return None
    told = of_sending(conn, row)
    if not told or isinstance(told[-1], LetterNotSubmitted | LetterHandedOver):
        return None
    begun = (one for one in reversed(told) if isinstance(one, LetterSubmitted | LetterPosting))
    return next(begun, None)


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
    provider = house.settings.delivery.way
    if not actor.is_person and (off := pause.standing(house, provider, now=now)):
        return Submission("paused", because=pause.sentence(off), again_at=off.resumes_at)
    raw = as_sent(next(mail for name, mail in parcel.files.items() if name.endswith(".eml")))
    kept = house.documents.keep(raw)
    with house.database.writing() as conn:
        departure.begin(conn, row, revision, now=now)
        begun = LetterSubmitted(letter=row.id, digest=revision.digest, mail_sha256=kept)
        file_events(conn, house, row.reference, [begun], now=now, actor=actor)
    automatic = message_from_bytes(raw)["Auto-Submitted"] is not None
    if not _still_ours(house, row, began=now):
        return Submission("under_way", because="others saw to it while this process stood still")
    came_to = delivery.send(raw, to=parcel.route.to, automatic=automatic)
    if came_to.state == "sent":
        on = day_in_london(now)
        went = _gone(house, row, revision, parcel, on=on, now=now, actor=actor)
        became = replace(went, because=came_to.unfiled)
    elif came_to.state == "uncertain":
        became = uncertain(house, row, came_to.because, now=now, actor=actor)
    else:
        passing = came_to.passing
        became = not_gone(house, row, came_to.because, passing=passing, now=now, actor=actor)
    if came_to.of_provider:  # the letter's own record comes first
        pause.failed(house, provider, came_to.because, now=now)
    else:
        pause.worked(house, provider)
    return became


def _still_ours(house: OpenOffice, row: LetterRow, *, began: datetime) -> bool:
    """Whether nobody has taken the letter for lost since it was begun.

    A process that stood still meanwhile must not send what a person may have been asked about.
    """
    with house.database.reading() as conn:
        found = letters.load(conn, row.id)
        ours = found.status == "sending" and found.sending_at == began
        return ours and isinstance(_last(conn, row), LetterSubmitted)


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
        known = is_known_uncertain(conn, row)
    if not known and abs(now - began) < IN_FLIGHT:  # a clock may have been set back since
        return Submission("under_way", because=because)
    return uncertain(house, row, because, now=now, actor=actor)


def waiting(house: OpenOffice, *, now: datetime | None) -> tuple[str, ...]:
    """Approved letters that a server did not take for a passing reason, and whose time has come.

    Without a time, all that wait for theirs.
    """
    chosen = house.settings.delivery
    if chosen.way == chosen.post == "outbox":
        return ()
    with house.database.reading() as conn:
        found = []
        for row in letters.listing(conn, statuses=["approved"]):
            told = _recorded(conn, row)
            last = told[-1].event if told else None
            again_at = last.again_at if isinstance(last, LetterNotSubmitted) else None
            if again_at is None:
                continue
            if now is None or _has_come(again_at, now, again_at - told[-1].at):
                found.append(row.id)
    return tuple(found)


def _has_come(again_at: datetime, now: datetime, wait: timedelta) -> bool:
    """Whether it is time to try again; further ahead than it ever was, the clock was set back."""
    longest = max(wait, timedelta(seconds=_PATIENCE.longest))
    return not now < again_at <= now + longest


def not_sent(house: OpenOffice, letter: str, *, because: str, now: datetime, actor: Actor) -> None:
    """A person found that a letter on its way never went: it is approved as before.

    Raises NotAllowed where the letter is not with a mail server, or with whoever posts it.
    """
    with house.database.writing() as conn:
        row = letters.load(conn, letter)
        if given_away(conn, row) is None or not letters.not_sent(conn, letter):
            raise NotAllowed(
                f"{letter} is {row.status.replace('_', ' ')}; only a letter of which nobody knows "
                "whether it was sent can be said not to have gone."
            )
        said = LetterNotSubmitted(letter=letter, because=because, by_hand=True)
        file_events(conn, house, row.reference, [said], now=now, actor=actor)


def problem_of(letter: str, came_to: Submission | None) -> str:
    """What a person has to know of it, as a sentence; empty where all is well."""
    if came_to is None or came_to.state in ("under_way", "given", "gathered"):
        return ""
    if came_to.state == "paused":
        return came_to.because  # the same for every letter
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


def done_of(letter: str, came_to: Submission) -> str:
    """What came of it where all is well, as a sentence."""
    if came_to.state == "sent":
        return f"{letter} was sent."
    if came_to.state == "given":
        return f"{letter} was given to be printed; it is sent once it is known to be posted."
    if came_to.state == "gathered":
        return f"{letter} goes with the next batch for the print house."
    return f"{letter} is being sent by another process."


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
                *departure.sent_on(conn, row, on),
            ]
            file_events(conn, house, row.reference, happened, now=now, actor=actor)
    return Submission("sent", sent_on=on)


def not_gone(
    house: OpenOffice,
    row: LetterRow,
    because: str,
    *,
    passing: bool,
    now: datetime,
    actor: Actor,
    not_before: datetime | None = None,
    begun_at: datetime | None = None,
) -> Submission:
    """It is certain that nothing went: approved as before, and tried again where that may help.

    Not `not_before` a certain moment, where there is one. Nothing is done where the sending that
    was begun at `begun_at` is no longer the one it is in.
    """
    with house.database.writing() as conn:
        if not letters.not_sent(conn, row.id, begun_at=begun_at) and begun_at is not None:
            return Submission("under_way", because="another process settled it meanwhile")
        tries = 1 + _tries(conn, row)
        again_at = None
        if passing and tries < _MOST_TRIES:
            seconds = _PATIENCE.pause(tries, SystemRandom())
            again_at = (not_before or now) + timedelta(seconds=seconds)
        said = LetterNotSubmitted(letter=row.id, again_at=again_at, because=because)
        file_events(conn, house, row.reference, [said], now=now, actor=actor)
    return Submission("waiting" if again_at else "refused", because=because, again_at=again_at)


def uncertain(
    house: OpenOffice, row: LetterRow, because: str, *, now: datetime, actor: Actor
) -> Submission:
    """Nobody knows: a person is asked."""
    with house.database.writing() as conn:
        row = letters.load(conn, row.id)
        if row.status != "sending":
            return Submission("under_way", because="another process settled it meanwhile")
        if not is_known_uncertain(conn, row):
            said = LetterUncertain(letter=row.id)
            file_events(conn, house, row.reference, [said], now=now, actor=actor)
    return Submission("uncertain", because=because)


def is_known_uncertain(conn: sa.Connection, row: LetterRow) -> bool:
    """Whether it is on record already that nobody knows."""
    return isinstance(_last(conn, row), LetterUncertain)


def of_sending(conn: sa.Connection, row: LetterRow) -> list[Any]:
    """The events of sending this letter, in their order."""
    return [one.event for one in _recorded(conn, row)]


def _recorded(conn: sa.Connection, row: LetterRow) -> list[RecordedEvent]:
    return [
        one
        for one in case_files.history(conn, row.reference)
        if isinstance(one.event, _OF_SENDING) and one.event.letter == row.id
    ]


def _last(conn: sa.Connection, row: LetterRow) -> object:
    """The latest event of sending this letter, or None."""
    found = of_sending(conn, row)
    return found[-1] if found else None


def _tries(conn: sa.Connection, row: LetterRow) -> int:
    """How often in a row a server did not take this letter."""
    return sum(
        isinstance(one.event, LetterNotSubmitted) and one.event.letter == row.id
        for one in case_files.history(conn, row.reference)
    )
