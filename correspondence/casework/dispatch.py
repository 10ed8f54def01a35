"""Hand an approved letter over to the outbox, exactly once, and record when it was sent.

Handed over is not sent: only the record that it went stops the Code's clock.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.cases.events import LetterHandedOver, LetterSent
from correspondence.casework import decided, extend, landlord
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed, RecordBroken
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.letters.formats import email_page
from correspondence.letters.kinds import LetterKind
from correspondence.letters.mail import can_be_addressed, ready_mail
from correspondence.letters.text import LetterText
from correspondence.postroom.outbox import Outbox
from correspondence.store import case_files, letters, messages

if TYPE_CHECKING:
    from datetime import date, datetime

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.letters import LetterRow, Revision


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was put into the outbox. `to` is empty where the address is for a person to decide."""

    letter: str
    reference: str
    files: tuple[str, ...]
    message_id: str
    to: str
    again: bool = False  # it had been handed over before, and nothing was done


@dataclass(frozen=True, slots=True)
class _Parcel:
    """The files of one letter, by name, the receipt last."""

    files: dict[str, bytes]
    to: str

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.files)


def send(house: OpenOffice, letter: str, *, now: datetime, actor: Actor) -> HandedOver:
    """Put an approved letter into the outbox: PDF, Word file, ready e-mail and receipt.

    Safe to call again after any failure or crash. Raises NotAllowed where the letter is not
    approved, RecordBroken where what was approved is no longer what is kept, StoreUnavailable
    where the outbox does not take it.
    """
    with house.database.reading() as conn:
        row = letters.load(conn, letter)
        if row.status in {"withdrawn", "draft"}:
            raise NotAllowed(
                f"{letter} is {row.status}; a letter is sent once a named person has approved it "
                f"(`correspondence letter approve {letter}`)."
            )
        revision = letters.revision(conn, letter)
        parcel = _parcel(conn, house, case_files.load(conn, row.reference), row, revision)
    if row.status in {"handed_over", "sent"}:
        return HandedOver(
            letter, row.reference, parcel.names, row.message_id, parcel.to, again=True
        )
    outbox = Outbox(house.office.outbox)
    if row.status == "approved":
        _begin(house, outbox, row, revision, parcel, now=now)
    outbox.put(letter, parcel.names)
    _finish(house, row, revision, now=now, actor=actor)
    return HandedOver(letter, row.reference, parcel.names, row.message_id, parcel.to)


def interrupted(house: OpenOffice) -> tuple[str, ...]:
    """The letters that a crash left on their way; `send` takes each up where it was broken off."""
    with house.database.reading() as conn:
        return tuple(row.id for row in letters.listing(conn, statuses=["sending"]))


def clear_outbox(house: OpenOffice) -> None:
    """Remove what a crash left laid out for letters that never got on their way.

    In a writing unit, as laying out is, so that nothing is laid out meanwhile. Raises
    StoreUnavailable.
    """
    with house.database.writing() as conn:
        on_their_way = [row.id for row in letters.listing(conn, statuses=["sending"])]
        Outbox(house.office.outbox).clear(keeping=on_their_way)


def record_sent(
    house: OpenOffice, letter: str, *, on: date, now: datetime, actor: Actor
) -> LetterSent:
    """Record that a letter went to the resident on that day (in London).

    With an extension letter goes the notice of what was decided, which moves the clock (Code 6.4).
    Raises NotAllowed where it was not handed over, or the day cannot be.
    """
    with house.database.writing() as conn:
        row = letters.load(conn, letter)
        if row.status == "sent":
            raise NotAllowed(f"{letter} is on record as sent on {_said(row.sent_on)} already.")
        if row.status != "handed_over" or row.approved_at is None:
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
        event = LetterSent(letter=letter, letter_kind=row.kind, stage=row.stage, sent_on=on)
        told = extend.notice_of(case_files.load(conn, row.reference), row, on=on)
        file_events(conn, house, row.reference, [event, *told], now=now, actor=actor)
    return event


def _begin(
    house: OpenOffice,
    outbox: Outbox,
    row: LetterRow,
    revision: Revision,
    parcel: _Parcel,
    *,
    now: datetime,
) -> None:
    """Lay everything out and say that it is on its way, with nobody else doing so meanwhile.

    Laid out first, said second: a letter that is on its way has nothing left to be made.
    """
    with house.database.writing() as conn:
        if not letters.begin_sending(conn, row.id, digest=revision.digest, now=now):
            raise NotAllowed(f"{row.id} was changed while it was being sent; look at it again.")
        if taken := outbox.taken(parcel.names):
            raise NotAllowed(
                f"{taken[0]} lies in the outbox already and was not put there for {row.id}. Move "
                "it away, and send the letter again."
            )
        outbox.lay_out(row.id, parcel.files)


