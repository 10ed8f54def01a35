"""Known people and their homes, as the housing system tells: whose tenant, at which address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import sqlalchemy as sa

from correspondence.cases.event import Event
from correspondence.store.tables import (
    Key,
    case_addresses,
    cases,
    events,
    people,
    people_addresses,
    portions,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime


class PeopleImported(Event):
    """People and homes were taken in from a file; `sha256` is the file's."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["people_imported"] = "people_imported"
    sha256: str
    rows: int
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class Person:
    """A person in a home, under their tenancy reference. E-mail addresses are in lower case."""

    tenancy_reference: str
    name: str
    address: str = ""
    uprn: str = ""
    postcode: str = ""
    tenure: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    adjustments: str = ""


@dataclass(frozen=True, slots=True)
class KeptPeople:
    """What an import came to."""

    added: int
    changed: int
    unchanged: int
    removed: int


def keep(conn: sa.Connection, rows: Sequence[Person], *, whole: bool, now: datetime) -> KeptPeople:
    """Keep these, each in place of what was known under the reference. Needs a writing unit.

    With `whole` the file is everybody there is, and others are removed.
    """
    before = {one.tenancy_reference: one for one in _all(conn)}
    by_reference = {Key.shortened(row.tenancy_reference): row for row in rows}
    new = [row for key, row in by_reference.items() if key not in before]
    changed = [row for key, row in by_reference.items() if key in before and before[key] != row]
    gone = sorted(before.keys() - by_reference.keys()) if whole else []
    _remove(conn, [*(row.tenancy_reference for row in changed), *gone])
    _insert(conn, [*new, *changed], now)
    unchanged = len(by_reference) - len(new) - len(changed)
    return KeptPeople(len(new), len(changed), unchanged, len(gone))


def with_addresses(conn: sa.Connection, addresses: Collection[str]) -> tuple[Person, ...]:
    """Those whom any of these mail addresses is known to belong to, by reference."""
    found: set[str] = set()
    for some in portions(address.lower() for address in addresses if address):
        query = sa.select(people_addresses.c.tenancy_reference).where(
            people_addresses.c.address.in_(some)
        )
        found.update(conn.execute(query).scalars())
    return _by_references(conn, found)


def at_postcode(conn: sa.Connection, postcode: str) -> tuple[Person, ...]:
    """Those whose home has this postcode, which is written as `AB1 2CD`."""
    query = sa.select(people.c.tenancy_reference).where(people.c.postcode == postcode)
    return _by_references(conn, set(conn.execute(query).scalars()))


def by_reference(conn: sa.Connection, reference: str) -> Person | None:
    """Who is known under a tenancy reference; None where nobody is."""
    found = _by_references(conn, {Key.shortened(reference)})
    return found[0] if found else None


def count(conn: sa.Connection) -> int:
    """How many people are known."""
    number: int = conn.execute(sa.select(sa.func.count()).select_from(people)).scalar_one()
    return number


def cases_to_match(conn: sa.Connection, *, only_new: bool) -> tuple[str, ...]:
    """Cases of which nobody knows yet whose home they are about, oldest first.

    `only_new` asks for those that wait to be acknowledged.
    """
    recorded = sa.exists().where(
        events.c.stream == cases.c.reference, events.c.kind == "tenure_recorded"
    )
    query = sa.select(cases.c.reference).where(~recorded).order_by(cases.c.reference)
    if only_new:
        query = query.where(cases.c.status == "to_acknowledge")
    return tuple(conn.execute(query).scalars())


def known_senders(conn: sa.Connection, references: Iterable[str]) -> frozenset[str]:
    """Those of the cases that have a party whose address is a known person's."""
    found: set[str] = set()
    for some in portions(references):
        query = (
            sa.select(case_addresses.c.reference)
            .join(people_addresses, people_addresses.c.address == case_addresses.c.address)
            .where(case_addresses.c.reference.in_(some))
        )
        found.update(conn.execute(query).scalars())
    return frozenset(found)


def _all(conn: sa.Connection) -> tuple[Person, ...]:
    addresses: dict[str, list[str]] = {}
    for row in conn.execute(sa.select(people_addresses).order_by(people_addresses.c.address)):
        addresses.setdefault(row.tenancy_reference, []).append(row.address)
    return tuple(
        _person(row, addresses.get(row["tenancy_reference"], []))
        for row in conn.execute(sa.select(people)).mappings()
    )


def _by_references(conn: sa.Connection, references: Collection[str]) -> tuple[Person, ...]:
    found: list[Person] = []
    for some in portions(references):
        addresses: dict[str, list[str]] = {}
        of_these = people_addresses.c.tenancy_reference.in_(some)
        for row in conn.execute(
            sa.select(people_addresses).where(of_these).order_by(people_addresses.c.address)
        ):
            addresses.setdefault(row.tenancy_reference, []).append(row.address)
        query = sa.select(people).where(people.c.tenancy_reference.in_(some))
        found += (
            _person(row, addresses.get(row["tenancy_reference"], []))
            for row in conn.execute(query.order_by(people.c.tenancy_reference)).mappings()
        )
    return tuple(found)


def _person(row: Any, emails: Sequence[str]) -> Person:
    return Person(
        tenancy_reference=row["tenancy_reference"],
        name=row["name"],
        address=row["address"],
        uprn=row["uprn"],
        postcode=row["postcode"],
        tenure=row["tenure"],
        emails=tuple(emails),
        phones=tuple(row["phones"]),
        adjustments=row["adjustments"],
    )


def _remove(conn: sa.Connection, references: Sequence[str]) -> None:
    for some in portions(map(Key.shortened, references)):
        conn.execute(
            sa.delete(people_addresses).where(people_addresses.c.tenancy_reference.in_(some))
        )
        conn.execute(sa.delete(people).where(people.c.tenancy_reference.in_(some)))


def _insert(conn: sa.Connection, rows: Sequence[Person], now: datetime) -> None:
    for start in range(0, len(rows), 1000):
        some = rows[start : start + 1000]
        conn.execute(
            sa.insert(people),
            [
                {
                    "tenancy_reference": row.tenancy_reference,
                    "name": row.name,
                    "address": row.address,
                    "uprn": row.uprn,
                    "postcode": row.postcode,
                    "tenure": row.tenure,
                    "phones": list(row.phones),
                    "adjustments": row.adjustments,
                    "imported_at": now,
                }
                for row in some
            ],
        )
        addresses = [
            {"tenancy_reference": row.tenancy_reference, "address": email}
            for row in some
            for email in row.emails
        ]
        if addresses:
            conn.execute(sa.insert(people_addresses), addresses)
