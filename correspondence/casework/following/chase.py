"""Chase whoever does a promised action, by e-mail, once for each way it comes to stand (Code 6.6).

The e-mail says what was promised, by when, and under which number; never whose home it is, for it
leaves the landlord. It goes by the mail server where letters do, else into the outbox.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.casework.colleague_mail import hand_over
from correspondence.casework.landlord import sender_of
from correspondence.errors import CorrespondenceError, NotKnown
from correspondence.handling_code.long_date import long_date
from correspondence.letters.mail import can_be_addressed, notice_mail
from correspondence.store import actions, notices

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.actions import ActionRow
    from correspondence.store.notices import NoticeRow

_STANDS: Final = {
    "soon": "is due soon",
    "due": "is due today",
    "overdue": "is overdue",
}


@dataclass(frozen=True, slots=True)
class _Chaser:
    """A notice with the action it is about, and the address of whoever does it."""

    notice: NoticeRow
    action: ActionRow
    to: str


def chase(house: OpenOffice, *, now: datetime, actor: Actor) -> tuple[int, list[str]]:
    """Send what is to be sent; how many went, and what went wrong with others.

    Of an e-mail that a server may have taken it is assumed that it did: a contractor who hears
    twice learns not to listen.
    """
    del actor  # a chaser is no act upon the case
    chosen = house.settings.deadlines
    _settle_begun(house)
    if not chosen.chase or not chosen.owners:
        return 0, []
    owners = {_folded(name): address for name, address in chosen.owners.items()}
    went, problems = 0, []
    for one in _waiting(house, owners):
        try:
            went += _send(house, one, now=now)
        except (CorrespondenceError, ValueError) as error:
            problems.append(f"Whoever does {one.action.id} was not written to: {error}")
    return went, problems


def _waiting(house: OpenOffice, owners: dict[str, str]) -> list[_Chaser]:
    found = []
    with house.database.reading() as conn:
        for notice in notices.standing(conn, duties=("action",)):
            if notice.mail_status is not None:
                continue
            try:
                action = actions.load(conn, notice.about)
            except NotKnown:
                continue
            to = owners.get(_folded(action.owner), "")
            if to and action.done_on is None and can_be_addressed(to):
                found.append(_Chaser(notice, action, to))
    return found


def _send(house: OpenOffice, one: _Chaser, *, now: datetime) -> bool:
    domain = house.settings.landlord.email.rpartition("@")[2] or "correspondence.invalid"
    message_id = one.notice.message_id or f"{secrets.token_hex(16)}@{domain}"
    with house.database.writing() as conn:
        if not notices.begin_mail(conn, one.notice.id, message_id):
            return False  # another process has it in hand
    mail = _mail(house, one, message_id, now)
    try:
        hand_over(
            house,
            mail,
            to=one.to,
            name=f"{one.action.id}-chaser-{one.notice.id}.eml",
            place=f"chaser:{one.notice.id}",
        )
    except BaseException:
        with house.database.writing() as conn:
            notices.mail_is(conn, one.notice.id, None)
        raise
    with house.database.writing() as conn:
        notices.mail_is(conn, one.notice.id, "handed_over")
    return True


def _settle_begun(house: OpenOffice) -> None:
    """What was being sent when a crash came: taken to have gone."""
    with house.database.reading() as conn:
        begun = notices.mails_begun(conn)
    for row in begun:
        with house.database.writing() as conn:
            notices.mail_is(conn, row.id, "handed_over")


def _mail(house: OpenOffice, one: _Chaser, message_id: str, now: datetime) -> bytes:
    action, stands = one.action, _STANDS[one.notice.standing]
    lines = [
        f"{action.id} {stands}: it was promised to a resident for {long_date(action.due)}.",
        "",
        action.what,
        "",
        "Tell us when it is done and what shows it, or by when it will be done and why it takes",
        f"longer: the resident has to be told. Please quote {action.id} and answer this e-mail.",
    ]
    return notice_mail(
        from_=sender_of(house.settings) or one.to,
        to=(one.to,),
        subject=f"{action.id} {stands}",
        text="\n".join(lines),
        message_id=f"<{message_id}>",
        date=now,
    )


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
