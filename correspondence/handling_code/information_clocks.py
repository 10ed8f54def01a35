"""The clocks of information law that may run beside a complaint, each on its own calendar.

A request for information or a data protection complaint inside a complaint is answered in its own
time; neither waits for the other, and none of these clocks moves the Code's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.months import add_calendar_months
from correspondence.handling_code.united_kingdom import UNITED_KINGDOM
from correspondence.handling_code.working_days import Calendar, CalendarRunsOut, add_working_days

FREEDOM_OF_INFORMATION_DAYS: Final = 20
"""Working days of the whole United Kingdom."""

DATA_PROTECTION_COMPLAINT_DAYS: Final = 30
"""Calendar days to acknowledge a data protection complaint."""

DATA_PROTECTION_COMPLAINTS_FROM: Final = date(2026, 6, 19)
"""From when data protection complaints have a process of their own in law."""

SUBJECT_ACCESS_MONTHS: Final = 1
SUBJECT_ACCESS_EXTENSION_MONTHS: Final = 2


@dataclass(frozen=True, slots=True)
class StatutoryDate:
    """One date another law sets. `due` is None where it cannot be known; `because` says why."""

    duty: str
    due: date | None
    law: str
    because: str


def information_request(
    received: date, *, environmental: bool = False, calendar: Calendar = UNITED_KINGDOM
) -> StatutoryDate:
    """When a request under freedom of information or environmental information law is due.

    Promptly, and at the latest on the twentieth working day after the day of receipt.
    """
    law = (
        "Environmental Information Regulations 2004, reg. 5(2)"
        if environmental
        else "Freedom of Information Act 2000, s. 10(1)"
    )
    try:
        due = add_working_days(received, FREEDOM_OF_INFORMATION_DAYS, calendar)
    except CalendarRunsOut as runs_out:
        return StatutoryDate("answer_request", None, law, str(runs_out))
    return StatutoryDate(
        "answer_request",
        due,
        law,
        f"{law}: {FREEDOM_OF_INFORMATION_DAYS} working days of {calendar.name} from "
        f"{long_date(received)}, when it was received",
    )


def subject_access_request(received: date, *, extended: bool = False) -> StatutoryDate:
    """When a request for one's own personal data is due: one calendar month, or three if extended.

    Extending for a complex request must be told within the first month. A last day at a weekend is
    not moved to the Monday after, which is stricter than the law asks.
    """
    months = SUBJECT_ACCESS_MONTHS + (SUBJECT_ACCESS_EXTENSION_MONTHS if extended else 0)
    law = "UK GDPR, art. 12(3)"
    try:
        due = add_calendar_months(received, months)
    except OverflowError as beyond:
        return StatutoryDate("answer_subject_access", None, law, str(beyond))
    count = "1 calendar month" if months == 1 else f"{months} calendar months"
    return StatutoryDate(
        "answer_subject_access",
        due,
        law,
        f"{law}: {count} from {long_date(received)}, when it was received",
    )


def data_protection_complaint(
    received: date, *, in_force_from: date = DATA_PROTECTION_COMPLAINTS_FROM
) -> StatutoryDate:
    """By when a complaint about personal data must be acknowledged: 30 calendar days.

    To be verified: whether the period begins with the day of receipt or with the day after; the
    statute's words allow the first, the regulator's guidance the second. The earlier is taken.
    Inquiries begin and the outcome follows without undue delay, whatever else the letter holds.
    """
    law = "Data Protection Act 2018, s. 164A"
    duty = "acknowledge_data_protection_complaint"
    if received < in_force_from:
        return StatutoryDate(
            duty,
            None,
            law,
            f"{law}: received on {long_date(received)}, before {long_date(in_force_from)} when "
            "these complaints got a process of their own; handle it under the complaints policy",
        )
    if received > date.max - timedelta(days=DATA_PROTECTION_COMPLAINT_DAYS):
        return StatutoryDate(duty, None, law, f"{long_date(received)} is too far ahead: check it.")
    return StatutoryDate(
        duty,
        received + timedelta(days=DATA_PROTECTION_COMPLAINT_DAYS - 1),
        law,
        f"{law}: {DATA_PROTECTION_COMPLAINT_DAYS} calendar days beginning with "
        f"{long_date(received)}, when it was received, weekends and holidays counted",
    )
