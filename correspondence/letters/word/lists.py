"""Word's numbering understood: which paragraphs make a list, how deep, and counted from where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from correspondence.letters.text import BulletList, ListItem
from correspondence.letters.word.package import W
from correspondence.letters.word.styles import Style, number, value

if TYPE_CHECKING:
    from correspondence.letters.text import Run
    from correspondence.letters.word.package import Element

_DEEPEST: Final = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands in its list: the list's id, the level from 0, and its number."""

    number_id: str
    level: int
    ordered: bool
    count: int


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    start: int = 1
    style_id: str = ""


class Numbering:
    """The lists of one Word file, counted as Word counts them while the words are read."""

    def __init__(self, root: Element | None) -> None:
        self._abstract_of: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        for abstract in root.iterfind(W + "abstractNum"):
            self._levels[abstract.get(W + "abstractNumId", "")] = _levels(abstract)
        for num in root.iterfind(W + "num"):
            self._take(num)

    def place(self, paragraph: Element, style: Style) -> Place | None:
        """Where the paragraph stands in a list, counting it; None where it is in none."""
        number_id = value(paragraph, "pPr/numPr/numId") or style.number
        abstract = self._abstract_of.get(number_id)
        if abstract is None or number_id == "0":
            return None
        levels = self._levels.get(abstract, {})
        level = self._level(paragraph, style, levels)
        form = levels.get(level, _Level()).form
        if form == "none":
            return None
        return Place(
            number_id,
            max(level, style.depth),
            ordered=form != "bullet",
            count=self._count(number_id, abstract, level),
        )

    def _take(self, num: Element) -> None:
        number_id = num.get(W + "numId", "")
        self._abstract_of[number_id] = value(num, "abstractNumId")
        for override in num.iterfind(W + "lvlOverride"):
            start = value(override, "startOverride")
            if start:
                level = number(override.get(W + "ilvl", ""), 0)
                self._restarts.setdefault(number_id, {})[level] = number(start, 1)

    def _level(self, paragraph: Element, style: Style, levels: dict[int, _Level]) -> int:
        own = number(value(paragraph, "pPr/numPr/ilvl"), -1)
        if own >= 0:
            return min(own, _DEEPEST)
        linked = (
            level for level, found in levels.items() if style.id and found.style_id == style.id
        )
        return min(max(next(linked, 0), style.level), _DEEPEST)

    def _count(self, number_id: str, abstract: str, level: int) -> int:
        """The item's number. Lists of one definition count on, unless a list starts anew."""
        counts = self._counts.setdefault(abstract, {})
        restart = self._restarts.get(number_id, {}).pop(level, None)
        if restart is not None:
            counts[level] = restart
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = self._levels.get(abstract, {}).get(level, _Level()).start
        for deeper in [found for found in counts if found > level]:
            del counts[deeper]
        return counts[level]


def _levels(abstract: Element) -> dict[int, _Level]:
    return {
        number(level.get(W + "ilvl", ""), 0): _Level(
            form=value(level, "numFmt") or "decimal",
            start=number(value(level, "start"), 1),
            style_id=value(level, "pStyle"),
        )
        for level in abstract.iterfind(W + "lvl")
    }


@dataclass(slots=True)
class _OpenItem:
    runs: tuple[Run, ...]
    lists: list[_OpenList] = field(default_factory=list)

    def closed(self) -> ListItem:
        return ListItem(runs=self.runs, lists=tuple(inner.closed() for inner in self.lists))


@dataclass(slots=True)
class _OpenList:
    place: Place
    items: list[_OpenItem] = field(default_factory=list)

    def closed(self) -> BulletList:
        return BulletList(
            ordered=self.place.ordered,
            start=min(self.place.count, 9999) if self.place.ordered else 1,
            items=tuple(item.closed() for item in self.items),
        )


class OpenLists:
    """Lists while they are read, paragraph by paragraph."""

    def __init__(self) -> None:
        self._outermost: list[_OpenList] = []
        self._open: list[_OpenList] = []

    def add(self, place: Place, runs: tuple[Run, ...]) -> None:
        """One more item, in its list at its level."""
        while self._open and self._open[-1].place.level > place.level:
            self._open.pop()
        if self._open and self._open[-1].place.level == place.level:
            if self._open[-1].place.number_id == place.number_id:
                self._open[-1].items.append(_OpenItem(runs))
                return
            self._open.pop()
        begun = _OpenList(place, [_OpenItem(runs)])
        if self._open:
            self._open[-1].items[-1].lists.append(begun)
        else:
            self._outermost.append(begun)
        self._open.append(begun)

    def close(self) -> list[BulletList]:
        """The lists that have come together, and an empty slate."""
        closed = [outer.closed() for outer in self._outermost]
        self._outermost, self._open = [], []
        return closed
