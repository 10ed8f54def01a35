"""A letter that came back undelivered, by mail or by post, reached nobody: it is owed again.

An acknowledgement that came back was not given (Code 6.2), and so it is with every letter. A report
of a mail server is believed where it names the Message-ID of a letter of ours, which is nobody's
guess. One that says that the server still tries changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.cases.events import LetterFailed, LetterHandedOver
from correspondence.cases.next_steps import next_steps
from correspondence.casework.drafting.other_way import instead_of_mail, instead_of_post
from correspondence.casework.record import file_events
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.intake.reading import Evidence
from correspondence.letters.kinds import LetterKind
from correspondence.store import case_files, letters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.casework.record import Pending
    from correspondence.casework.taking_in.incoming import Incoming
    from correspondence.store.letters import LetterRow

_DUTIES = {"acknowledgement": "acknowledge", "response": "respond"}


def note_failure(
    conn: sa.Connection,
    incoming: Incoming,
    *,
    now: datetime,
    actor: Actor,
    before: Pending,
) -> tuple[Evidence, ...]:
    """Record that the letter a message reports on came back; what a person is told of it.

    Nothing where the message reports no such thing, or the letter went by post as well. Needs a
    writing unit; a report that comes twice is recorded once.
    """
    report = incoming.understood.message.delivery_report
    if report is None or not report.permanent or not report.original_message_id:
        return ()
    told: list[Evidence] = []
    for row in letters.by_message_id(conn, [report.original_message_id]):
        if _went_by_post(conn, row) or not letters.mark_failed(conn, row.id):
            continue
        event = LetterFailed(
            letter=row.id,
            letter_kind=row.kind,
            stage=row.stage,
            message=incoming.message,
            status=report.status,
            because=report.reason,
        )
        case = file_events(
            conn, incoming.house, row.reference, [event], now=now, actor=actor, before=before
        )
        case = _told_on(conn, incoming.house, case, event, now=now, actor=actor, before=before)
        says = _what_follows(incoming.house, case, row, instead_of_mail(case), now=now)
        told.append(Evidence(says=says))
    return tuple(told)


def brought_back(
    house: OpenOffice, letter: str, *, because: str, now: datetime, actor: Actor
) -> str:
    """Record that the postal service brought a letter back; what a person is told of it.

    Empty where that is on record already, or nothing had gone.
    """
    with house.database.writing() as conn:
        if not letters.mark_failed(conn, letter):
            return ""
        row = letters.load(conn, letter)
        event = LetterFailed(
            letter=letter,
            letter_kind=row.kind,
            stage=row.stage,
            by_post=True,
            because=because,
        )
        case = file_events(conn, house, row.reference, [event], now=now, actor=actor)
        case = _told_on(conn, house, case, event, now=now, actor=actor)
        return _what_follows(house, case, row, instead_of_post(case), now=now)


def merged_into(conn: sa.Connection, reference: str) -> Iterator[Case]:
    """The case that a case became part of, the one which that became part of, and so on."""
    case = case_files.load(conn, reference)
    seen = {reference}
    while case.merged_into and case.merged_into not in seen:
        seen.add(case.merged_into)
        case = case_files.load(conn, case.merged_into)
        yield case


def _told_on(
    conn: sa.Connection,
    house: OpenOffice,
    case: Case,
    event: LetterFailed,
    *,
    now: datetime,
    actor: Actor,
    before: Pending | None = None,
) -> Case:
    """On the cases that its case became part of, where its acknowledgement counted; the last.

    Merging carries over that the resident had an acknowledgement. Where that one came back, they
    had none, and the case that goes on owes it.
    """
    address, lived_at = case.writes_from.lower(), case.resident.address
    for other in merged_into(conn, case.reference):
        counted = event.letter_kind.endswith("_acknowledgement") and event.stage in other.stages
        if counted and case.stages[event.stage].acknowledged_on is None:
            same = lived_at == other.resident.address
            same = same if event.by_post else address == other.writes_from.lower()
            told = event.model_copy(update={"merged": case.reference, "unreachable": same})
            case = file_events(
                conn, house, other.reference, [told], now=now, actor=actor, before=before
            )
        else:
            case = other
    return case


def _went_by_post(conn: sa.Connection, row: LetterRow) -> bool:
    """Whether the resident has it on paper, whatever became of the e-mail."""
    return any(
        isinstance(one.event, LetterHandedOver) and one.event.letter == row.id and one.event.by_post
        for one in case_files.history(conn, row.reference)
    )


def _what_follows(
    house: OpenOffice, case: Case, row: LetterRow, otherwise: str, *, now: datetime
) -> str:
    kind = LetterKind(row.kind)
    duty = _DUTIES.get(row.kind.rpartition("_")[2], "")
    steps = next_steps(case, day_in_london(now), house.timescales, house.calendar)
    owed = next((one for one in steps if one.duty == duty and row.stage == case.stage), None)
    by = f" by {long_date(owed.due)} (Code {owed.clause})" if owed and owed.due else ""
    what = f"is owed again{by}" if owed else "told the resident nothing"
    return f"{row.id}, the {kind.plainly}, did not reach its resident and {what}. {otherwise}"
