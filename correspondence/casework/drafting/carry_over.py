"""What was agreed with a resident in one case holds in their next, without being asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.cases.adjustments import Adjustments
from correspondence.cases.events import AdjustmentsAgreed
from correspondence.casework.acting import ourselves
from correspondence.casework.landlord import review_by
from correspondence.casework.record import file_events
from correspondence.handling_code.london import day_in_london
from correspondence.letters.checking.record.names import likeness
from correspondence.store import case_files

if TYPE_CHECKING:
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.case_files import CaseRow


def carried_over(house: OpenOffice, case: Case, *, now: datetime) -> Case:
    """The case with what was agreed with its resident last, where it says nothing of its own.

    The same resident is who writes from the same address under the same name: in one household
    people differ in what they need. It is an event of the case, and names where it comes from.
    """
    if case.adjustments_agreed:
        return case
    with house.database.reading() as conn:
        found = _agreed_before(conn, case)
    if found is None:
        return case
    reference, adjustments = found
    with house.database.writing() as conn:
        case = case_files.load(conn, case.reference)
        if case.adjustments_agreed:
            return case
        event = AdjustmentsAgreed(
            adjustments=adjustments,
            carried_from=reference,
            review_by=review_by(house.settings, day_in_london(now)),
        )
        return file_events(conn, house, case.reference, [event], now=now, actor=ourselves())


def of_the_same_resident(conn: sa.Connection, case: Case) -> tuple[CaseRow, ...]:
    """The other cases of the resident, the newest first."""
    return _of_the_same(case, case_files.by_addresses(conn, _own_addresses(case)))


def _own_addresses(case: Case) -> set[str]:
    own = {case.resident.email.lower()}
    if case.representative is None:
        own.add(case.writes_from.lower())
    return own


def _of_the_same(case: Case, rows: tuple[CaseRow, ...]) -> tuple[CaseRow, ...]:
    return tuple(
        row
        for row in rows
        if row.reference != case.reference
        and likeness(row.resident_name, case.resident.name) == "same"
    )


def _agreed_before(conn: sa.Connection, case: Case) -> tuple[str, Adjustments] | None:
    """The newest case of the resident that says something, and what; None where none does."""
    for row in _of_the_same(case, case_files.agreed_with(conn, _own_addresses(case))):
        other = case_files.load(conn, row.reference)
        if other.adjustments_agreed:
            nothing = other.adjustments == Adjustments()
            return None if nothing else (row.reference, other.adjustments)
    return None
