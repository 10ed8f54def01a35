"""What becomes of letters that GOV.UK Notify prints: asked for regularly, until it is known.

Posted is what Notify calls received, and only then is a letter sent. One that it does not print
after all is approved as before, one of which it does not know itself asks a person, and one that
the post brings back, weeks later, is owed again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from correspondence.cases.events import (
    LetterNotSubmitted,
    LetterPrinted,
    LetterUncertain,
)
from correspondence.casework.record import file_events
from correspondence.casework.sending import departure
from correspondence.casework.sending.daily import Daily
from correspondence.casework.sending.posting import KNOWN_FOR
from correspondence.casework.taking_in.came_back import brought_back
from correspondence.errors import MailServerUnavailable
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.postroom.posting import notify_post
from correspondence.store import letters, postings

if TYPE_CHECKING:
    from datetime import date

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.postroom.notify.answers import Notified
    from correspondence.postroom.notify.letters import NotifyPost
    from correspondence.settings import Office
    from correspondence.store.letters import LetterRow
    from correspondence.store.postings import Posting

ASK_EVERY: Final = timedelta(minutes=15)
_OVERDUE: Final = timedelta(days=5)  # a letter is printed the next working day
_AT_ONCE: Final = 200  # letters asked for by one run
_RETURNED_WITHIN: Final = timedelta(days=60)
_RETURNED: Final = Daily("returned-letters.json")


def follow(
    house: OpenOffice, *, now: datetime, actor: Actor, notify: NotifyPost | None = None
) -> list[str]:
    """Ask for every letter that may have news, and act on it; what a person has to know."""
    with house.database.reading() as conn:
        rows = postings.to_be_followed(conn, begun_since=now - KNOWN_FOR)
    due = [one for one in rows if one.asked_at is None or abs(now - one.asked_at) >= ASK_EVERY]
    problems: list[str] = []
    if not due:
        return problems
    notify = notify or notify_post(house.office)
    try:
        for one in due[:_AT_ONCE]:
            problems += _followed(house, one, notify, now=now, actor=actor)
    except MailServerUnavailable as closed:
        problems.append(f"What became of letters by post could not be asked: {closed}")
    finally:
        notify.session.close()
    return problems


def take_in_returned(
    house: OpenOffice, *, now: datetime, actor: Actor, notify: NotifyPost | None = None
) -> list[str]:
    """Once a day: letters that the post brought back are owed again; what a person has to know."""
    if house.settings.delivery.post != "notify" or not _RETURNED.is_due(house.office, now=now):
        return []
    notify = notify or notify_post(house.office)
    try:
        kind = notify.key_kind()
        names = {one.reference for one in notify.returned((now - _RETURNED_WITHIN).date())}
    except MailServerUnavailable as closed:
        return [f"Which letters the post brought back could not be asked: {closed}"]
    finally:
        notify.session.close()
    with house.database.reading() as conn:
        known = postings.posted_as(conn, names)
    because = "The post brought it back, as GOV.UK Notify was told."
    told = [
        brought_back(house, one.letter, because=because, now=now, actor=actor)
        for one in known.values()
    ]
    _RETURNED.note(house.office, at=now, key=kind)
    return [one for one in told if one]


def last_asked(office: Office) -> dict[str, Any] | None:
    """When Notify was asked last for what came back (`at`), and of which kind the `key` was."""
    return _RETURNED.last(office)


def record_posted(
    house: OpenOffice, row: LetterRow, *, on: date, now: datetime, actor: Actor
) -> bool:
    """The letter was printed and posted on that day: it is sent; whether it was not before.

    Not before it was approved, nor later than today, whatever was said.
    """
    earliest = day_in_london(row.approved_at) if row.approved_at else on
    on = min(max(on, earliest), day_in_london(now))
    with house.database.writing() as conn:
        if not letters.mark_sent(conn, row.id, on=on):
            return False
        happened = departure.sent_on(conn, row, on)
        file_events(conn, house, row.reference, happened, now=now, actor=actor)
    return True


def record_not_printed(
    house: OpenOffice, row: LetterRow, because: str, *, now: datetime, actor: Actor
) -> str:
    """Whoever took the letter does not print it: approved as before; what a person has to know."""
    with house.database.writing() as conn:
        if not postings.taken_back(conn, row.id):
            return ""
        said = LetterNotSubmitted(letter=row.id, because=because)
        file_events(conn, house, row.reference, [said], now=now, actor=actor)
    return f"{row.id} was not printed: {because}. Put that right, and send it again."


def _followed(
    house: OpenOffice, one: Posting, notify: NotifyPost, *, now: datetime, actor: Actor
) -> list[str]:
    if one.account != notify.session.service:
        says = (
            f"{one.letter} was given to another service of GOV.UK Notify than the API key is of "
            "now: give the key of that one again, until it is known what became of it."
        )
        return [says]
    known = notify.look(one.provider_id) if one.provider_id else notify.find(one.posted_as)
    with house.database.writing() as conn:
        said, name = (known.status, known.id) if known else ("unknown", one.provider_id)
        postings.note(conn, one.letter, at=now, said=said, provider_id=name)
        row = letters.load(conn, one.letter)
    if known is None:
        return _unknown(row, one)
    standing = known.standing
    told: list[str] = []
    if standing in ("accepted", "dispatched") and one.printed_sha256 is None:
        _fetch(house, row, known, notify, now=now, actor=actor)
    if standing == "dispatched":
        on = day_in_london(known.completed_at or now)
        record_posted(house, row, on=on, now=now, actor=actor)
    elif standing in ("refused", "simulated"):
        told.append(record_not_printed(house, row, known.because, now=now, actor=actor))
        if row.status == "sent":
            told.append(
                f"{row.id} is on record as sent, and GOV.UK Notify did not print it: "
                f"{known.because}. If it never went, the resident was told nothing: draft another."
            )
    elif standing == "in_doubt":
        _doubt(house, row, now=now, actor=actor)
    elif row.status == "handed_over" and now - one.begun_at > _OVERDUE:
        told.append(
            f"{row.id} was given to GOV.UK Notify on {long_date(day_in_london(one.begun_at))} and "
            "is still not said to be posted: ask its support."
        )
    return [one for one in told if one]


def _unknown(row: LetterRow, one: Posting) -> list[str]:
    if row.status != "handed_over":
        return []
    says = (
        f"GOV.UK Notify no longer knows {row.id}, given to it on "
        f"{long_date(day_in_london(one.begun_at))} as {one.posted_as}, and had not said that it "
        "was posted: look in its own reports, and record what you find: correspondence letter sent "
        f"{row.id} --on DATE"
    )
    return [says]


def _fetch(
    house: OpenOffice,
    row: LetterRow,
    known: Notified,
    notify: NotifyPost,
    *,
    now: datetime,
    actor: Actor,
) -> None:
    """Keep what is really printed, once there is such a file."""
    if known.status == "pending-virus-check":
        return
    pdf = notify.printed(known.id)
    if pdf is None:
        return
    kept = house.documents.keep(pdf)
    with house.database.writing() as conn:
        if postings.note_printed(conn, row.id, kept):
            event = LetterPrinted(letter=row.id, printed_sha256=kept)
            file_events(conn, house, row.reference, [event], now=now, actor=actor)


def _doubt(house: OpenOffice, row: LetterRow, *, now: datetime, actor: Actor) -> None:
    """On its way again, and nobody knows: from then on every run says so, until somebody does."""
    with house.database.writing() as conn:
        if postings.in_doubt(conn, row.id):
            said = LetterUncertain(letter=row.id)
            file_events(conn, house, row.reference, [said], now=now, actor=actor)