def _finish(
    house: OpenOffice, row: LetterRow, revision: Revision, *, now: datetime, actor: Actor
) -> None:
    with house.database.writing() as conn:
        if not letters.hand_over(conn, row.id, now=now):
            return  # another process finished it in the meantime
        event = LetterHandedOver(
            letter=row.id, digest=revision.digest, pdf_sha256=revision.pdf_sha256 or ""
        )
        file_events(conn, house, row.reference, [event], now=now, actor=actor)


def _parcel(
    conn: sa.Connection, house: OpenOffice, case: Case, row: LetterRow, revision: Revision
) -> _Parcel:
    """The files of the letter; the same for the same approval, whenever they are made."""
    if row.digest != revision.digest or not revision.pdf_sha256 or not row.approved_at:
        raise RecordBroken(
            f"What was approved as {row.id} is not what is kept; approve it again before sending."
        )
    approved_on = day_in_london(row.approved_at)
    name = _file_name(conn, row)
    pdf = house.documents.fetch(revision.pdf_sha256)
    kind = LetterKind(row.kind)
    to = _addressee(case, kind)
    answered = messages.load(conn, row.drafted_for).message_id if row.drafted_for else ""
    content = decided.kept(kind, revision.content)
    facts = decided.facts_of(house, case, row.stage, content, letter_date=approved_on)
    text = LetterText.model_validate(revision.text)
    email = ready_mail(
        facts=facts,
        subject=revision.subject,
        email_text=revision.email_text,
        email_html=email_page(revision.email_text, text, facts),
        pdf=pdf,
        pdf_name=f"{name}.pdf",
        message_id=f"<{row.message_id}>",
        from_=landlord.sender_of(house.settings),
        to=to or None,
        in_reply_to=f"<{answered}>" if answered else "",
        date=row.approved_at,
        acknowledgement=row.kind.endswith("_acknowledgement"),
    )
    files = {f"{name}.pdf": pdf}
    if revision.docx_sha256:
        files[f"{name}.docx"] = house.documents.fetch(revision.docx_sha256)
    files[f"{name}.eml"] = email
    files[f"{name}.receipt.json"] = _receipt(row, revision, tuple(files), addressed=bool(to))
    return _Parcel(files, to)


def _receipt(
    row: LetterRow, revision: Revision, names: tuple[str, ...], *, addressed: bool
) -> bytes:
    """What lies in the outbox and under whose approval; no personal detail of the resident."""
    said = {
        "letter": row.id,
        "reference": row.reference,
        "kind": row.kind,
        "stage": row.stage,
        "revision": revision.number,
        "digest": revision.digest,
        "pdf_sha256": revision.pdf_sha256,
        "message_id": row.message_id,
        "approved_by": row.approved_by,
        "approved_at": row.approved_at.isoformat() if row.approved_at else None,
        "addressed": addressed,
        "files": list(names),
        "next": f"Once it has gone, record it: correspondence letter sent {row.id} --on DATE",
    }
    return (json.dumps(said, indent=2, ensure_ascii=False) + "\n").encode()


def _file_name(conn: sa.Connection, row: LetterRow) -> str:
    """``<reference>-<kind>``; a later letter of the same kind carries its number as well."""
    earlier = [
        other
        for other in letters.listing(conn, references=[row.reference])
        if other.kind == row.kind and other.number < row.number
    ]
    return f"{row.reference}-{row.kind}" + (f"-{len(earlier) + 1}" if earlier else "")


def _addressee(case: Case, kind: LetterKind) -> str:
    """Where the ready e-mail goes: to the resident who wrote, and to nobody else unasked.

    A letter to a representative waits for the resident's consent (Code 3.6), so its address is
    left to the officer; so is that of a reply to a councillor or an MP.
    """
    to_the_resident = case.representative is None and kind is not LetterKind.ENQUIRY_REPLY
    addressed = to_the_resident and can_be_addressed(case.writes_from)
    return case.writes_from if addressed else ""


def _said(day: date | None) -> str:
    return long_date(day) if day else "an unknown day"
