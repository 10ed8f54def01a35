"""What is kept how long, and erasing it: by schedule or at a request, never by itself.

    a complaint        so many months after the last thing that happened to it
    a contact          so many months after it came: enquiries and requests of no complaint
    machines, spam     so many months after they came

A hold keeps a case whatever its age, and so does an Ombudsman who has it, an order that is open and
an action that was promised. What is erased leaves its codes and days, so that every figure of past
years comes out as before, and a proof in the record.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, Literal

from correspondence.cases.events import LetterHandedOver
from correspondence.cases.next_steps import next_steps
from correspondence.cases.retained import FiguresKept
from correspondence.casework.log_form import by_a_person
from correspondence.casework.record import file_events
from correspondence.errors import CorrespondenceError, NotAllowed, NotKnown, StoreUnavailable
from correspondence.handling_code.london import day_in_london, in_london
from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.months import add_calendar_months
from correspondence.reports.own_cases import said_of
from correspondence.store import (
    audit,
    case_files,
    erasing,
    erasure_ledger,
    messages,
    search,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.erasing import Erasable

Reason = Literal["schedule", "request"]
"""Why something is erased: its time is over, or somebody asked (UK GDPR article 17)."""

_MACHINES: Final = frozenset({"automatic", "spam", "unreadable"})


@dataclass(frozen=True, slots=True)
class DueForErasure:
    """A case or message whose time is over. `held_by` says why it is kept all the same."""

    subject: str
    kind: str
    due: date
    because: str
    held_by: str = ""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, or would be: how much of what."""

    subject: str
    events: int
    messages: int
    letters: int
    documents: int
    copies: int
    lessons: bool  # learned weights rest on a correction of it
    done: bool


def due(house: OpenOffice, today: date) -> tuple[DueForErasure, ...]:
    """Everything whose time is over, the longest in front; what is held says by what."""
    found = (*due_cases(house, today), *_due_messages(house, today))
    return tuple(sorted(found, key=lambda one: (one.due, one.subject)))


def due_cases(
    house: OpenOffice, today: date, *, unnoticed: bool = False
) -> tuple[DueForErasure, ...]:
    """The cases whose time is over; `unnoticed` leaves out those a notice was given of."""
    months = house.settings.retention.complaints
    with house.database.reading() as conn:
        candidates = erasing.closed_by(conn, _months_before(today, months))
        if unnoticed and candidates:
            noticed = erasing.subjects_noticed(conn, candidates)
            candidates = tuple(one for one in candidates if one not in noticed)
        found = [_case_due(conn, reference, months) for reference in candidates]
    return tuple(
        one
        for one in found
        if one is not None and one.due <= today and not (unnoticed and one.held_by)
    )


def _case_due(conn: sa.Connection, reference: str, months: int) -> DueForErasure | None:
    last = erasing.last_event_at(conn, reference)
    if last is None:
        return None
    day = day_in_london(last)
    case = case_files.load(conn, reference)
    return DueForErasure(
        subject=reference,
        kind=case.kind,
        due=add_calendar_months(max(day, case.closed_on or day), months),
        because=f"{months} months after the last thing that happened, on {long_date(day)}",
        held_by="; ".join(held_by(case)),
    )


def _due_messages(house: OpenOffice, today: date) -> Iterator[DueForErasure]:
    chosen = house.settings.retention
    for months, kinds, but in (
        (chosen.machines, _MACHINES, False),
        (chosen.contacts, _MACHINES, True),
    ):
        day = _months_before(today, months)
        with house.database.reading() as conn:
            found = erasing.contacts_before(conn, _end_of(day), kinds, but=but)
        for number, kind, kept_at in found:
            came = day_in_london(kept_at)
            yield DueForErasure(
                subject=messages.stream_of(number),
                kind=kind,
                due=add_calendar_months(came, months),
                because=f"{months} months after it came, on {long_date(came)}",
            )


