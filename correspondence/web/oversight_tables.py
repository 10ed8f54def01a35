"""The tables of the whole office: what stands on the manager's page, and goes into a file as is."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from correspondence.store import (
    case_files,
    leaving,
    letters,
    messages,
    oversight,
    questions,
    queue,
)
from correspondence.store.queue import NOBODY, Narrowed
from correspondence.web.exports import ExportTable
from correspondence.web.promise_tables import done, done_ages, promised, promised_ages
from correspondence.web.spoken import duty, plainly
from correspondence.web.whole_office import band

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from correspondence.store.queue import Queued
    from correspondence.web.exports import Cell
    from correspondence.web.whole_office import Office

BANDS: Final = ((10, "Up to 10 days"), (20, "11 to 20"), (40, "21 to 40"), (60, "41 to 60"))
OLDER: Final = "More than 60"
"""Days since a case was first received, by which its age is told."""

_READY: Final = ("approved", "sending", "handed_over")
_MONTHS: Final = 12
_DAYS_OF_READING: Final = 90


def late(office: Office) -> ExportTable:
    """Cases that are late."""
    until = office.today - timedelta(days=1)
    found = queue.page(office.conn, Narrowed(until=until), most=office.most)
    return ExportTable("Late", _RISK, tuple(_at_risk(office, found)))


def soon(office: Office) -> ExportTable:
    """Cases that will be late, unless something happens."""
    found = queue.page(office.conn, _soon_late(office), most=office.most)
    return ExportTable("Soon late", _RISK, tuple(_at_risk(office, found)))


def _soon_late(office: Office) -> Narrowed:
    return Narrowed(since=office.today, until=office.soon(), no_letter_in=_READY)


_RISK: Final = ("Case", "Resident", "What is owed", "By", "How long", "With", "Letter")
_NONE_READY: Final = "None ready"


def _at_risk(office: Office, found: Sequence[Queued]) -> Iterable[tuple[Cell, ...]]:
    references = [one.case.reference for one in found]
    ready = {
        row.reference
        for row in letters.listing(office.conn, references=references, statuses=_READY)
    }
    names = office.names()
    for one in found:
        yield (
            one.case.reference,
            one.case.resident_name,
            duty(one.case.next_duty),
            one.case.next_due,
            office.when(one.case.next_due),
            names.get(one.handler, one.handler) or "Nobody yet",
            "Approved" if one.case.reference in ready else _NONE_READY,
        )


def caseload(office: Office) -> ExportTable:
    """Who has what; what nobody has yet comes first."""
    stages: Counter[tuple[str, int]] = Counter()
    behind: Counter[str] = Counter()
    for load in queue.loads(office.conn, office.today):
        stages[load.handler, load.stage] += load.cases
        behind[load.handler] += load.late
    rows = tuple(
        (name, stages[handler, 1], stages[handler, 2], behind[handler])
        for handler, name in {"": "Nobody yet", **office.names()}.items()
        if not handler or stages[handler, 1] or stages[handler, 2]
    )
    return ExportTable("Caseload", ("Person", "Stage 1", "Stage 2", "Late"), rows)


def ages(office: Office) -> ExportTable:
    """How old open cases are, in days since they were first received."""
    bands: Counter[tuple[str, int]] = Counter()
    for (stage, days), count in oversight.ages(office.conn, office.today).items():
        bands[band(days, BANDS, OLDER), stage] += count
    rows = tuple(
        (name, bands[name, 1], bands[name, 2]) for name in (*(one[1] for one in BANDS), OLDER)
    )
    return ExportTable("Ages", ("Days since received", "Stage 1", "Stage 2"), rows)


def extended(office: Office) -> ExportTable:
    """Extensions decided, and told to residents, by month."""
    since = datetime.combine(_months_ago(office.today), datetime.min.time(), UTC)
    rows = tuple(
        (_month(one.month), one.stage, one.decided, one.told)
        for one in oversight.extensions(office.conn, since)
    )
    return ExportTable("Extensions", ("Month", "Stage", "Decided", "Residents told"), rows)


def awaiting(office: Office) -> ExportTable:
    """Letters that wait for a second person to approve them."""
    names = office.names()
    rows = tuple(
        (
            row.id,
            plainly(row.kind),
            names.get(row.approved_by or "", row.approved_by or ""),
            row.approved_at.date() if row.approved_at else None,
            row.second_because or "",
        )
        for row in leaving.awaiting_second(office.conn)
    )
    columns = ("Letter", "Kind", "Approved by", "On", "Why a second person")
    return ExportTable("Second approvals", columns, rows)


def asked(office: Office) -> ExportTable:
    """Questions of investigations that wait for an answer."""
    waiting = questions.waiting(office.conn)
    stands = case_files.standing_for(office.conn, {one.reference for one in waiting})
    rows = tuple(
        (
            one.id,
            stands.get(one.reference, one.reference),
            one.asked_of,
            one.due,
            office.when(one.due),
            one.chased_on,
        )
        for one in waiting
    )
    columns = ("Question", "Case", "Asked of", "Wanted by", "How long", "Chased last")
    return ExportTable("Questions", columns, rows)


def read_right(office: Office) -> ExportTable:
    """What messages were read as wrongly, and put right to, in the last 90 days."""
    rows = tuple(
        (plainly(was), plainly(is_now), count)
        for was, is_now, count in oversight.readings(office.conn, _reading_since(office)).confused
    )
    return ExportTable("Corrections", ("Read as", "Put right to", "Times"), rows)


def reading_total(office: Office) -> tuple[int, int]:
    """How many messages came in the last 90 days, and of how many the kind was put right."""
    found = oversight.readings(office.conn, _reading_since(office))
    return found.kept, found.corrected


def by_month(office: Office) -> ExportTable:
    """Cases first received in each of the last twelve months, by service."""
    found: Counter[tuple[date, str]] = Counter()
    for one in oversight.received(office.conn, _months_ago(office.today)):
        found[one.month, one.area] += one.cases
    areas = sorted({area for _, area in found}, key=lambda area: (-_of_area(found, area), area))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            _month(month),
            *(found[month, area] for area in areas),
            sum(found[month, area] for area in areas),
        )
        for month in _months(office.today)
    )
    heads = (plainly(area) if area else "Not known" for area in areas)
    return ExportTable("Received", ("Month", *heads, "All"), rows)


def open_cases(office: Office, narrowed: Narrowed) -> ExportTable:
    """The cases of the queue as it is narrowed down."""
    columns = (
        "Reference", "Resident", "Matter", "Kind", "Stage", "Status", "Service", "Flags",
        "Received", "Acknowledged", "What is owed", "By", "Why then", "With", "Needs a person",
    )  # fmt: skip
    names = office.names()
    rows = tuple(
        (
            one.case.reference,
            one.case.resident_name,
            one.case.matter,
            plainly(one.case.kind),
            one.case.stage,
            plainly(one.case.status),
            plainly(one.case.service_area),
            ", ".join(plainly(flag) for flag in one.case.flags),
            one.case.received_on,
            one.case.acknowledged_on,
            duty(one.case.next_duty),
            one.case.next_due,
            one.case.next_because,
            names.get(one.handler, one.handler),
            "yes" if one.case.needs_person else "no",
        )
        for one in queue.page(office.conn, narrowed)
    )
    return ExportTable("Cases", columns, rows)


TABLES: Final = {
    "late": late,
    "soon": soon,
    "caseload": caseload,
    "ages": ages,
    "actions": promised,
    "late-promises": promised_ages,
    "done": done,
    "done-ages": done_ages,
    "extensions": extended,
    "second-approvals": awaiting,
    "questions": asked,
    "corrections": read_right,
    "received": by_month,
}
"""The tables of the page, by the names of their files."""


def asking(office: Office) -> int:
    """How many messages ask for a person."""
    return messages.needing_person(office.conn)


def unassigned(office: Office) -> int:
    """How many cases nobody looks after."""
    return _counts(office, Narrowed(handler=NOBODY)).total


def late_in_all(office: Office) -> int:
    """How many cases are late."""
    return _counts(office, Narrowed()).overdue


def soon_in_all(office: Office) -> int:
    """How many cases will be late, unless something happens."""
    return _counts(office, _soon_late(office)).total


def _counts(office: Office, narrowed: Narrowed) -> queue.Counts:
    return queue.counts(office.conn, narrowed, today=office.today, week_end=office.today)


def _of_area(found: Counter[tuple[date, str]], area: str) -> int:
    return sum(count for (_, one), count in found.items() if one == area)


def _months(today: date) -> list[date]:
    """The first days of the last twelve months, this one last."""
    number = today.year * 12 + today.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(number - _MONTHS + 1, number + 1)]


def _months_ago(today: date) -> date:
    return _months(today)[0]


def _reading_since(office: Office) -> datetime:
    day = office.today - timedelta(days=_DAYS_OF_READING)
    return datetime.combine(day, datetime.min.time(), UTC)


def _month(first: date) -> str:
    return f"{first:%Y-%m}"
