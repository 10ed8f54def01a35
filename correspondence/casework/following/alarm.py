"""Tell by e-mail of the alerts that nobody has seen: at once, by the mail server or the outbox.

Where the profile has letters sent by a mail server, so are these; else they are put into the
outbox. Of an e-mail that a server may or may not have taken the worst is assumed: danger told of
twice costs a glance, danger told of never may cost a life. So such an e-mail, unlike a letter, is
sent again, under the same Message-ID.

The messages of one sender that wait together are told of in one e-mail, and of one sender's no more
e-mails go in a day than the profile says. An alert itself is held back by nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import SystemRandom
from typing import TYPE_CHECKING, Final

from correspondence.casework.following import flood
from correspondence.casework.following.alert import append_of, clock_said, seen_as, with_clocks
from correspondence.casework.landlord import sender_of
from correspondence.errors import CorrespondenceError, NotAllowed
from correspondence.handling_code.london import LONDON, day_in_london, in_london
from correspondence.handling_code.long_date import long_date
from correspondence.letters.mail import notice_mail
from correspondence.postroom.delivery import delivery_of
from correspondence.postroom.outbox import Outbox
from correspondence.postroom.patience import Patience
from correspondence.store import alerts, floods
from correspondence.store.alerts import AlertHandedOver

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.postroom.smtp import Submitted
    from correspondence.store.alerts import AlertRow
    from correspondence.store.floods import FloodRow

_PATIENCE: Final = Patience(first=60.0, longest=900.0)
_REFUSED: Final = timedelta(hours=1)  # a login that is refused must not lock the account
_IN_FLIGHT: Final = timedelta(minutes=5)  # longer than a mail server is waited for


@dataclass(frozen=True, slots=True)
class _Together:
    """The alerts that one e-mail tells of, the first received in front.

    `last_today`: no further e-mail about this sender's messages goes today.
    """

    rows: tuple[AlertRow, ...]
    last_today: bool = False

    @property
    def leads(self) -> AlertRow:
        """The one whose Message-ID the e-mail has."""
        return self.rows[0]


def tell(house: OpenOffice, *, now: datetime, actor: Actor) -> tuple[str, ...]:
    """Send the e-mail of every alert that waits, once; return what went wrong, as sentences.

    Takes up what a crash left on its way. Where the profile names nobody to tell, the alerts stand
    on record, and those that nobody has seen go out once it does. Raises StoreUnavailable where
    the database cannot be read.
    """
    problems = []
    for together in _begun(house):
        problems += _noting(house, together, now=now, actor=actor, begun=True)
    if house.settings.alerts.to:
        # While a flood stands nothing goes, and however much waits is not looked through.
        for together in _waiting(house, now) if flood.standing(house) is None else ():
            with house.database.writing() as conn:
                held = flood.flood_in(conn, house, now=now, actor=actor)
            if held is not None:
                break
            problems += _noting(house, together, now=now, actor=actor)
        problems += _overdue(house, now)
        problems += _tell_of_flood(house, now=now)
    return tuple(problems)


def outbox_place(row: AlertRow) -> str:
    """Under which name an alert's e-mail is laid out before it is put into the outbox."""
    return f"alert:{row.id}"


def _begun(house: OpenOffice) -> tuple[_Together, ...]:
    """What was on its way when it was broken off, gathered as it was."""
    with house.database.reading() as conn:
        rows = alerts.on_their_way(conn)
    leading = [row for row in rows if row.told_with == row.id]
    return tuple(
        _Together((one, *(row for row in rows if row.told_with == one.id and row is not one)))
        for one in leading
    )


def _waiting(house: OpenOffice, now: datetime) -> Iterator[_Together]:
    """What may go now: a sender's alerts together, while the day's e-mails about them last."""
    with house.database.reading() as conn:
        waiting = [(row, of) for row, of in alerts.waiting(conn) if _is_due(row, now)]
    by_sender: dict[str, list[AlertRow]] = {}
    for row, sender in waiting:
        if not sender or sender.rpartition("@")[2] in house.signs.domains:
            yield _Together((row,))  # many people's words may come by one such address
        else:
            by_sender.setdefault(sender, []).append(row)
    today = datetime.combine(day_in_london(now), datetime.min.time(), LONDON).astimezone(UTC)
    most = house.settings.alerts.most_per_sender
    for sender, rows in by_sender.items():
        with house.database.reading() as conn:
            gone = alerts.mails_about(conn, sender, since=today)
        if gone < most:
            yield _Together(tuple(rows), last_today=gone + 1 == most)