def held_by(case: Case) -> Iterator[str]:
    """Why nothing of the case may be erased, a sentence each; nothing where it may."""
    if case.closed_on is None:
        yield "it is not closed"
    for hold in case.holds:
        yield f"hold {hold.hold}: {hold.hold_for.replace('_', ' ')}, since {long_date(hold.on)}"
    if any(matter.is_open for matter in case.matters):
        yield "it is with an Ombudsman, or an order is not complied with yet"
    if leaving := [one.letter for one in case.letters if one.status == "handed_over"]:
        yield f"on its way and not recorded as sent: {', '.join(leaving)}"
    if undone := [one.id for one in case.actions if one.is_open]:
        yield f"promised and not done: {', '.join(undone)}"


def erase(
    house: OpenOffice,
    subject: str,
    *,
    because: Reason,
    now: datetime,
    actor: Actor,
    dry_run: bool,
) -> Erased:
    """Erase a case with its messages, or a message of no case; a dry run only says what.

    Raises NotKnown, and NotAllowed where it is held, erased already or not due by the schedule.
    """
    by_a_person(actor, "Something is erased")
    case = _may_be_erased(house, subject, because, day_in_london(now))
    return _erase(house, subject, case, because=because, now=now, actor=actor, dry_run=dry_run)


def erase_again(
    house: OpenOffice, subject: str, *, because: Reason, now: datetime, actor: Actor
) -> Erased:
    """Repeat an erasure that a restored record does not know of; it was decided on then.

    Raises NotKnown where the record knows no such thing, NotAllowed where it is held by what the
    record says, or erased.
    """
    case = _may_be_erased(house, subject, "request", day_in_london(now))
    return _erase(house, subject, case, because=because, now=now, actor=actor, dry_run=False)


def _erase(
    house: OpenOffice,
    subject: str,
    case: Case | None,
    *,
    because: Reason,
    now: datetime,
    actor: Actor,
    dry_run: bool,
) -> Erased:
    with house.database.reading() as conn:
        this = _erasable(conn, subject)
        names = _in_outbox(conn, subject) if case else ()
        lessons = _taught(conn, this)
    copies = list(_copies(house, this, names))
    if not dry_run:
        with house.database.writing() as conn:
            if case is not None:
                _keep_figures(conn, house, case, now=now, actor=actor)
            this = _erasable(conn, subject)
            erasing.erase(
                conn, this, because=because, by=actor.name, os_account=actor.os_account, now=now
            )
            if case is not None:
                _project_anew(conn, house, subject, now)
        for path in copies:
            path.unlink(missing_ok=True)
        finish(house, now=now)
    return Erased(
        subject=subject,
        events=len(this.events),
        messages=len(this.messages),
        letters=len(this.letters),
        documents=sum(house.documents.has(one) for one in this.documents)
        if dry_run
        else len(this.documents),
        copies=len(copies),
        lessons=lessons,
        done=not dry_run,
    )


def finish(house: OpenOffice, *, now: datetime) -> list[str]:
    """Remove the files of erasures that a crash left unfinished; what went wrong."""
    problems = []
    with house.database.reading() as conn:
        waiting = erasing.unfinished(conn)
    if waiting:
        try:
            _list_erased(house)
        except StoreUnavailable as refused:
            return [str(refused)]  # the files go once it is on the list
    for row in waiting:
        try:
            for sha256 in row.documents:
                house.documents.remove(sha256)
        except StoreUnavailable as refused:
            problems.append(f"Of {row.subject} not every file is gone yet: {refused}")
            continue
        with house.database.writing() as conn:
            erasing.finished(conn, row.id, now)
    return problems


def _list_erased(house: OpenOffice) -> None:
    """Bring the list that older backups are held against up to the record."""
    with house.database.writing() as conn:  # so that one writes it at a time
        rows = erasing.listing(conn)
        try:
            erasure_ledger.write(house.office.data, rows)
        except OSError as error:
            raise StoreUnavailable(
                f"What was erased could not be put on the list in {house.office.data} "
                f"({error.strerror}); its files go once it is."
            ) from error


