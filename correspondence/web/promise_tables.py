"""The tables of what was promised to residents: to be kept, and kept but not agreed to yet."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from correspondence.store import actions, case_files
from correspondence.web.exports import ExportTable
from correspondence.web.whole_office import band

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from correspondence.store.actions import ActionRow
    from correspondence.web.whole_office import Office

LATE_BANDS: Final = ((5, "1 to 5 working days"), (20, "6 to 20"))
LATER: Final = "More than 20"
"""Working days, by which it is told how late something is, or how long it has waited."""


def promised(office: Office) -> ExportTable:
    """Promises that are still to be kept."""
    columns = (
        "Action", "Case", "Letter", "What was promised", "Owner", "By", "Promised for first",
        "Working days overdue", "Pounds", "Payment",
    )  # fmt: skip
    rows = tuple(
        (
            one.id,
            one.reference,
            one.letter,
            one.what,
            one.owner,
            one.due,
            one.promised_for,
            office.late(one.due),
            None if one.pence is None else f"{one.pence / 100:.2f}",
            _payment(office, one),
        )
        for one in actions.listing(office.conn, most=office.most)
    )
    return ExportTable("Promised actions", columns, rows)


def _payment(office: Office, action: ActionRow) -> str:
    """Where a payment that a manager approves stands; empty for any other promise."""
    if office.approved_above is None or (action.pence or 0) <= office.approved_above:
        return ""
    known = case_files.load(office.conn, action.reference).actions
    approved = any(one.id == action.id and one.payment_approved_on for one in known)
    return "Approved" if approved else "To be approved"


def promised_ages(office: Office) -> ExportTable:
    """How late promises are."""
    return _by_lateness(office, actions.open_by_day(office.conn), "Late promises", "Promises")


def done(office: Office) -> ExportTable:
    """What was done, and the resident has not agreed to yet."""
    columns = ("Action", "Case", "What was promised", "Owner", "Done on", "Waiting since then")
    rows = tuple(
        (
            one.id,
            one.reference,
            one.what,
            one.owner,
            one.done_on,
            office.since(one.done_on),
        )
        for one in actions.unconfirmed(office.conn, office.most)
    )
    return ExportTable("Done, not confirmed", columns, rows)


def done_ages(office: Office) -> ExportTable:
    """How long what was done has waited for the resident's word."""
    found = actions.unconfirmed_by_day(office.conn)
    return _by_lateness(office, found, "Unconfirmed by age", "Actions", today="Done today")


def overdue_in_all(office: Office) -> int:
    """How many promises are overdue."""
    return sum(n for due, n in actions.open_by_day(office.conn).items() if due < office.today)


def promised_in_all(office: Office) -> int:
    """How many promises are still to be kept."""
    return sum(actions.open_by_day(office.conn).values())


def done_in_all(office: Office) -> int:
    """How many are done and not confirmed."""
    return sum(actions.unconfirmed_by_day(office.conn).values())


def _by_lateness(
    office: Office,
    days: Mapping[date, int],
    title: str,
    what: str,
    today: str = "Not due yet",
) -> ExportTable:
    bands: Counter[str] = Counter()
    for day, count in days.items():
        late = office.late(day)
        bands[band(late, LATE_BANDS, LATER) if late else today] += count
    names = (today, *(one[1] for one in LATE_BANDS), LATER)
    head = "How late" if today == "Not due yet" else "Since"
    return ExportTable(title, (head, what), tuple((name, bands[name]) for name in names))