def _is_due(row: AlertRow, now: datetime) -> bool:
    """Whether its time has come, or lies further ahead than any pause: the clock was set back."""
    return row.again_at is None or not now < row.again_at <= now + _REFUSED


def _overdue(house: OpenOffice, now: datetime) -> list[str]:
    """A sentence for each alert whose e-mail a mail server did not take, until it has gone."""
    with house.database.reading() as conn:
        waiting = [row for row, _ in alerts.waiting(conn, put_off=True) if not _is_due(row, now)]
    return [
        f"The alert of {with_clocks(house, row).about} has not gone by e-mail; it is tried again "
        f"at {in_london(row.again_at):%H:%M}."
        for row in waiting
        if row.again_at is not None
    ]


def _noting(
    house: OpenOffice, together: _Together, *, now: datetime, actor: Actor, begun: bool = False
) -> list[str]:
    """Send it, and say what went wrong; one that fails holds no other up."""
    by_server = together.leads.by_server if begun else house.settings.delivery.way != "outbox"
    by = _by_server if by_server else _by_outbox
    try:
        problem = by(house, together, now=now, actor=actor)
    except (CorrespondenceError, ValueError) as error:
        problem = str(error)
    if not problem:
        return []
    about = with_clocks(house, together.leads)
    named = f"message {about.row.message}" if about.row.message is not None else about.about
    return [f"The alert of {named} has not gone out: {problem}"]


def _by_outbox(house: OpenOffice, together: _Together, *, now: datetime, actor: Actor) -> str:
    """Lay it out and say so in one unit, put it there, record it: each step is taken up again."""
    row = together.leads
    outbox, place, name = Outbox(house.office.outbox), outbox_place(row), _file_name(row)
    if row.status == "ready":
        mail = _mail(house, together)
        with house.database.writing() as conn:
            if not _begin(conn, together, by_server=False, now=now):
                return ""  # another process has it in hand
            if outbox.taken((name,)):
                raise NotAllowed(f"{name} lies in the outbox already; move it away.")
            outbox.lay_out(place, {name: mail})
    outbox.put(place, (name,))
    _gone(house, row, name, now=now, actor=actor)
    return ""


def _by_server(house: OpenOffice, together: _Together, *, now: datetime, actor: Actor) -> str:
    """Say that it is on its way, give it to the server, record what came of it."""
    row = together.leads
    with house.database.writing() as conn:
        if row.status == "ready":
            begun = _begin(conn, together, by_server=True, now=now)
        else:
            begun = alerts.taken_again(
                conn, row.id, but=(now - _IN_FLIGHT, now + _IN_FLIGHT), now=now
            )
    if not begun:
        return ""  # another process has it in hand
    try:
        came_to = _given_to_server(house, _mail(house, together))
    except CorrespondenceError as error:
        _put_off(house, row, again_at=now + _REFUSED)
        return str(error)
    if came_to.state != "sent":
        pause = timedelta(seconds=_PATIENCE.pause(row.tries + 1, SystemRandom()))
        passing = came_to.passing or came_to.state == "uncertain"
        _put_off(house, row, again_at=now + (pause if passing else _REFUSED))
        return came_to.because
    _gone(house, row, "", now=now, actor=actor)
    refused = ", ".join(f"{to} ({why.said})" for to, why in came_to.refused)
    return f"the mail server does not take it for {refused}" if refused else ""


def _begin(conn: sa.Connection, together: _Together, *, by_server: bool, now: datetime) -> bool:
    others = [row.id for row in together.rows[1:]]
    return alerts.begin(conn, together.leads.id, others, by_server=by_server, now=now)


def _given_to_server(house: OpenOffice, mail: bytes) -> Submitted:
    return delivery_of(house.office).send_notice(mail, to=house.settings.alerts.to)


def _put_off(house: OpenOffice, row: AlertRow, *, again_at: datetime) -> None:
    with house.database.writing() as conn:
        alerts.put_off(conn, row.id, again_at=again_at)


