"""A folder from which a print house collects batches of letters, and where it confirms them.

A batch is a folder of its own: each letter as a PDF, and manifest.csv with a line for each. It is
laid out whole where the house does not look, then renamed into place: what is no longer there has
been put, even if the house has taken it away since. Whatever a confirmations file holds that cannot
be understood leaves the file where it is.

    <folder>/2026-11-20-1430/manifest.csv          reference,file,pages,sheets,paper,class,sha256
    <folder>/2026-11-20-1430/<reference>.pdf
    <folder>/confirmations/<anything>.csv        reference,status,date
    <folder>/confirmations/processed/
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import os
import shutil
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from correspondence.disk import to_disk, write_new
from correspondence.errors import StoreUnavailable
from correspondence.postroom.free_names import free_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

MANIFEST: Final = "manifest.csv"
COLUMNS: Final = ("reference", "file", "pages", "sheets", "paper", "class", "sha256")
CONFIRMATIONS: Final = "confirmations"

_LAYING_OUT: Final = ".laying-out"
_DONE: Final = "processed"
_LARGEST: Final = 5_000_000  # bytes of a file of confirmations
_ASKED: Final = ("reference", "status", "date")

Outcome = Literal["posted", "returned", "not_printed"]
_OUTCOMES: Final[dict[str, Outcome]] = {
    "posted": "posted",
    "returned": "returned",
    "not_printed": "not_printed",
}


@dataclass(frozen=True, slots=True)
class Printed:
    """One letter of a batch. `pages` are those of its PDF, blank sides counted."""

    reference: str
    pdf: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the house says of one letter; `line` is where it stands in its file."""

    line: int
    reference: str
    outcome: Outcome
    on: date


@dataclass(frozen=True, slots=True)
class Confirmations:
    """A file of confirmations: what it says, and which lines cannot be understood."""

    path: Path
    lines: tuple[Confirmed, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintHouse:
    """The folder. `both_sides` where each sheet holds two pages."""

    folder: Path
    paper: str
    postage: str
    both_sides: bool = True

    def lay_out(self, batch: str, letters: Sequence[Printed]) -> None:
        """Lay a batch out, without the house seeing it; an attempt before is laid out anew.

        Raises StoreUnavailable where the disk does not take it.
        """
        place = self._place(batch)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if place.exists():
                shutil.rmtree(place)
            place.mkdir(parents=True)
            for one in letters:
                write_new(place / f"{one.reference}.pdf", one.pdf)
            write_new(place / MANIFEST, self._manifest(letters))
            to_disk(place)
            to_disk(place.parent)
        except OSError as error:
            raise StoreUnavailable(
                f"A batch for the print house could not be laid out in {self.folder} "
                f"({error.strerror}). Its letters wait; make room or check the folder."
            ) from error

    def put(self, batch: str) -> None:
        """Have the house see a batch that was laid out; one that was put before is left alone.

        Raises StoreUnavailable; calling again goes on from there.
        """
        try:
            with contextlib.suppress(FileNotFoundError):
                self._place(batch).rename(self.folder / batch)
            to_disk(self.folder)
        except OSError as error:
            raise StoreUnavailable(
                f"The batch {batch} could not be put into {self.folder} ({error.strerror}). "
                "Nothing is lost and nothing will be put there twice; check the folder."
            ) from error

    def clear(self, *, keeping: Collection[str]) -> None:
        """Remove what was laid out for batches that nothing names. Raises StoreUnavailable."""
        try:
            for place in (self.folder / _LAYING_OUT).glob("*"):
                if place.name not in keeping:
                    shutil.rmtree(place)
        except OSError as error:
            raise StoreUnavailable(
                f"What was laid out in {self.folder} could not be cleared ({error.strerror}); "
                "check the folder."
            ) from error

    def is_taken(self, batch: str) -> bool:
        """Whether something of that name stands in the folder already."""
        return os.path.lexists(self.folder / batch)

    def confirmations(self) -> Iterator[Confirmations]:
        """The files the house has put there, oldest name first. Raises StoreUnavailable."""
        place = self.folder / CONFIRMATIONS
        try:
            found = sorted(one for one in place.glob("*.csv") if not one.name.startswith("."))
            for path in found:
                yield _read(path)
        except OSError as error:
            raise StoreUnavailable(
                f"The confirmations in {place} cannot be read ({error.strerror}); check the folder."
            ) from error

    def confirmed(self) -> Iterator[Confirmed]:
        """What the house ever said, as far as the files that were set aside are still there.

        Raises StoreUnavailable.
        """
        place = self.folder / CONFIRMATIONS / _DONE
        try:
            for path in sorted(place.glob("*.csv")):
                yield from _read(path).lines
        except OSError as error:
            raise StoreUnavailable(
                f"The confirmations in {place} cannot be read ({error.strerror}); check the folder."
            ) from error

    def settle(self, read: Confirmations) -> None:
        """Set a file aside of which everything was taken in. Raises StoreUnavailable."""
        done = read.path.parent / _DONE
        try:
            done.mkdir(exist_ok=True)
            read.path.rename(free_name(done, read.path.name))
        except OSError as error:
            raise StoreUnavailable(
                f"{read.path.name} was taken in and could not be set aside ({error.strerror}); "
                "move it away."
            ) from error

    def _manifest(self, letters: Sequence[Printed]) -> bytes:
        held = io.StringIO(newline="")
        table = csv.writer(held, lineterminator="\r\n")
        table.writerow(COLUMNS)
        for one in letters:
            sheets = -(-one.pages // 2) if self.both_sides else one.pages
            digest = hashlib.sha256(one.pdf).hexdigest()
            name = f"{one.reference}.pdf"
            row = (one.reference, name, one.pages, sheets, self.paper, self.postage, digest)
            table.writerow(row)
        return held.getvalue().encode("utf-8")

    def _place(self, batch: str) -> Path:
        return self.folder / _LAYING_OUT / batch


def _read(path: Path) -> Confirmations:
    with path.open("rb") as file:
        raw = file.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        return Confirmations(path, (), (f"{path.name} is larger than any list of letters.",))
    try:
        rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        return Confirmations(
            path, (), (f"{path.name} is no table that can be read: save it as CSV in UTF-8.",)
        )
    if rows and (missing := [one for one in _ASKED if one not in rows[0]]):
        return Confirmations(
            path, (), (f"{path.name} has no column {missing[0]}; it needs {', '.join(_ASKED)}.",)
        )
    lines, faults = [], []
    for number, row in enumerate(rows, 2):
        read = _line(path.name, number, row)
        if isinstance(read, str):
            faults.append(read)
        else:
            lines.append(read)
    return Confirmations(path, tuple(lines), tuple(faults))


def _line(name: str, number: int, row: dict[str, str | None]) -> Confirmed | str:
    """What a line says, or why it cannot be understood."""
    reference, status, day = ((row.get(one) or "").strip() for one in _ASKED)
    outcome = _OUTCOMES.get(status.lower().replace(" ", "_").replace("-", "_"))
    if not reference:
        return f"Line {number} of {name} names no letter."
    if outcome is None:
        return (
            f"Line {number} of {name} has a status that is none of {', '.join(_OUTCOMES)}: correct "
            "it."
        )
    try:
        return Confirmed(number, reference, outcome, date.fromisoformat(day))
    except ValueError:
        return f"Line {number} of {name} has no date as year-month-day: correct it."
