"""Codes, days and moments in the words an officer reads on a page."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from correspondence.errors import CalendarRunsOut
from correspondence.handling_code.london import in_london
from correspondence.handling_code.working_days import working_days_between

if TYPE_CHECKING:
    from collections.abc import Callable

    from correspondence.handling_code.working_days import Calendar

_DUTIES: Final = {
    "acknowledge": "Acknowledge the complaint",
    "respond": "Send the response",
    "respond_target": "Our own target for the response",
    "extend_by": "Last day to tell the resident of an extension",
    "extension_limit": "Latest date an extension can reach",
    "update": "Tell the resident how things stand",
    "action": "Do what was promised",
    "learning": "Record what was learned",
    "ombudsman_evidence": "Send the Ombudsman what was asked for",
    "ombudsman_order": "Comply with the Ombudsman's order",
    "review_adjustments": "Review what was agreed with the resident",
    "review_restriction": "Review the restriction of contact",
    "question": "Get the answer that was asked for",
}
_WORDS: Final = {
    "": "Not said",
    "mp_enquiry": "MP enquiry",
    "to_acknowledge": "To acknowledge",
    "handed_over": "In the outbox",
    "failed": "Came back",
    "over_twelve_months": "More than 12 months ago",
    "met": "Met",
    "anti_social_behaviour": "Anti-social behaviour",
    "missing": "Missing",
    "unsure": "Check",
    "opened": "Became a case",
    "joined": "Put with a case",
    "recorded": "Kept in the register",
    "duplicate": "Had come before",
    "sign": "Signed",
    "decide": "Decided",
    "investigate": "Investigated",
    "account": "Gave their account",
    "answer": "Answered a question",
    "merged": "Part of another case",
}
_STATUS_COLOURS: Final = {
    "draft": "yellow",
    "approved": "blue",
    "sending": "purple",
    "handed_over": "purple",
    "sent": "green",
    "failed": "red",
    "withdrawn": "grey",
    "met": "green",
    "missing": "red",
    "unsure": "yellow",
}
_SHORT_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
_SHORT_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def plainly(code: str | None) -> str:
    """A code in words: ``damp_and_mould`` is Damp and mould."""
    if code is None:
        return ""
    known = _WORDS.get(code)
    if known is not None:
        return known
    words = code.replace("stage1", "stage 1").replace("stage2", "stage 2").replace("_", " ")
    return words[:1].upper() + words[1:]


def duty(code: str | None) -> str:
    """What is owed, as something to do."""
    return _DUTIES.get(code or "", plainly(code)) if code else "Nothing is owed"


def short_day(day: date | None) -> str:
    """A day, such as Fri 27 Nov 2026."""
    if day is None:
        return "–"
    return f"{_SHORT_DAYS[day.weekday()]} {day.day} {_SHORT_MONTHS[day.month - 1]} {day.year}"


def moment(at: datetime | None) -> str:
    """A moment on a London clock, such as Fri 27 Nov 2026, 14:05."""
    if at is None:
        return "–"
    there = in_london(at)
    return f"{short_day(there.date())}, {there:%H:%M}"


def pounds(pence: int | None) -> str:
    """A sum of pence in pounds."""
    return "" if pence is None else f"£{pence / 100:,.2f}"


def colour(code: str) -> str:
    """The class of the tag for a status. The tag says it in words as well."""
    return f"govuk-tag--{_STATUS_COLOURS.get(code, 'grey')}"


def how_long(due: date | None, today: date, calendar: Calendar) -> str:
    """How long there is until that day, or how long it is past, in working days."""
    if due is None:
        return "no date known"
    if due == today:
        return "due today"
    try:
        if due < today:
            late = working_days_between(due, today, calendar)
            return f"{_counted(late)} overdue" if late else "overdue"
        left = working_days_between(today, due, calendar)
    except CalendarRunsOut:
        return f"{abs((due - today).days)} days {'overdue' if due < today else 'left'}"
    return f"{_counted(left)} left"


def size(of_bytes: int) -> str:
    """How large a file is."""
    if of_bytes < 1_000:
        return f"{of_bytes} bytes"
    if of_bytes < 1_000_000:
        return f"{of_bytes / 1_000:.0f} kB"
    return f"{of_bytes / 1_000_000:.1f} MB"


def _counted(days: int) -> str:
    return f"{days} working day{'' if days == 1 else 's'}"


FILTERS: Final[dict[str, Callable[..., object]]] = {
    "plainly": plainly,
    "duty": duty,
    "day": short_day,
    "moment": moment,
    "pounds": pounds,
    "colour": colour,
    "size": size,
}
