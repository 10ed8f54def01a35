"""Hand an approved letter over to the outbox, exactly once, and record when it was sent.

Handed over is not sent: only the record that it went stops the Code's clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.cases.events import LetterHandedOver, LetterPosting, LetterSent
from correspondence.casework.following.alarm import outbox_place
from correspondence.casework.record import file_events
from correspondence.casework.sending import departure, hold, leave, posting
from correspondence.casework.sending.parcel import PRINT_COPY, parcel_of
from correspondence.casework.sending.submit import given_away, goes_by_server, gone, submit
from correspondence.errors import NotAllowed, RecordBroken
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.postroom.outbox import Outbox
from correspondence.store import alerts, case_files, letters, postings

if TYPE_CHECKING:
    from datetime import date, datetime

    import sqlalchemy as sa

    from correspondence.cases.events import Event
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.casework.sending.parcel import Parcel
    from correspondence.casework.sending.submit import Submission
    from correspondence.store.letters import LetterRow, Revision


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was put into the outbox.

    `to` is empty where no e-mail goes, or its address is for a person to decide. `printed` names
    the file to be printed and posted; empty where the letter does not go by post.
    """

    letter: str
    reference: str
    files: tuple[str, ...]
    message_id: str
    to: str
    by_email: bool = True
    printed: str = ""
    again: bool = False  # it had been handed over before, and nothing was done
    submission: Submission | None = None  # what came of it where a mail server sends


def send(
    house: OpenOffice,
    letter: str,
    *,
    now: datetime,
    actor: Actor,
    due_at: datetime | None = None,
    at_once: bool = False,
) -> HandedOver:
    """Put an approved letter into the outbox, for the post or as ready e-mail, with a receipt.

    Where the profile names a mail server, a letter by e-mail is sent by that instead, and one by
    post is given to whoever it names to print and post it. Safe to call
    again after any failure or crash. Raises NotAllowed where the letter is not approved, or is held
    for a person (HeldForPerson), RecordBroken where what was approved is no longer what is kept,
    StoreUnavailable where the outbox does not take it.

    A letter that is to leave later waits for that, unless it is to go `at_once`. `due_at` is when
    it was found to be due: called back since then, it stays.
    """
    with house.database.reading() as conn:
        row = letters.load(conn, letter)
        if row.status == "failed":
            raise NotAllowed(
                f"{letter} went and came back undelivered; draft another in its stead."
            )
        if row.status in {"withdrawn", "draft"}:
            raise NotAllowed(
                f"{letter} is {row.status}; a letter is sent once a named person has approved it "
                f"(`correspondence letter approve {letter}`)."
            )
        if row.status in {"handed_over", "sent"}:
            return _handed_before(conn, row)
        if row.status == "approved":
            _may_leave(row, now=now, due_at=due_at, at_once=at_once)
        revision = letters.revision(conn, letter)
        case = case_files.load(conn, row.reference)
        parcel = parcel_of(conn, house, case, row, revision)
        by_server = goes_by_server(conn, house, row, parcel.route)
        by_others = posting.way_of(conn, house, case, row, parcel.route)
    if row.status == "approved":
        hold.no_flood(house, row, now=now, actor=actor)
    if by_server:
        came_to = submit(house, row, revision, parcel, now=now, actor=actor)
        return HandedOver(
            letter, row.reference, (), row.message_id, parcel.route.to, submission=came_to
        )
    if by_others:
        came_to = posting.post(house, row, revision, by_others, now=now, actor=actor)
        return HandedOver(
            letter, row.reference, (), row.message_id, "", by_email=False, submission=came_to
        )
    outbox = Outbox(house.office.outbox)
    if row.status == "approved":
        _begin(house, outbox, row, revision, parcel, now=now)
    outbox.put(letter, parcel.names)
    _finish(house, row, revision, parcel, now=now, actor=actor)
    route = parcel.route
    return HandedOver(
        letter,
        row.reference,
        parcel.names,
        row.message_id,
        route.to,
        route.by_email,
        parcel.printed,
    )


def _may_leave(row: LetterRow, *, now: datetime, due_at: datetime | None, at_once: bool) -> None:
    """Raise NotAllowed where somebody must still agree, or it is to leave later or no more."""
    leave.must_be_free_to_leave(row)
    leave.clock_must_be_right(row, now=now)
    if due_at is not None and row.leaves_at != due_at:
        raise NotAllowed(f"{row.id} was called back, or is to leave at another time.")
    if not at_once:
        leave.must_not_wait(row, now=now)


