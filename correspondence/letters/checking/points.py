"""The separate points of a complaint, as the letter itself lists them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from correspondence.letters.checking.judging import without_dates
from correspondence.letters.checking.substance import stems
from correspondence.letters.cues import occurs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from correspondence.letters.checking.anatomy import Sentence
    from correspondence.letters.checking.judging import UnderCheck

_INLINE: Final = re.compile(r"\((\d|[a-h]|i{1,3}|iv|v)\)\s+")
_CLAUSES: Final = re.compile(r";\s+(?:and\s+|or\s+)?|,\s+(?=and (?:that|whether|our|the|your)\b)")
_LED: Final = (
    "you [also|have|had|then] (say|said|told|complained|complain|asked (us|me)|raised|reported)",
    "you [also] (set out|put|bring|brought|had|have) [to us|us|me] <number>",
    "you [also] (remain|remained|were|are|contended|alleged|wanted|disagree|disagreed|felt|feel)",
    "<complaint> ... ... (is|are|was|were|that|about|concerned|as follows)",
)
_ROUTE: Final = ("<ombudsman>", "(if|should) you", "you (may|can)", "<phone>")
_POINT_LABEL: Final = re.compile(
    r"^(?:point|issue|head|part|complaint|matter|item)?\s?"
    r"(one|two|three|four|five|six|[a-h]|\d{1,2})$"
)
_OPENS: Final = re.compile(
    r"^(?:(?:point|issue|head|part|complaint|matter|item)\s)?"
    r"(one|two|three|four|five|six|[a-h]|\d{1,2})\s?[:)]\s"
)
_NUMBERS: Final = MappingProxyType({"two": 2, "three": 3, "four": 4, "five": 5})
_COUNT: Final = re.compile(rf"\b({'|'.join(_NUMBERS)}) [a-z]+")
_LONGEST_COUNT: Final = 9


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the complaint: where it stands and what it is about.

    `mark` is the number or letter the letter gives it; `skipped` how many points before it are
    not looked for.
    """

    sentence: Sentence | None
    text: str
    mark: str = ""
    skipped: int = 0

    @property
    def stems(self) -> frozenset[str]:
        """What it is about, as word stems."""
        return stems(without_dates(self.text))


def points_of(check: UnderCheck, headings: tuple[str, ...]) -> list[Point]:
    """The points the letter lists: bullets or numbers under a heading or lead-in, or in a sentence.

    Empty where the complaint is told in prose without any enumeration.
    """
    headed = check.under(headings)
    listed = [
        s
        for s in check.letter.body
        if (s.kind == "item" and (s in headed or occurs(_LED, s.lead)))
        or (s in headed and (s.mark or _label_of(s)) and "." not in s.mark)
    ]
    if listed:
        first = listed[0]
        return _from_items([s for s in listed if _is_beside(s, first)])
    for s in check.letter.body:
        if s in headed or occurs(_LED, s.folded):
            marked = _inline(s)
            if len(marked) > 1:
                return marked
    told = [s for s in check.letter.body if occurs(_LED, s.folded) and not occurs(_ROUTE, s.folded)]
    return _counted(check, [*headed, *told]) or _clauses([*headed, *told])


def _is_beside(sentence: Sentence, first: Sentence) -> bool:
    """Whether a listed sentence stands in the same list as the first, or labelled alike."""
    labelled = bool(_label_of(sentence) and _label_of(first))
    return sentence.section == first.section or (
        labelled and sentence.heads[:-1] == first.heads[:-1]
    )


def _label_of(sentence: Sentence) -> str:
    """The number or letter in the label a point stands behind: 'two', 'point b'."""
    opens = _OPENS.match(sentence.folded)
    if opens or not sentence.heads:
        return opens[1] if opens else ""
    label = _POINT_LABEL.match(sentence.heads[-1])
    return label[1] if label else ""


def _counted(check: UnderCheck, told: list[Sentence]) -> list[Point]:
    """The sentences that follow one which says how many points there are, in its paragraph."""
    for s in told:
        count = _COUNT.search(s.folded)
        if not count or len(s.folded.split()) > _LONGEST_COUNT:
            continue
        after = [t for t in check.letter.passage(s) if t.place > s.place]
        if len(after) == _NUMBERS[count[1]]:
            return [Point(t, t.folded) for t in after]
    return []


def _clauses(told: list[Sentence]) -> list[Point]:
    """The later clauses of a sentence that strings the points together.

    The first clause names the main matter, which no answer forgets; only what is hung on to it
    is looked for.
    """
    for s in told:
        clauses = [c for c in _CLAUSES.split(s.folded) if len(c) > 12]
        if len(clauses) > 1:
            return [Point(s, clause, skipped=1) for clause in clauses[1:]]
    return []


def _from_items(items: list[Sentence]) -> list[Point]:
    points: list[Point] = []
    for s in items:
        last = points[-1] if points else None
        goes_on = last and last.sentence and last.sentence.passage == s.passage
        if last and goes_on and not _OPENS.match(s.folded):
            points.pop()
            points.append(Point(last.sentence, f"{last.text} {s.folded}", last.mark))
        else:
            mark = "" if s.mark == "-" else s.mark or _label_of(s)
            points.append(Point(s, s.folded, mark))
    return points


def _inline(sentence: Sentence) -> list[Point]:
    parts = _INLINE.split(sentence.folded)
    return [
        Point(sentence, text, mark) for mark, text in zip(parts[1::2], parts[2::2], strict=False)
    ]


_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth")


def names_point(point: Point, points: Sequence[Point], answers: Sequence[Sentence]) -> bool:
    """Whether the answers take the points by number and name this one's."""
    marks = {s.mark for s in answers} - {"", "-"}
    if point.mark in marks and len({p.mark for p in points} & marks) > 1:
        return True
    place = points.index(point) + point.skipped
    names = [rf"\({re.escape(point.mark)}\)"] if point.mark else []
    if point.mark:
        names.append(
            rf"\b(?:points?|heads?|parts?|issues?|items?|complaints?|matters?|paragraphs?)"
            rf"\b[^.]{{0,30}}\b{re.escape(point.mark)}\b"
        )
    if place < len(_ORDINALS):
        names.append(rf"\b(?:{_ORDINALS[place]}(?:ly)?|head {place + 1}|point {place + 1})\b")
    return any(re.search(name, s.folded) for s in answers for name in names)
