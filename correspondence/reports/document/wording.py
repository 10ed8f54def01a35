"""How figures are told: codes in words, days, numbers, and a count as a table with its shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from correspondence.reports.document.parts import ReportTable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from correspondence.reports.document.parts import Value

NOT_RECORDED: Final = "Not recorded"
SPOKEN: Final = {
    "mp_enquiry": "Enquiry by a Member of Parliament",
    "councillor_enquiry": "Enquiry by a councillor",
    "escalation": "Escalation of a complaint from elsewhere",
    "lcra": "low cost rental accommodation",
    "lcho": "low cost home ownership",
    "local_government": "Local Government and Social Care Ombudsman",
    "housing": "Housing Ombudsman",
}


def counted(
    title: str,
    what: str,
    counts: Mapping[str, int],
    *,
    drawn: bool = False,
    guarded: bool = True,
) -> ReportTable:
    """A table of counts with their shares and total."""
    total = sum(counts.values())
    rows: list[tuple[Value, ...]] = [
        (spoken(name), count, round(100 * count / total, 1) if total else 0.0)
        for name, count in counts.items()
    ]
    return ReportTable(
        title,
        (what, "Number", "Share"),
        tuple(rows),
        total=("Total", total, 100.0 if total else 0.0),
        chart="bars" if drawn and total else "",
        percent=2,
        note="Shares are rounded and may not add up to 100%." if total else "",
        guarded=guarded,
    )


def spoken(code: str) -> str:
    """A code as people say it; a landlord's own words as they are."""
    if not code:
        return NOT_RECORDED
    if code in SPOKEN:
        return SPOKEN[code]
    return code.replace("_", " ").capitalize() if code == code.lower() and " " not in code else code


def day_of(day: date) -> str:
    """A day as people say it."""
    return f"{day.day} {day:%B %Y}"


def number_of(count: int, what: str) -> str:
    """How many of something, such as '1 complaint'."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