def _handed_before(conn: sa.Connection, row: LetterRow) -> HandedOver:
    """What was put into the outbox then, whatever was agreed with the resident since."""
    recorded = case_files.history(conn, row.reference)
    handed = (one.event for one in reversed(recorded) if isinstance(one.event, LetterHandedOver))
    event = next((one for one in handed if one.letter == row.id), None)
    if event is None:
        raise RecordBroken(
            f"{row.id} is {row.status.replace('_', ' ')}, and nothing on record says what was put "
            "into the outbox; run `correspondence audit verify`."
        )
    return HandedOver(
        row.id,
        row.reference,
        event.files,
        row.message_id,
        event.to,
        event.by_email,
        next((name for name in event.files if name.endswith(PRINT_COPY)), ""),
        again=True,
    )


def interrupted(house: OpenOffice) -> tuple[str, ...]:
    """The letters that a crash left on their way; `send` takes each up where it was broken off.

    Those that are gathered for a print house wait for its next batch instead.
    """
    with house.database.reading() as conn:
        gathered = {one.letter for one in postings.collected(conn)}
        rows = letters.listing(conn, statuses=["sending"])
    return tuple(row.id for row in rows if row.id not in gathered)


def clear_outbox(house: OpenOffice) -> None:
    """Remove what a crash left laid out for letters and alerts that never got on their way.

    In a writing unit, as laying out is, so that nothing is laid out meanwhile. Raises
    StoreUnavailable.
    """
    with house.database.writing() as conn:
        on_their_way = [row.id for row in letters.listing(conn, statuses=["sending"])]
        on_their_way += [outbox_place(row) for row in alerts.on_their_way(conn)]
        Outbox(house.office.outbox).clear(keeping=on_their_way)


def record_sent(
    house: OpenOffice, letter: str, *, on: date, now: datetime, actor: Actor
) -> LetterSent:
    """Record that a letter went to the resident on that day (in London).

    With an extension letter goes the notice of what was decided, which moves the clock (Code 6.4).
    What the letter promises is followed from then on (6.6, 7.3).
    Raises NotAllowed where it was not handed over, or the day cannot be.
    """
    with house.database.writing() as conn:
        row = letters.load(conn, letter)
        if row.status == "sent":
            raise NotAllowed(f"{letter} is on record as sent on {_said(row.sent_on)} already.")
        away = given_away(conn, row)
        if (row.status != "handed_over" and away is None) or row.approved_at is None:
            raise NotAllowed(
                f"{letter} is {row.status.replace('_', ' ')}; it can be recorded as sent once it "
                "has been put into the outbox."
            )
        earliest, today = day_in_london(row.approved_at), day_in_london(now)
        if not earliest <= on <= today:
            raise NotAllowed(
                f"{letter} cannot have gone on {long_date(on)}: it was approved on "
                f"{long_date(earliest)} and today is {long_date(today)}."
            )
        letters.mark_sent(conn, letter, on=on)
        handed: list[Event] = []
        if away is not None:
            revision = letters.revision(conn, letter)
            by_post = isinstance(away, LetterPosting)
            handed = [posting.given(row, revision) if by_post else gone(row, revision, to="")]
        happened = [*handed, *departure.sent_on(conn, row, on)]
        file_events(conn, house, row.reference, happened, now=now, actor=actor)
    return LetterSent(letter=letter, letter_kind=row.kind, stage=row.stage, sent_on=on)


def _begin(
    house: OpenOffice,
    outbox: Outbox,
    row: LetterRow,
    revision: Revision,
    parcel: Parcel,
    *,
    now: datetime,
) -> None:
    """Lay everything out and say that it is on its way, with nobody else doing so meanwhile.

    Laid out first, said second: a letter that is on its way has nothing left to be made.
    """
    with house.database.writing() as conn:
        departure.begin(conn, row, revision, now=now)
        if taken := outbox.taken(parcel.names):
            raise NotAllowed(
                f"{taken[0]} lies in the outbox already and was not put there for {row.id}. Move "
                "it away, and send the letter again."
            )
        outbox.lay_out(row.id, parcel.files)


def _finish(
    house: OpenOffice,
    row: LetterRow,
    revision: Revision,
    parcel: Parcel,
    *,
    now: datetime,
    actor: Actor,
) -> None:
    with house.database.writing() as conn:
        if not letters.hand_over(conn, row.id, now=now):
            return  # another process finished it in the meantime
        event = LetterHandedOver(
            letter=row.id,
            digest=revision.digest,
            pdf_sha256=revision.pdf_sha256 or "",
            by_email=parcel.route.by_email,
            by_post=parcel.route.by_post,
            print_sha256=revision.print_sha256 or "",
            files=parcel.names,
            to=parcel.route.to,
        )
        file_events(conn, house, row.reference, [event], now=now, actor=actor)


def _said(day: date | None) -> str:
    return long_date(day) if day else "an unknown day"
