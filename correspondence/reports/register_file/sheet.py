"""The first sheet of a workbook (.xlsx) as lines of text: nothing computed, nothing unbounded.

A workbook is a zip of XML parts (ECMA-376). It is read within limits, without document types,
and a cell that holds a formula is refused: what it showed was computed by somebody else's program.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from posixpath import normpath
from typing import TYPE_CHECKING, Final, TypeAlias

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from correspondence.errors import FileUnusable
from correspondence.reports.register_file.characters import not_of_text
from correspondence.reports.register_file.heading import MOST_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

Element: TypeAlias = etree._Element

LARGEST_FILE: Final = 60_000_000
LARGEST_UNPACKED: Final = 400_000_000
MOST_PARTS: Final = 2_000
MOST_CHARACTERS: Final = 200_000_000
"""Bytes of the file and of the parts that are read; parts; characters of all cells together."""

_OLD_OR_LOCKED: Final = b"\xd0\xcf\x11\xe0"
_BEGINS: Final = re.compile(
    rb"""(?is)(\xef\xbb\xbf)?\s*<(?:\?xml\s+version=.1\.0.(?:\s+encoding=.utf-8.)?(?:\s+standalone=.\w+.)?\s*\?>|\w)"""
)
_PLACE: Final = re.compile(r"([A-Z]{1,3})[1-9]\d{0,6}")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_A_PATTERN: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DAY_FORMATS: Final = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59)})
"""Formats of days that every spreadsheet has without saying so (ECMA-376 part 1, 18.8.30)."""

_FIRST_SURE_DAY: Final = 61  # spreadsheets take 1900 for a leap year
_LAST_DAY: Final = 2_958_466


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a register: its number, its cells, and what of them cannot be read."""

    number: int
    cells: list[str]
    faults: tuple[str, ...] = ()
    of_sheet: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet that is read; `others` is how many more the workbook has."""

    name: str
    others: int
    lines: Iterator[Line]


def is_workbook(raw: bytes) -> bool:
    """Whether these bytes are a zip, or what Excel makes of a locked or an old workbook."""
    return raw.startswith((b"PK\x03\x04", _OLD_OR_LOCKED))


def first_sheet(raw: bytes, file: str) -> Sheet:
    """The first sheet that is shown. Raises FileUnusable, also while its lines are taken."""
    if raw.startswith(_OLD_OR_LOCKED):
        raise FileUnusable(
            f"{file} is a workbook with a password, or of an Excel before 2007. Save it without a "
            "password as “Excel Workbook (.xlsx)” or as “CSV UTF-8”."
        )
    if len(raw) > LARGEST_FILE:
        raise FileUnusable(
            f"{file} has {len(raw):,} bytes; a workbook can have {LARGEST_FILE:,} at most. Save it "
            "as “CSV UTF-8”, or split it by year."
        )
    book = _Book(raw, file)
    name, part, others = book.first()
    return Sheet(name, others, book.lines(part))


class _Book:
    """An open workbook: its parts, read one at a time and within what is left of the limit."""

    def __init__(self, raw: bytes, file: str) -> None:
        self._file = file
        self._left = LARGEST_UNPACKED
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(raw))
            names = [one.filename for one in self._archive.infolist()]
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
            raise self._damaged() from None
        if len(names) > MOST_PARTS or len(names) != len(set(names)):
            raise self._damaged()
        self._names = frozenset(names)
        if "xl/workbook.xml" not in self._names:
            raise self._damaged()
        self._from_1904 = False

    def first(self) -> tuple[str, str, int]:
        """The name and the part of the first sheet that is shown, and how many others there are."""
        top = self._tree("xl/workbook.xml")
        said = next(_all(top, "workbookPr"), None)
        self._from_1904 = said is not None and said.get("date1904") in ("1", "true", "on")
        shown = [one for one in _all(top, "sheet") if one.get("state", "visible") == "visible"]
        if not shown:
            raise self._damaged()
        wanted = next(
            (v for k, v in shown[0].attrib.items() if etree.QName(k).localname == "id"), ""
        )
        targets = {
            one.get("Id"): one.get("Target", "")
            for one in _all(self._tree("xl/_rels/workbook.xml.rels"), "Relationship")
            if one.get("TargetMode") != "External"
        }
        target = targets.get(wanted, "")
        part = target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")
        if part not in self._names:
            raise self._damaged()
        return shown[0].get("name", "")[:31], part, len(shown) - 1

    def lines(self, part: str) -> Iterator[Line]:
        """Every line of the sheet that has a cell, in the order of their numbers."""
        shared, days = self._shared(), self._day_styles()
        last, characters = 0, 0
        for row in self._each(part, "row"):
            number = _whole(row.get("r")) or last + 1
            if not last < number <= 1_048_576:
                raise self._damaged()
            last = number
            line = self._line(number, row, shared, days)
            characters += sum(map(len, line.cells))
            if characters > MOST_CHARACTERS:
                raise FileUnusable(
                    f"{self._file} holds more than {MOST_CHARACTERS:,} characters. Split it "
                    "by year."
                )
            if line.cells or line.faults:
                yield line

    def _line(self, number: int, row: Element, shared: list[str], days: frozenset[int]) -> Line:
        cells: list[str] = []
        faults: list[str] = []
        for cell in row:
            if _local(cell) != "c":
                continue
            column = _column(cell.get("r")) if cell.get("r") else len(cells)
            if column < len(cells):
                raise self._damaged()
            text, fault = self._cell(cell, shared, days)
            if not text and not fault:
                continue
            if column >= MOST_COLUMNS:
                raise FileUnusable(
                    f"{self._file} has something in column {column + 1:,} of line {number}; a "
                    f"register can have {MOST_COLUMNS:,} columns at most."
                )
            cells.extend("" for _ in range(column - len(cells)))
            cells.append(text)
            if fault:
                faults.append(f"column {column + 1} {fault}")
        return Line(number, cells, tuple(faults), of_sheet=True)

    def _cell(self, cell: Element, shared: list[str], days: frozenset[int]) -> tuple[str, str]:
        """What stands in a cell, and what is wrong with it, which is nothing in most."""
        inside = {_local(one): one for one in cell}
        if "f" in inside:
            return "", (
                "holds a formula, and nothing is computed here; copy the column and paste it as "
                "values"
            )
        value = inside["v"].text or "" if "v" in inside else ""
        match cell.get("t", "n"):
            case "s":
                place = _whole(value)
                if place is None or place >= len(shared):
                    raise self._damaged()
                text = shared[place]
            case "inlineStr":
                text = _words(inside["is"]) if "is" in inside else ""
            case "str" | "d":
                text = _plain(value)
            case "b":
                text = {"1": "TRUE", "0": "FALSE"}.get(value, value)
            case "e":
                return "", f"holds the error {value[:20]!r}; put it right or empty it"
            case _:
                is_day = (_whole(cell.get("s")) or 0) in days
                text = _number(value, is_day=is_day, from_1904=self._from_1904)
        if strange := not_of_text(text):
            return "", f"holds a character that no text has (U+{ord(strange):04X})"
        return text, ""

    def _shared(self) -> list[str]:
        part = "xl/sharedStrings.xml"
        if part not in self._names:
            return []
        return [_words(one) for one in self._each(part, "si")]

    def _day_styles(self) -> frozenset[int]:
        """The styles in which a number is a day."""
        if "xl/styles.xml" not in self._names:
            return frozenset()
        top = self._tree("xl/styles.xml")
        own = {
            _whole(one.get("numFmtId")): one.get("formatCode", "") for one in _all(top, "numFmt")
        }
        styles = next(_all(top, "cellXfs"), None)
        if styles is None:
            return frozenset()
        formats = [_whole(one.get("numFmtId")) or 0 for one in styles if _local(one) == "xf"]
        return frozenset(
            style
            for style, number in enumerate(formats)
            if (_is_of_days(own[number]) if number in own else number in _DAY_FORMATS)
        )

    def _tree(self, part: str) -> Element:
        try:
            return etree.fromstring(self._read(part), etree.XMLParser(**_CAREFUL))
        except etree.XMLSyntaxError:
            raise self._damaged() from None

    def _each(self, part: str, name: str) -> Iterator[Element]:
        """Every element of that name, each forgotten once the next is asked for."""
        found = etree.iterparse(
            io.BytesIO(self._read(part)), events=("end",), tag=f"{{*}}{name}", **_CAREFUL
        )
        try:
            for _, one in found:
                yield one
                one.clear()
                while one.getprevious() is not None:
                    del one.getparent()[0]
        except etree.XMLSyntaxError:
            raise self._damaged() from None

    def _read(self, part: str) -> bytes:
        if part not in self._names:
            raise self._damaged()
        try:
            with self._archive.open(part) as packed:
                content = packed.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError,
                RuntimeError):  # fmt: skip
            raise self._damaged() from None
        self._left -= len(content)
        if self._left < 0:
            raise FileUnusable(
                f"{self._file} unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB. Save it as "
                "“CSV UTF-8”, or split it by year."
            )
        if not _BEGINS.match(content) or b"<!DOCTYPE" in content:
            raise self._damaged()
        return content

    def _damaged(self) -> FileUnusable:
        return FileUnusable(
            f"{self._file} is not a workbook that can be read, or it is damaged. Open it, save it "
            "as “Excel Workbook (.xlsx)” or as “CSV UTF-8”, and import that."
        )


_CAREFUL: Final = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def _local(one: Element) -> str:
    return str(etree.QName(one).localname)


def _all(top: Element, name: str) -> Iterator[Element]:
    return iter(top.iter(f"{{*}}{name}"))


def _words(one: Element) -> str:
    """The words of a string in all its runs, without how it is said (rPh)."""
    return _plain(
        "".join(
            part.text or ""
            for part in one.iter("{*}t")
            if not any(_local(above) == "rPh" for above in part.iterancestors())
        )
    )


def _plain(text: str) -> str:
    """What `_x000D_` and its like stand for (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _number(value: str, *, is_day: bool, from_1904: bool) -> str:
    """A number as it is written by hand, or the day it stands for, by ISO 8601."""
    try:
        number = float(value)
    except ValueError:
        return value
    if is_day and _FIRST_SURE_DAY <= number + 1_462 * from_1904 < _LAST_DAY:
        seconds = round((number + 1_462 * from_1904) * 86_400)
        day = datetime(1899, 12, 30) + timedelta(seconds=seconds)  # noqa: DTZ001 - as it is shown
        return day.date().isoformat() if seconds % 86_400 == 0 else day.isoformat()
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else value


def _is_of_days(pattern: str) -> bool:
    letters = _NOT_A_PATTERN.sub("", pattern.partition(";")[0]).casefold()
    return "y" in letters or "d" in letters


def _column(place: str) -> int:
    """The number of a column, from 0, by the name of a cell such as AB12; far off where none."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return MOST_COLUMNS
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _whole(given: str | None) -> int | None:
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 10 else None
