"""Take people and homes in, and find whose home a case is about (CH01, CH02).

A case counts in the measures by the tenure of the day it was found out; a later import changes
nothing about it, and a person's word replaces what was found.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from pydantic import Field

from correspondence.cases.tenure import Basis, Tenure, TenureRecorded
from correspondence.casework.log_form import LogForm, by_a_person
from correspondence.casework.record import file_events
from correspondence.casework.reporting.people_file import as_postcode, read_people
from correspondence.letters.checking.record.names import likeness
from correspondence.store import audit, case_files, people
from correspondence.store.people import PeopleImported

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.people import Person


class TenureForm(LogForm):
    """Whose home the case is about, as a person knows it."""

    form: Literal["tenure"] = Field(description="Which form this is.")
    tenure: Tenure = Field(description="lcra, lcho, leaseholder, applicant or other.")
    tenancy_reference: str = Field(default="", max_length=100, description="Where it is known.")


@dataclass(frozen=True, slots=True)
class ImportedPeople:
    """What an import came to. `matched` are cases whose home is known since."""

    file: str
    sha256: str
    encoding: str
    rows: int
    added: int
    changed: int
    unchanged: int
    removed: int
    matched: int
    unknown_columns: tuple[str, ...]


def import_people(
    house: OpenOffice, raw: bytes, file: str, *, whole: bool, now: datetime, actor: Actor
) -> ImportedPeople:
    """Take in every line of the file, or none, then match cases. Raises FileUnusable."""
    read = read_people(raw, file)
    digest = hashlib.sha256(raw).hexdigest()
    with house.database.writing() as conn:
        kept = people.keep(conn, read.people, whole=whole, now=now)
        event = PeopleImported(
            sha256=digest,
            rows=len(read.people),
            added=kept.added,
            changed=kept.changed,
            removed=kept.removed,
        )
        audit.append(conn, audit.OFFICE, event, by=actor.name, os_account=actor.os_account, now=now)
    return ImportedPeople(
        file=file,
        sha256=digest,
        encoding=read.encoding,
        rows=len(read.people),
        added=kept.added,
        changed=kept.changed,
        unchanged=kept.unchanged,
        removed=kept.removed,
        matched=match_cases(house, now=now, actor=actor),
        unknown_columns=read.unknown_columns,
    )


def match_cases(house: OpenOffice, *, now: datetime, actor: Actor, only_new: bool = False) -> int:
    """Find whose home each case is about that nobody knows of; how many were found.

    Known is whom a mail address belongs to, or who has that name in a home with that postcode.
    Where it could be two people of different tenure, a person says which.
    """
    with house.database.reading() as conn:
        if not people.count(conn):
            return 0
        waiting = people.cases_to_match(conn, only_new=only_new)
        found = [(reference, _found(conn, reference)) for reference in waiting]
    matched = 0
    for reference, event in found:
        if event is not None:
            with house.database.writing() as conn:
                file_events(conn, house, reference, [event], now=now, actor=actor)
            matched += 1
    return matched


def record_tenure(
    house: OpenOffice, reference: str, form: TenureForm, *, now: datetime, actor: Actor
) -> Case:
    """Record a person's word on whose home the case is about. Raises NotKnown, NotAllowed."""
    by_a_person(actor, "Whose home it is is recorded")
    with house.database.writing() as conn:
        case_files.row(conn, reference)
        event = TenureRecorded(
            tenure=form.tenure, basis="person", tenancy_reference=form.tenancy_reference
        )
        return file_events(conn, house, reference, [event], now=now, actor=actor)


def _found(conn: sa.Connection, reference: str) -> TenureRecorded | None:
    case = case_files.load(conn, reference)
    if case.erased is not None:
        return None
    own = {case.resident.email, case.writes_from if case.representative is None else ""}
    by_address = people.with_addresses(conn, {one for one in own if one})
    if match := _one(by_address, case):
        return _event(match, "email")
    postcode = as_postcode(case.resident.postcode)
    if postcode and case.resident.name:
        same = [
            one
            for one in people.at_postcode(conn, postcode)
            if likeness(one.name, case.resident.name) == "same"
        ]
        if match := _one(same, case):
            return _event(match, "name_and_home")
    return None


def _one(known: Sequence[Person], case: Case) -> Person | None:
    """The one of them that is meant: by name where there are several, or all of one tenure."""
    if len(known) > 1:
        named = [one for one in known if likeness(one.name, case.resident.name) == "same"]
        known = named or known
    tenures = {one.tenure for one in known}
    if len(tenures) != 1 or tenures == {""}:
        return None
    return known[0]


def _event(person: Person, basis: Basis) -> TenureRecorded:
    return TenureRecorded(
        tenure=cast("Tenure", person.tenure),
        basis=basis,
        tenancy_reference=person.tenancy_reference,
    )
