"""Take a register of past cases in, and hand the whole register out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.reports.own_cases import fingerprint, own_cases, own_contacts, own_entries
from correspondence.reports.register_file import read_register, register_file
from correspondence.reports.register_file.reading import RowsRefused
from correspondence.store import counted, register

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.reports.case_detail import CaseDetail
    from correspondence.store.register_entry import RegisterEntry


@dataclass(frozen=True, slots=True)
class ImportedRegister:
    """What an import came to. `rows` = `added` + `changed` + `unchanged` + `our_own`."""

    file: str
    sha256: str
    encoding: str
    rows: int
    added: int
    changed: int
    unchanged: int
    our_own: int
    unknown_columns: tuple[str, ...]
    missing_columns: tuple[str, ...]
    notes: tuple[str, ...]


def import_register(
    house: OpenOffice, raw: bytes, file: str, *, now: datetime, actor: Actor
) -> ImportedRegister:
    """Take in every line of the file, or none. A reference known before is brought up to date.

    A case of this office is never changed by a file: its line must say what the case says, as it
    does where the file was written by `export_register`. Raises FileUnusable.
    """
    read = read_register(raw, file)
    digest = hashlib.sha256(raw).hexdigest()
    with house.database.writing() as conn:
        named = {entry.reference for _, entry in read.entries}
        own = own_entries(conn, house.calendar, only=named)
        ours = {entry.reference: entry for entry in own}
        at_odds = [
            f"line {line}: {entry.reference} is a case of this office, and the line does not say "
            "what the case says; change the case, or leave the line out"
            for line, entry in read.entries
            if entry.reference in ours and ours[entry.reference] != entry
        ]
        if at_odds:
            raise RowsRefused(file, at_odds)
        past = [entry for _, entry in read.entries if entry.reference not in ours]
        kept = register.keep(
            conn, past, sha256=digest, now=now, by=actor.name, os_account=actor.os_account
        )
    return ImportedRegister(
        file=file,
        sha256=digest,
        encoding=read.encoding,
        rows=len(read.entries),
        added=kept.added,
        changed=kept.changed,
        unchanged=kept.unchanged,
        our_own=len(read.entries) - len(past),
        unknown_columns=read.unknown_columns,
        missing_columns=read.missing_columns,
        notes=read.notes,
    )


@dataclass(frozen=True, slots=True)
class Register:
    """The whole register: past cases, then our own, then contacts; details by our references."""

    entries: tuple[RegisterEntry, ...]
    details: dict[str, CaseDetail]


def the_register(house: OpenOffice) -> Register:
    """Everything a report counts. Raises RecordBroken.

    What was counted of our own cases anew is kept, so that the next report is quicker.
    """
    with house.database.reading() as conn:
        past = register.listing(conn)
        own = own_cases(conn, house.calendar)
        messages = own_contacts(conn)
    if own.anew:
        with house.database.writing() as conn:
            counted.keep(conn, own.anew, fingerprint(house.calendar))
    return Register((*past, *own.entries, *messages), own.details)


def count_ahead(house: OpenOffice, most: int = 200) -> int:
    """Count some of the cases that have changed, so that no report has to; how many."""
    basis = fingerprint(house.calendar)
    with house.database.reading() as conn:
        changed = counted.stale(conn, basis, most)
        own = own_cases(conn, house.calendar, only=changed) if changed else None
    if own is not None and own.anew:
        with house.database.writing() as conn:
            counted.keep(conn, own.anew, basis)
    return len(changed)


def whole_register(house: OpenOffice) -> tuple[RegisterEntry, ...]:
    """Past cases first, in the order they came in, then our own. Raises RecordBroken."""
    return the_register(house).entries


def export_register(house: OpenOffice) -> str:
    """The whole register as CSV, which imports again without changing anything."""
    return register_file(whole_register(house))
