"""Read people and homes from a housing system's file: all of it, or nothing and the bad lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.errors import FileUnusable
from correspondence.reports.register_file.cells import cells_of
from correspondence.reports.register_file.characters import decoded
from correspondence.reports.register_file.formulae import unmarked
from correspondence.reports.register_file.heading import MOST_COLUMNS, folded
from correspondence.reports.register_file.reading import RowsRefused
from correspondence.store.people import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS: Final = (
    "tenancy_reference",
    "name",
    "address",
    "uprn",
    "postcode",
    "tenure",
    "emails",
    "phones",
    "adjustments",
)
MOST_BYTES: Final = 200_000_000
MOST_ROWS: Final = 1_000_000
_LONGEST: Final = 500

_TENURES: Final = {
    **{name: name for name in ("lcra", "lcho", "leaseholder", "applicant", "other", "")},
    "low_cost_rental": "lcra",
    "low_cost_rental_accommodation": "lcra",
    "social_rent": "lcra",
    "affordable_rent": "lcra",
    "general_needs": "lcra",
    "supported_housing": "lcra",
    "sheltered": "lcra",
    "low_cost_home_ownership": "lcho",
    "shared_ownership": "lcho",
    "leasehold": "leaseholder",
    "former_tenant": "other",
}
_EMAIL: Final = re.compile(r"[^\s@<>(),;:\"]+@[^\s@<>(),;:\"]+\.[^\s@<>(),;:\".]+")
_POSTCODE: Final = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")
_UPRN: Final = re.compile(r"\d{1,12}")


@dataclass(frozen=True, slots=True)
class ReadPeople:
    """The people of a file, and the columns of it that are not ours."""

    people: tuple[Person, ...]
    encoding: str
    unknown_columns: tuple[str, ...]


def read_people(raw: bytes, file: str) -> ReadPeople:
    """The people in these bytes. Raises FileUnusable, and RowsRefused naming the bad lines."""
    if len(raw) > MOST_BYTES:
        raise FileUnusable(f"{file} has {len(raw):,} bytes; {MOST_BYTES:,} can be read. Split it.")
    text, encoding = decoded(raw, file)
    lines = cells_of(text, file, COLUMNS)
    _, first = next(lines, (1, []))
    places = _places(first, file)
    found: list[Person] = []
    seen: dict[str, int] = {}
    bad: list[str] = []
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(found) + len(bad) >= MOST_ROWS:
            raise FileUnusable(f"{file} has more than {MOST_ROWS:,} lines. Split it.")
        said = {name: _cell(cells, at) for name, at in places.items()}
        faults = tuple(_faults(said, len(cells), len(first)))
        reference = said["tenancy_reference"]
        if reference in seen:
            faults = (*faults, f"its tenancy reference stands on line {seen[reference]} already")
        if faults:
            bad.append(f"line {line}: {', and '.join(faults)}")
            continue
        seen[reference] = line
        found.append(_person(said))
    if bad:
        raise RowsRefused(file, bad)
    unknown = tuple(cell.strip() for cell in first if cell.strip() and folded(cell) not in COLUMNS)
    return ReadPeople(tuple(found), encoding, unknown)


def as_postcode(text: str) -> str:
    """A postcode as it is written, `AB1 2CD`; empty where it is none."""
    match = _POSTCODE.fullmatch("".join(text.upper().split()))
    return f"{match[1]} {match[2]}" if match else ""


def _places(first: list[str], file: str) -> dict[str, int]:
    if len(first) > MOST_COLUMNS:
        raise FileUnusable(f"{file} has {len(first):,} columns; {MOST_COLUMNS:,} can be read.")
    places: dict[str, int] = {}
    for at, cell in enumerate(first):
        name = folded(unmarked(cell.strip()))
        if name in COLUMNS and name in places:
            raise FileUnusable(f"{file} has the column {name} twice (line 1); take one out.")
        if name in COLUMNS:
            places[name] = at
    lacking = [name for name in ("tenancy_reference", "name") if name not in places]
    if lacking:
        raise FileUnusable(
            f"{file} has no column {' and no column '.join(lacking)} on its first line. Such a "
            f"file begins with the names of its columns: {', '.join(COLUMNS)}."
        )
    return places


def _cell(cells: list[str], at: int) -> str:
    return " ".join(unmarked(cells[at].strip()).split()) if at < len(cells) else ""


def _faults(said: dict[str, str], cells: int, columns: int) -> Iterator[str]:
    """What is wrong with a line, without repeating anybody's detail."""
    if cells > columns:
        yield f"it has {cells} cells and the first line {columns}"
    if not said["tenancy_reference"]:
        yield "it has no tenancy reference"
    if not said["name"]:
        yield "it has no name"
    if any(len(text) > _LONGEST for text in said.values()):
        yield f"a cell is longer than {_LONGEST} characters"
    tenure = said.get("tenure", "")
    if folded(tenure) not in _TENURES:
        yield (
            f"{tenure[:40]!r} is no tenure known here; use lcra, lcho, leaseholder, applicant or "
            "other"
        )
    if (uprn := said.get("uprn", "")) and not _UPRN.fullmatch(uprn):
        yield "its UPRN is not a number of up to 12 digits"
    if (postcode := said.get("postcode", "")) and not as_postcode(postcode):
        yield "its postcode is none"
    if any(not _EMAIL.fullmatch(one) for one in _several(said.get("emails", ""))):
        yield "one of its mail addresses is none"


def _person(said: dict[str, str]) -> Person:
    return Person(
        tenancy_reference=said["tenancy_reference"],
        name=said["name"],
        address=said.get("address", ""),
        uprn=said.get("uprn", ""),
        postcode=as_postcode(said.get("postcode", "")),
        tenure=_TENURES[folded(said.get("tenure", ""))],
        emails=tuple(sorted({one.lower() for one in _several(said.get("emails", ""))})),
        phones=_several(said.get("phones", ""), spaced=False),
        adjustments=said.get("adjustments", ""),
    )


def _several(cell: str, *, spaced: bool = True) -> tuple[str, ...]:
    """What stands in a cell that holds several; numbers have spaces of their own."""
    parts = re.split(r"[;,|\s]+" if spaced else r"[;,|]+", cell)
    return tuple(part.strip() for part in parts if part.strip())