def _may_be_erased(house: OpenOffice, subject: str, because: Reason, today: date) -> Case | None:
    """The case that may be; None for a message that may."""
    with house.database.reading() as conn:
        if subject in erasing.erased_subjects(conn) and not _erasable(conn, subject).events:
            raise NotAllowed(f"{subject} was erased already.")
        if number := _number_of(subject):
            if messages.load(conn, number).case_reference is not None:
                raise NotAllowed(f"{subject} belongs to a case, and is erased with it.")
            case = None
        else:
            case = case_files.load(conn, subject)
            if held := tuple(held_by(case)):
                raise NotAllowed(f"{subject} may not be erased: {'; '.join(held)}.")
    if because == "schedule" and subject not in {one.subject for one in due(house, today)}:
        raise NotAllowed(
            f"{subject} is not due for erasure; `correspondence retention` shows what is. Where "
            "somebody asked for it, say --because request."
        )
    return case


def _keep_figures(
    conn: sa.Connection, house: OpenOffice, case: Case, *, now: datetime, actor: Actor
) -> None:
    """Put on record as codes what only the letters say, and reports count."""
    said = said_of(conn, case.reference)
    kept = FiguresKept(outcomes=said.outcomes, refused_because=said.refused_because)
    file_events(conn, house, case.reference, [kept], now=now, actor=actor)


def _project_anew(conn: sa.Connection, house: OpenOffice, reference: str, now: datetime) -> None:
    """The case's row as it follows from what is left of its events."""
    case = case_files.load(conn, reference)
    steps = next_steps(case, day_in_london(now), house.timescales, house.calendar)
    case_files.project(conn, case, steps, now)
    search.forget(conn, reference=reference)


def _erasable(conn: sa.Connection, subject: str) -> Erasable:
    number = _number_of(subject)
    return erasing.of_message(conn, number) if number else erasing.of_case(conn, subject)


def _number_of(subject: str) -> int:
    """The number of a message's stream; 0 for a case."""
    kind, _, number = subject.rpartition(":")
    if not kind:
        return 0
    if kind != "message" or not number.isdecimal():
        raise NotKnown(
            f"{subject!r} is neither a case, such as CMP-2026-000001, nor a message, such as "
            "message:12."
        )
    return int(number)


def _in_outbox(conn: sa.Connection, reference: str) -> tuple[str, ...]:
    """The names under which letters of the case were put into the outbox."""
    return tuple(
        name
        for one in case_files.history(conn, reference)
        if isinstance(one.event, LetterHandedOver)
        for name in one.event.files
    )


def _taught(conn: sa.Connection, this: Erasable) -> bool:
    return any(
        audit.facts(conn, messages.stream_of(number), "reading_corrected")
        for number in this.messages
    )


def _copies(house: OpenOffice, this: Erasable, names: tuple[str, ...]) -> Iterator[Path]:
    """Copies of it outside the documents: files taken in, and letters nobody took away."""
    wanted = set(this.documents)
    stems = {name.rpartition(".")[0][:60] for name in this.source_names}
    processed = house.office.processed
    if processed.is_dir() and stems:
        for path in sorted(processed.iterdir()):
            if path.is_file() and any(path.name.startswith(stem) for stem in stems):
                try:
                    digest = hashlib.sha256(path.read_bytes()).hexdigest()
                except OSError:
                    continue
                if digest in wanted:
                    yield path
    for name in names:
        path = house.office.outbox / name
        if path.is_file():
            yield path


def _months_before(day: date, months: int) -> date:
    """The last day from which so many months have passed."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for back in range(4):  # the end of a shorter month
        try:
            return day.replace(year=year, month=month + 1, day=day.day - back)
        except ValueError:
            continue
    raise CorrespondenceError(f"There is no day {months} months before {long_date(day)}.")


def _end_of(day: date) -> datetime:
    return in_london(datetime.combine(day + timedelta(days=1), time(0))).astimezone(UTC)
