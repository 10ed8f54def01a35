"""Send the questions of investigations by e-mail, and remind whoever has not answered (Code 5.8).

    asked, to a mail address ──► waiting ──► sending ──► handed over
    due soon, overdue        ──► a notice of the case, whose reminder goes once each

It goes where letters go, once: what a crash breaks off is taken to have gone, and the reminder
before the day says it all again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from correspondence.cases.events import QuestionChased
from correspondence.casework.colleague_mail import NotTaken, hand_over
from correspondence.casework.investigating.whose import case_of
from correspondence.casework.landlord import sender_of
from correspondence.casework.record import file_events
from correspondence.errors import CorrespondenceError, NotKnown, StoreUnavailable
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.letters.mail import notice_mail
from correspondence.store import notices, questions

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.cases.inquiry import QuestionRecord
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.notices import NoticeRow
    from correspondence.store.questions import QuestionRow

REMINDERS: Final = ("soon", "overdue")
"""How a question stands when whoever was asked is reminded: before its day, and after."""

_STANDS: Final = {"soon": "is wanted soon", "overdue": "is overdue"}


def write(house: OpenOffice, *, now: datetime, actor: Actor) -> tuple[int, int, list[str]]:
    """Send what waits: how many questions and how many reminders went, and what went wrong."""
    with house.database.reading() as conn:
        begun = questions.mails_begun(conn)
        asked = questions.to_write(conn)
    if begun:
        with house.database.writing() as conn:
            questions.settle_begun(conn)
    problems: list[str] = []
    sent = reminded = 0
    for row in asked:
        try:
            sent += _ask(house, row, now=now)
        except StoreUnavailable:
            raise
        except (CorrespondenceError, ValueError) as error:
            problems.append(f"{row.id} was not sent: {error}")
    for notice, row in _to_remind(house, now):
        try:
            reminded += _remind(house, notice, row, now=now, actor=actor)
        except StoreUnavailable:
            raise
        except (CorrespondenceError, ValueError) as error:
            problems.append(f"Nobody was reminded of {row.id}: {error}")
    return sent, reminded, problems


def question_of(message_id: str) -> str:
    """The Message-ID of the question itself, where this is that of a reminder of it."""
    left, at, domain = message_id.partition("@")
    head, dot, tail = left.rpartition(".")
    return f"{head}{at}{domain}" if dot and tail in REMINDERS else message_id


def _ask(house: OpenOffice, row: QuestionRow, *, now: datetime) -> bool:
    asked = _as_asked(house, row)
    if asked is None:
        return False  # answered meanwhile, or nothing to be investigated any more
    mail = notice_mail(
        from_=sender_of(house.settings) or row.email,
        to=(row.email,),
        subject=f"{row.id}: a question, to be answered by {long_date(row.due)}",
        text=_words(house, asked, "We are looking into a complaint, and need this of you:"),
        message_id=f"<{row.message_id}>",
        date=now,
    )
    with house.database.writing() as conn:
        if not questions.begin_mail(conn, row.id):
            return False  # another process has it in hand
    try:
        hand_over(
            house, mail, to=row.email, name=f"{row.id}.eml", place=f"question:{row.message_id}"
        )
    except BaseException as error:
        for_good = isinstance(error, NotTaken) and not error.passing
        with house.database.writing() as conn:
            questions.mail_is(conn, row.id, "failed" if for_good else "waiting")
        raise
    with house.database.writing() as conn:
        questions.mail_is(conn, row.id, "handed_over")
    return True


def _to_remind(house: OpenOffice, now: datetime) -> list[tuple[NoticeRow, QuestionRow]]:
    """The notices of questions whose reminder has yet to go; none on the day of the question."""
    if not house.settings.deadlines.chase:
        return []
    today, found = day_in_london(now), []
    with house.database.reading() as conn:
        for notice in notices.standing(conn, duties=("question",)):
            if notice.standing not in REMINDERS or notices.chaser_went(conn, notice):
                continue
            try:
                row = questions.load(conn, notice.about)
            except NotKnown:
                continue
            if row.mail_status == "handed_over" and row.settled_on is None:
                last = max(row.asked_on, row.chased_on or row.asked_on)
                found += [(notice, row)] if last < today else []
    return found


def _remind(
    house: OpenOffice, notice: NoticeRow, row: QuestionRow, *, now: datetime, actor: Actor
) -> bool:
    asked = _as_asked(house, row)
    if asked is None:
        return False
    left, _, domain = (row.message_id or "").partition("@")
    message_id = f"{left}.{notice.standing}@{domain}"
    mail = notice_mail(
        from_=sender_of(house.settings) or row.email,
        to=(row.email,),
        subject=f"{row.id}: the answer {_STANDS[notice.standing]}",
        text=_words(house, asked, f"On {long_date(row.asked_on)} we asked you this:"),
        message_id=f"<{message_id}>",
        date=now,
        follows=f"<{row.message_id}>",
    )
    with house.database.writing() as conn:
        if not notices.begin_mail(conn, notice.id, message_id):
            return False
    try:
        name = f"{row.id}-reminder-{notice.id}.eml"
        hand_over(house, mail, to=row.email, name=name, place=f"question:{message_id}")
    except BaseException as error:
        for_good = isinstance(error, NotTaken) and not error.passing
        with house.database.writing() as conn:
            notices.mail_is(conn, notice.id, None)
            if for_good:
                questions.mail_is(conn, row.id, "failed")
        raise
    today = day_in_london(now)
    with house.database.writing() as conn:
        notices.mail_is(conn, notice.id, "handed_over")
        if questions.chased(conn, row.id, today):
            reminded = QuestionChased(question=row.id, on=today)
            case = case_of(conn, row)
            file_events(conn, house, case.reference, [reminded], now=now, actor=actor)
    return True


def _as_asked(house: OpenOffice, row: QuestionRow) -> QuestionRecord | None:
    """The question as the case has it; None where its answer is wanted no more."""
    with house.database.reading() as conn:
        case = case_of(conn, row)
    if case.closed_on or case.erased is not None or case.now_at.responded_on:
        return None
    return next((one for one in case.inquiry.open_questions if one.id == row.id), None)


def _words(house: OpenOffice, asked: QuestionRecord, first: str) -> str:
    lines = [asked.asked_of, "", first, "", asked.text, ""]
    if asked.complained_of:
        lines += [
            "The complaint is about you or what you did. This is your chance to say how you see",
            "it; what you say is weighed with everything else (Complaint Handling Code 5.8).",
            "",
        ]
    lines += [
        f"Please answer this e-mail by {long_date(asked.due)}, and leave {asked.id} in its",
        "subject. Attach what shows it, such as photographs or records of jobs. Your answer is",
        "kept with the case, and whoever gives it is on record as having taken part.",
        "",
        house.settings.landlord.name,
    ]
    return "\n".join(lines)
