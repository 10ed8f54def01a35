"""On which line of a TOML text each key stands, so that a finding can name it.

The standard parser tells values and not where they stood. This reads a text that the parser has
already accepted, and so needs to know only where strings, lists and tables begin and end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Place = tuple[str | int, ...]
"""The way to a value: ``("timescales", "stage1")``, or ``("calendar", "closed_days", 2)``."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\n]*")
_ESCAPE = re.compile(r'\\(["\\])')
_STRINGS = (
    re.compile(r'"""(?:\\.|[^\\])*?"{3,5}(?!")', re.DOTALL),
    re.compile(r"'''.*?'{3,5}(?!')", re.DOTALL),
    re.compile(r'"(?:\\.|[^"\\\n])*"'),
    re.compile(r"'[^'\n]*'"),
)


def lines_of(text: str) -> dict[Place, int]:
    """The line, counted from 1, of every key, table and list entry of a valid TOML text."""
    return _Reader(text).read()


def values_of(text: str) -> dict[Place, tuple[int, int]]:
    """Where the value of every key begins and ends in a valid TOML text."""
    reader = _Reader(text)
    reader.read()
    return reader.values


@dataclass(slots=True)
class _Reader:
    text: str
    at: int = 0
    lines: dict[Place, int] = field(default_factory=dict)
    tables: dict[Place, int] = field(default_factory=dict)  # how many [[tables]] of a name so far
    values: dict[Place, tuple[int, int]] = field(default_factory=dict)

    def read(self) -> dict[Place, int]:
        table: Place = ()
        self._skip()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip()
        return self.lines

    def _skip(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _mark(self, place: Place) -> None:
        line = self.text.count("\n", 0, self.at) + 1
        for end in range(1, len(place) + 1):
            self.lines.setdefault(place[:end], line)

    def _header(self) -> Place:
        start, brackets = self.at, 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        place = self._entered(self._key())
        if brackets == 2:
            self.tables[place] = self.tables.get(place, -1) + 1
            place = (*place, self.tables[place])
        self.at, end = start, self.at
        self._mark(place)
        self.at = end + brackets
        return place

    def _entered(self, key: Place) -> Place:
        """A header under a [[table]] belongs to the newest of them."""
        place: Place = ()
        for part in key[:-1]:
            place = (*place, part)
            if place in self.tables:
                place = (*place, self.tables[place])
        return (*place, key[-1])

    def _key(self) -> Place:
        parts: list[str] = []
        while True:
            self._skip()
            parts.append(self._key_part())
            self._skip()
            if not self.text.startswith(".", self.at):
                return tuple(parts)
            self.at += 1

    def _key_part(self) -> str:
        if self.text[self.at] in "\"'":
            start = self.at
            self._string()
            inside = self.text[start + 1 : self.at - 1]
            return _ESCAPE.sub(r"\1", inside) if self.text[start] == '"' else inside
        match = _BARE.match(self.text, self.at)
        self.at = match.end() if match else len(self.text)
        return match[0] if match else ""

    def _string(self) -> None:
        matches = (string.match(self.text, self.at) for string in _STRINGS)
        match = next((match for match in matches if match), None)
        self.at = match.end() if match else len(self.text)

    def _pair(self, table: Place) -> None:
        start = self.at
        place = (*table, *self._key())
        self.at, end = start, self.at
        self._mark(place)
        self.at = end + 1  # the equals sign
        self._skip()
        begins = self.at
        self._value(place)
        self.values[place] = (begins, begins + len(self.text[begins : self.at].rstrip()))

    def _value(self, place: Place) -> None:
        self._skip()
        opening = self.text[self.at : self.at + 1]
        if opening in ("'", '"'):
            self._string()
        elif opening == "[":
            self._list(place)
        elif opening == "{":
            self._inline_table(place)
        else:
            match = _SCALAR.match(self.text, self.at)
            self.at = match.end() if match else len(self.text)

    def _list(self, place: Place) -> None:
        self.at += 1
        index = 0
        self._skip()
        while self.at < len(self.text) and self.text[self.at] != "]":
            self._mark((*place, index))
            self._value((*place, index))
            self._skip_comma()
            index += 1
        self.at += 1

    def _inline_table(self, place: Place) -> None:
        self.at += 1
        self._skip()
        while self.at < len(self.text) and self.text[self.at] != "}":
            self._pair(place)
            self._skip_comma()
        self.at += 1

    def _skip_comma(self) -> None:
        self._skip()
        if self.text.startswith(",", self.at):
            self.at += 1
        self._skip()
