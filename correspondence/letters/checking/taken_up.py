"""Whether a response takes up every point of the complaint as the letter defines it (Code 6.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from correspondence.letters.checking.judging import (
    UnderCheck,
    Verdict,
    met,
    missing,
    without_dates,
)
from correspondence.letters.checking.points import ORDINALS, Point, points_of
from correspondence.letters.checking.substance import stems
from correspondence.letters.cues import occurs

if TYPE_CHECKING:
    from correspondence.letters.checking.anatomy import Sentence
    from correspondence.letters.checklists import Item

_ELSEWHERE: Final = (
    "<ombudsman>",
    "(if|should|were|where) you",
    "you (can|may) (ask|request|escalate|contact)",
)
_BY_ORDER: Final = re.compile(
    r"\b(?:first|second|third|fourth)(?:ly)?(?:,|\s(?:point|part|head|matter|issue|complaint|of|and"
    r"|is|was|i|we|you)\b)|\((?:[abc123]|i+)\)"
)
_NAMED: Final = "points?|heads?|parts?|issues?|items?|complaints?|matters?|paragraphs?"
_MARKED: Final = re.compile(
    r"^\(?(\d{1,2}(?:\.\d{1,2})?|[a-h]\d{0,2}|i{1,3}|iv|v|vi)[.):]\)?\s|^(\d{1,2}\.\d{1,2})\s"
    r"|^(?:issue|point|part|head|matter|item|complaint)\s\(?(\d{1,2}|[a-h]|i{1,3}|iv|v)\b"
)
_ROMAN: Final = frozenset({"i", "ii", "iii", "iv", "v", "vi"})
_OF_TWO: Final = re.compile(r"\b(?:both|neither|either)\b")
_TWO: Final = 2
_LIKELY: Final = (2, 3, 4, 5)
"""How many points a complaint is likely to have whose definition counts none."""


def all_points(check: UnderCheck, item: Item) -> Verdict:
    """Every point of the complaint as the letter defines it is answered somewhere after."""
    how = item.satisfied
    points = points_of(check, how.headings, how.accounted_for)
    if check.facts.points and not points:
        points = [Point(None, point.text.lower()) for point in check.facts.points]
    answers = _Answers(check, points, item)
    if decides := next((s for s in answers.sentences if answers.decide_all(s)), None):
        return met(decides)
    put_off = next((s for s in answers.sentences if occurs(how.refuted_by, s.context)), None)
    if put_off:
        return missing(put_off)
    for point in points:
        if answers.passes_over(point):
            return missing(point.sentence, "This point is not answered.")
    if left_open := answers.left_open():
        return missing(left_open, "This point is taken up, and not decided.")
    return met(answers.decided[0] if points and answers.decided else None)


@dataclass(frozen=True)
class _Answers:
    """What follows the points, and how it goes about them: by number, by name, or in one go."""

    check: UnderCheck
    points: list[Point]
    item: Item

    @cached_property
    def sentences(self) -> list[Sentence]:
        """What stands after the points and speaks of the complaint, not of the way onward."""
        told = {id(p.sentence) for p in self.points}
        last = max((p.sentence.end for p in self.points if p.sentence), default=0)
        body = [s for s in self.check.letter.sentences if s.zone == "body" and id(s) not in told]
        after = [s for s in body if s.start >= last]
        return [s for s in after or body if not occurs(_ELSEWHERE, s.folded)]

    @cached_property
    def decided(self) -> list[Sentence]:
        """The sentences that decide something."""
        return [s for s in self.sentences if occurs(self.item.satisfied.accounted_for, s.folded)]

    @cached_property
    def said(self) -> frozenset[str]:
        """All that the answers are about, as word stems."""
        return frozenset().union(*(stems(without_dates(s.folded)) for s in self.sentences))

    @cached_property
    def in_order(self) -> bool:
        """Whether the answers go through the points by number or letter."""
        return any(_BY_ORDER.search(s.folded) for s in self.sentences)

    def decide_all(self, sentence: Sentence) -> bool:
        """Whether one sentence decides every point; both are not all of three."""
        if not occurs(self.item.satisfied.cues, sentence.folded):
            return False
        return len(self.points) <= _TWO or not _OF_TWO.search(sentence.folded)

    def left_open(self) -> Sentence | None:
        """The one of a row of numbered answers that decides nothing where its neighbours do."""
        for row in self._rows():
            deciding = [any(s in self.decided for s in answer) for answer in row]
            if sum(deciding) * 2 < len(row) or all(deciding):
                continue
            for answer, decides in zip(row, deciding, strict=True):
                if not decides and not self._decided_elsewhere(answer):
                    return answer[0]
        return None

    def _rows(self) -> list[list[list[Sentence]]]:
        """The answers that are counted off, as many as there are points: each its sentences."""
        rows: dict[tuple[str, int], list[list[Sentence]]] = {}
        row: list[list[Sentence]] = []
        before: Sentence | None = None
        for s in self.sentences:
            mark = _mark_of(s)
            if mark:
                # A label of its own opens a section of its own: those make one row together.
                labelled = bool(s.heads) and mark in s.heads[-1]
                row = rows.setdefault((_sort_of(mark), 0 if labelled else s.section), [])
                row.append([s])
            elif before is not None and s.section == before.section and row:
                row[-1].append(s)
            else:
                row = []
            before = s
        fitting = (len(self.points),) if len(self.points) > 1 else _LIKELY
        return [row for row in rows.values() if len(row) in fitting]

    def _decided_elsewhere(self, answer: list[Sentence]) -> bool:
        own = stems(without_dates(" ".join(s.folded for s in answer[:_TWO])))
        mark = _mark_of(answer[0])
        named = re.compile(
            rf"\({re.escape(mark)}\)|\b(?:{_NAMED})\b[^.]{{0,30}}\b{re.escape(mark)}\b"
        )
        return any(
            own & stems(without_dates(s.folded)) or named.search(s.folded) or _mark_of(s) == mark
            for s in self.decided
            if s not in answer
        )

    def passes_over(self, point: Point) -> bool:
        """Whether the answers leave this point out: neither its number nor its matter returns."""
        own = self.own(point)
        if self.names(point):
            return False
        others_named = [p for p in self.points if p is not point and self.names(p)]
        if len(others_named) > 1:
            return point.mark.isalpha() or not own & self.said
        if point.skipped and not self.in_order:
            # Points strung together in prose are answered in prose, in words that may all differ.
            return False
        if own & self.said or len(self.decided) > len(self.points) + point.skipped:
            return False
        if point.in_prose and not _TWO <= len(self.decided) < len(self.points):
            return False
        return len(own) >= _TWO or bool(own and point.mark and others_named)

    def own(self, point: Point) -> frozenset[str]:
        """What only this point is about."""
        others = frozenset().union(*(p.stems for p in self.points if p is not point))
        return frozenset(w for w in point.stems - others or point.stems if not w[0].isdigit())

    def names(self, point: Point) -> bool:
        """Whether the answers take the points by number and name this one's."""
        marks = {s.mark for s in self.sentences} | {_mark_of(s) for s in self.sentences}
        marks -= {"", "-"}
        if point.mark in marks and len({p.mark for p in self.points} & marks) > 1:
            return True
        mark = re.escape(point.mark)
        place = self.points.index(point) + point.skipped
        names = [rf"\({mark}\)", rf"\b(?:{_NAMED})\b[^.]{{0,30}}\b{mark}\b"] if mark else []
        if place < len(ORDINALS):
            names.append(rf"\b(?:{ORDINALS[place]}(?:ly)?|head {place + 1}|point {place + 1})\b")
        return any(re.search(name, s.folded) for s in self.sentences for name in names)


def _mark_of(sentence: Sentence) -> str:
    """The number or letter with which an answer opens; empty where there is none."""
    opens = _MARKED.match(sentence.folded)
    return str(opens[opens.lastindex or 0]) if opens else ""


def _sort_of(mark: str) -> str:
    """What marks of one row share: the number before the point, or being letters or numbers."""
    if "." in mark:
        return mark.partition(".")[0] + "."
    if mark in _ROMAN:
        return "i"
    return "1" if mark.isdigit() else mark[0] if mark[1:].isdigit() else "a"
