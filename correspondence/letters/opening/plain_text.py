"""A letter from plain text: headings, paragraphs, lists and tables found again in its lines.

Reads what a person typed into an e-mail, what `LetterText.plain()` writes, and the text taken out
of a PDF, where every line breaks at the margin and a page break may part a sentence.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import Final

from correspondence.letters.conventions import SALUTATION, VALEDICTION
from correspondence.letters.text import (
    BulletList,
    Cell,
    Heading,
    LetterText,
    ListItem,
    Paragraph,
    Run,
    Table,
    cleaned,
)

Block = Heading | Paragraph | BulletList | Table

_BULLET: Final = re.compile(r"^\s*[-*•●▪◦‣–·\uf0b7]\s+(?=\S)")
_NUMBER: Final = re.compile(r"^\s*(\d{1,2})[.)]\s+(?=\S)")
_LETTERED: Final = re.compile(
    r"^\s*(?:\(?(?:\d{1,2}(?:\.\d{1,2})?|[a-h]|[A-H]\d{1,2}|i{1,3}|iv|v|vi)[.)]|\d{1,2}\.\d{1,2}"
    r"|(?:Issue|Point|Complaint|Head|Part|Item|Matter) (?:\d{1,2}|[A-H]|[Oo]ne|[Tt]wo|[Tt]hree)"
    r"\s?[:.–-])\s+(?=\S)"
)
_CELL: Final = re.compile(r"\s*(?:\t+|\s\|\s|\|)\s*")
_RULE: Final = re.compile(r"^[\s|:+=_*-]{3,}$")
_PAGE: Final = re.compile(r"^\s*(?:page \d+(?: of \d+)?|\d+ ?/ ?\d+|- ?\d+ ?-)\s*$", re.IGNORECASE)
_LABELLED: Final = re.compile(r"^[^:]{1,60}:\s+\S")
_LONGEST_HEADING: Final = 90
_MOST_HEADING_WORDS: Final = 14
_WRAPPED: Final = 55
"""A line shorter than this was not broken by a margin."""


def from_plain(text: str) -> LetterText:
    """The LetterText of a letter in plain text. Never raises: every line ends up somewhere.

    A short line alone, without a full stop, is a heading; lines that begin with `- ` are bullets,
    lines numbered `1.` one after the other are an ordered list, lines parted by `|` or tabs a
    table; everything else is a paragraph, its line breaks undone where a margin made them.
    """
    clean = cleaned(text.replace("\f", "\n"))
    lines = clean.split("\n")
    reader = _Reader(begun=not any(SALUTATION.match(line.strip()) for line in lines))
    groups = _groups(clean)
    for number, group in enumerate(groups, 1):
        reader.take(group, groups[number] if number < len(groups) else [])
    return LetterText(blocks=tuple(reader.blocks))


def _groups(text: str) -> list[list[str]]:
    """The runs of lines between blank lines; page numbers and ruled lines are left out."""
    groups: list[list[str]] = [[]]
    for line in text.split("\n"):
        if not line.strip():
            groups.append([])
        elif not _PAGE.match(line) and not _RULE.match(line):
            groups[-1].append(line.rstrip())
    return [group for group in groups if group]


@dataclass(slots=True)
class _Reader:
    blocks: list[Block] = field(default_factory=list)
    begun: bool = False
    ended: bool = False
    opening: bool = False
    under_heading: bool = False

    def take(self, lines: list[str], following: list[str]) -> None:
        """One run of lines: a heading on its first line, then lists, tables and paragraphs."""
        if self._heads(lines) and not self._answers_a_heading(lines, following):
            self._add_heading(lines[0].strip())
            lines = lines[1:]
        self.opening = False
        while lines:
            lines = self._next(lines)

    def _next(self, lines: list[str]) -> list[str]:
        first = lines[0]
        if SALUTATION.match(first.strip()):
            self.begun = self.opening = True
            self._add_paragraph([first])
            return lines[1:]
        if VALEDICTION.match(first.strip()) and len(first) < _WRAPPED:
            self.ended = True
        if _BULLET.match(first):
            return self._list(lines, _BULLET, ordered=False)
        if _numbered_from_one(lines):
            return self._list(lines, _NUMBER, ordered=True)
        if "|" in first or "\t" in first.strip():
            return self._table(lines)
        stop = 1
        while stop < len(lines) and not self._breaks(lines, stop):
            stop += 1
        self._add_paragraph(lines[:stop])
        return lines[stop:]

    def _breaks(self, lines: list[str], at: int) -> bool:
        line = lines[at]
        if _BULLET.match(line) or "|" in line or SALUTATION.match(line.strip()):
            return True
        if _LETTERED.match(line):
            return True
        return lines[at - 1].rstrip().endswith((".", "?", "!")) and self._heads(lines[at:])

    def _heads(self, lines: list[str]) -> bool:
        """Whether the first line is a heading over what follows it."""
        line = lines[0].strip()
        if self.ended or not _could_head(line) or SALUTATION.match(line):
            return False
        if VALEDICTION.match(line):
            return False
        if len(lines) == 1:
            return (self.begun and (self.opening or not _LABELLED.match(line))) or (
                not self.begun and _names_its_matter(line)
            )
        if not self.begun:
            return False
        following = lines[1].strip()
        # A heading ends before the margin; a broken line runs up to it.
        longest = max(len(other) for other in lines[1:])
        return (
            (following[0].isupper() or following[0].isdigit() or bool(_BULLET.match(lines[1])))
            and len(line) < min(_WRAPPED, 0.75 * max(longest, 40))
            and not line.endswith(":")
            and (
                longest >= _WRAPPED
                or following.endswith((".", ";", ":"))
                or bool(_BULLET.match(lines[1]))
            )
        )

    def _answers_a_heading(self, lines: list[str], following: list[str]) -> bool:
        """Whether a short line alone is what a heading stands over, such as a date or a name.

        It follows a heading, and what comes after it is a heading again or the end.
        """
        if len(lines) > 1 or not self.under_heading:
            return False
        return not following or self._heads(following) or bool(VALEDICTION.match(following[0]))

    def _list(self, lines: list[str], mark: re.Pattern[str], *, ordered: bool) -> list[str]:
        items: list[list[str]] = []
        at = 0
        while at < len(lines):
            line = lines[at]
            number = mark.match(line)
            if number and (not ordered or int(number[1]) == len(items) + 1):
                items.append([line[number.end() :]])
            elif number or _BULLET.match(line) or not _continues(lines, at):
                break
            else:
                items[-1].append(line.strip())
            at += 1
        self.under_heading = False
        made = tuple(ListItem(runs=(Run(text=_joined(item)),)) for item in items)
        self.blocks.append(BulletList(ordered=ordered, items=made))
        return lines[at:]

    def _table(self, lines: list[str]) -> list[str]:
        rows = []
        at = 0
        while at < len(lines) and ("|" in lines[at] or "\t" in lines[at].strip()):
            # One bar at either end is the frame; a second one belongs to an empty cell.
            row = lines[at].strip().removeprefix("|").removesuffix("|")
            cells = _CELL.split(row)
            rows.append(tuple(Cell(runs=(Run(text=cell.strip()),)) for cell in cells))
            at += 1
        self.blocks.append(Table(rows=tuple(rows)))
        return lines[at:]

    def _add_heading(self, line: str) -> None:
        seen = any(isinstance(block, Heading) for block in self.blocks)
        self.under_heading = self.begun and not self.opening
        self.blocks.append(Heading(level=2 if seen else 1, runs=(Run(text=line),)))

    def _add_paragraph(self, lines: list[str]) -> None:
        self.under_heading = False
        self.blocks.append(Paragraph(runs=(Run(text=_joined(lines)),)))


def _numbered_from_one(lines: list[str]) -> bool:
    first = _NUMBER.match(lines[0])
    if first is None or first[1] != "1":
        return False
    later = (_NUMBER.match(line) for line in lines[1:])
    return any(number and number[1] == "2" for number in later)


def _continues(lines: list[str], at: int) -> bool:
    """Whether a line goes on from the one before it rather than beginning something new."""
    return len(lines[at - 1]) >= _WRAPPED or lines[at][:1].isspace() or lines[at][:1].islower()


def _joined(lines: list[str]) -> str:
    """Lines made one, except where a line broke off short of any margin."""
    whole = lines[0].strip()
    widest = max(len(line) for line in lines)
    for before, line in itertools.pairwise(lines):
        wrapped = len(before) >= min(_WRAPPED, 0.8 * widest) if widest >= _WRAPPED else False
        whole += (" " if wrapped or line[:1].islower() else "\n") + line.strip()
    return whole


_ONLY_A_DATE: Final = re.compile(r"^(?:\w+day,? )?(?:the )?\d{1,2}(?:st|nd|rd|th)? \w+ \d{4}$")


def _could_head(line: str) -> bool:
    return (
        not _ONLY_A_DATE.match(line)
        and 1 < len(line) <= _LONGEST_HEADING
        and len(line.split()) <= _MOST_HEADING_WORDS
        and not line.endswith((".", ",", ";", ":", "!"))
        and not _BULLET.match(line)
        and "|" not in line
        and "\t" not in line
        and any(c.isalpha() for c in line)
        and (line[0].isupper() or line[0].isdigit() or line[0] in "(\"'“‘")
    )


def _names_its_matter(line: str) -> bool:
    """Above the salutation only a line about the complaint itself is a heading."""
    return bool(
        re.search(r"\b(?:complaint|stage|response|decision|acknowledg)", line, re.IGNORECASE)
    )
