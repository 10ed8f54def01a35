"""Tell the people of the office by e-mail what waits for them: a reference and a link, once.

what there is ──► whom to tell (pure) ──► on record as being told ──► outbox or mail server ──► told

What a crash breaks off is taken to have been told: rather not at all than twice. What could not be
handed over is tried again.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from correspondence.cases.staff_notices import (
    AwaitsSecond,
    Danger,
    Facts,
    StaffNotice,
    staff_notices,
)
from correspondence.casework.colleague_mail import hand_over
from correspondence.casework.drafting.draft import new_message_id
from correspondence.casework.landlord import sender_of
from correspondence.errors import CalendarRunsOut, CorrespondenceError
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.working_days import add_working_days
from correspondence.letters.mail import notice_mail
from correspondence.store import alerts, handlers, leaving, users
from correspondence.store import staff_notices as store

if TYPE_CHECKING:
    from datetime import date, datetime

    import sqlalchemy as sa

    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.users import User

NEWS_FOR: Final = timedelta(days=1)
"""How long it is news that a case was given to somebody, and that an answer came."""

_IN_HAND: Final = timedelta(minutes=10)
_MAY_SECOND: Final = frozenset({"manager", "administrator"})
_SUBJECTS: Final = {
    "assigned": "is with you",
    "due_tomorrow": "is due tomorrow",
    "hazard": "tells of danger",
    "answered": "has an answer",
    "second_approval": "waits for a second approval",
}


def notify_staff(house: OpenOffice, *, now: datetime) -> tuple[str, ...]:
    """Tell everybody who is to be told and was not yet; what went wrong, a sentence each.

    Whoever has no address is not told. Raises StoreUnavailable.
    """
    wanted = house.settings.notices.staff
    if not wanted:
        return ()
    with house.database.writing() as conn:
        store.settle(conn, now - _IN_HAND)
    with house.database.reading() as conn:
        known = {one.name: one for one in users.listing(conn) if one.email and not one.left_at}
        due_on = _tomorrow(house, now)
        found = staff_notices(
            _facts(conn, known, due_on, now),
            wanted,
            tomorrow=due_on,
            given_since=now - NEWS_FOR,
        )
        done = store.told(conn, found)
    problems = []
    for one in found:
        if one.user in known and (one.kind, one.about, one.user) not in done:
            try:
                _tell(house, one, known[one.user], now)
            except (CorrespondenceError, ValueError) as error:
                problems.append(f"A notice of {one.reference} has not gone out: {error}")
    return tuple(dict.fromkeys(problems))


def _facts(conn: sa.Connection, known: dict[str, User], due_on: date, now: datetime) -> Facts:
    standing = [one for one in alerts.standing(conn) if one.case_reference and one.message]
    whose = handlers.handlers_of(conn, [one.case_reference or "" for one in standing])
    return Facts(
        given=store.given_since(conn, now - NEWS_FOR),
        due=store.due_on(conn, due_on),
        dangers=tuple(
            Danger(one.case_reference, whose[one.case_reference], one.message)
            for one in standing
            if one.case_reference in whose and one.message is not None
        ),
        answers=store.answers_since(conn, now - NEWS_FOR),
        waiting=tuple(
            AwaitsSecond(row.id, row.reference, row.digest or "", row.approved_by or "")
            for row in leaving.awaiting_second(conn)
        ),
        may_second=frozenset(name for name, one in known.items() if one.may in _MAY_SECOND),
    )


def _tomorrow(house: OpenOffice, now: datetime) -> date:
    today = day_in_london(now)
    try:
        return add_working_days(today, 1, house.calendar)
    except CalendarRunsOut:
        return today + timedelta(days=1)


def _tell(house: OpenOffice, one: StaffNotice, user: User, now: datetime) -> None:
    message_id = new_message_id(house)
    with house.database.writing() as conn:
        if not store.begin(conn, one, message_id, now):
            return  # another process has it in hand
    try:
        _hand_over(house, one, user, message_id, now)
    except BaseException:
        with house.database.writing() as conn:
            store.not_gone(conn, one)
        raise
    with house.database.writing() as conn:
        store.gone(conn, one)


def _hand_over(
    house: OpenOffice, one: StaffNotice, user: User, message_id: str, now: datetime
) -> None:
    mail = _mail(house, one, user, message_id, now)
    hand_over(
        house,
        mail,
        to=user.email or "",
        name=f"{one.reference}-notice-{message_id[:12]}.eml",
        place=f"notice:{message_id}",
    )


def _mail(house: OpenOffice, one: StaffNotice, user: User, message_id: str, now: datetime) -> bytes:
    """The e-mail; nothing in it is personal but the address it goes to."""
    lines = [
        one.says,
        "",
        f"{house.settings.pages.address}{one.page}",
        "",
        "This is told once. It names nobody; what it is about is on the page.",
    ]
    return notice_mail(
        from_=sender_of(house.settings) or user.email or "",
        to=[user.email or ""],
        subject=f"{one.reference} {_SUBJECTS[one.kind]}",
        text="\n".join(lines),
        message_id=f"<{message_id}>",
        date=now,
    )