def _gone(house: OpenOffice, row: AlertRow, name: str, *, now: datetime, actor: Actor) -> None:
    with house.database.writing() as conn:
        for one in alerts.handed_over(conn, row.id):
            event = AlertHandedOver(file=name, message_id=row.message_id, by_server=one.by_server)
            append_of(conn, one, event, now=now, actor=actor)


def _file_name(row: AlertRow) -> str:
    """``CMP-2026-000006-alert-12.eml``: the message's number keeps it apart from any other."""
    parts = (row.case_reference, "alert", None if row.message is None else str(row.message))
    return "-".join(filter(None, parts)) + ".eml"


def _mail(house: OpenOffice, together: _Together) -> bytes:
    """The e-mail: the cases or messages, what they tell of and by when; nobody's name or words."""
    shown = [with_clocks(house, row) for row in together.rows]
    lines: list[str] = []
    for alert in shown:
        arrived = in_london(alert.row.received_at)
        came = "A message arrived" if alert.row.message is not None else "A colleague was told"
        lines += [
            f"Alert: {alert.about}",
            "",
            f"{came} at {arrived:%H:%M} on {long_date(arrived.date())} (London time).",
            *alert.because,
            "",
            *(f"{_capital(clock_said(one))}.\n  {one.because}" for one in alert.clocks),
            f"Seen to? correspondence alert seen {seen_as(alert.row)}",
            "",
        ]
    lines += [
        "The clocks count from when the message arrived and wait for no acknowledgement. A person",
        "decides whether they bind, and whether it is an emergency. Read the message, act, and",
        "record that you have seen this.",
    ]
    if together.last_today:
        lines += [
            "",
            "This is the last e-mail today about messages from this sender. More of them stand in",
            "the queue: correspondence alert list",
        ]
    first, more = shown[0], len(shown) - 1
    about = f"{first.about}{f' and {more} more' if more else ''}"
    what = dict.fromkeys(one for alert in shown for one in alert.row.what)
    return _notice(
        house,
        to=house.settings.alerts.to,
        subject=f"Alert: {', '.join(what)} - {about}",
        text="\n".join(lines),
        message_id=first.row.message_id,
        date=first.row.raised_at,
    )


def _tell_of_flood(house: OpenOffice, *, now: datetime) -> list[str]:
    """One e-mail that everything is held, which nothing holds up."""
    with house.database.reading() as conn:
        row = floods.standing(conn)
    if row is None or row.told_at is not None:
        return []
    try:
        problem = _send_of_flood(house, row)
    except (CorrespondenceError, ValueError) as error:
        problem = str(error)
    if problem:
        return [f"Nobody could be told by e-mail that everything is held: {problem}"]
    with house.database.writing() as conn:
        floods.told(conn, row.id, now)
    return []


def _send_of_flood(house: OpenOffice, row: FloodRow) -> str:
    return send_notice(
        house,
        to=house.settings.alerts.to,
        name=f"held-{row.id}.eml",
        subject="Held: too many acknowledgements and alerts in an hour",
        text=flood.sentence(row),
        message_id=row.message_id,
        date=row.began_at,
    )


def send_notice(
    house: OpenOffice,
    *,
    to: Sequence[str],
    name: str,
    subject: str,
    text: str,
    message_id: str,
    date: datetime,
) -> str:
    """One e-mail to whoever watches over the office; why it has not gone, or empty.

    By the mail server, or into the outbox under `name`, which is put there once. It names nobody.
    """
    mail = _notice(house, to=to, subject=subject, text=text, message_id=message_id, date=date)
    if house.settings.delivery.way != "outbox":
        came_to = delivery_of(house.office).send_notice(mail, to=to)
        return "" if came_to.state == "sent" else came_to.because
    outbox = Outbox(house.office.outbox)
    if not outbox.taken((name,)):
        with house.database.writing():  # so that nothing clears the outbox meanwhile
            outbox.lay_out(name, {name: mail})
            outbox.put(name, (name,))
    return ""


def _notice(
    house: OpenOffice,
    *,
    to: Sequence[str],
    subject: str,
    text: str,
    message_id: str,
    date: datetime,
) -> bytes:
    return notice_mail(
        from_=sender_of(house.settings) or to[0],
        to=to,
        subject=subject,
        text=text,
        message_id=f"<{message_id}>",
        date=date,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
