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
    from collections.abc import Iterable, Sequence

    from correspondence.letters.checking.anatomy import Sentence
    from correspondence.letters.checking.judging import UnderCheck

_INLINE: Final = re.compile(r"\((\d|[a-h]|i{1,3}|iv|v)\)\s+")
_CLAUSES: Final = re.compile(r";\s+(?:and\s+|or\s+)?|,\s+(?=and (?:that|whether|our|the|your)\b)")
_THAT: Final = re.compile(r"\b(?:that|whether|how|why)\b")
_EACH_THAT: Final = re.compile(
    r"(?:[,;:]\s*(?:and\s+|or\s+)?|\s+and\s+)"
    r"(?:(?:also|first|second|third|fourth|final|last)(?:ly)?,?\s+)?"
    r"(?=(?:that|whether|how|why)\b)"
)
_LED: Final = (
    "you [also|have|had|then] (say|said|told|complained|complain|asked (us|me)|raised|reported)",
    "you [also] (set out|put|bring|brought|had|have) [to us|us|me] <number>",
    "you [also] (remain|remained|were|are|contended|alleged|wanted|disagree|disagreed|felt|feel)",
    "you (came|wrote|rang|phoned|spoke|turned) to (us|me) (with|about)",
    "you (weren t|aren t|re not|were not) (happy|content|satisfied)",
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
_SHORTEST: Final = 12
ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth")
_IN_ORDER: Final = re.compile(
    r"^(?:and\s+|the\s+)?(first|second|third|fourth|fifth|sixth|last|final)(?:ly)?\b"
    r"(?:\s(?:was|is|of all|point|matter|issue|concern|thing|complaint|one))*\s?[,:]?\s"
)
_FURTHEST: Final = 12
_LAST: Final = frozenset({"last", "final"})


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the complaint: where it stands and what it is about.

    `mark` is the number or letter the letter gives it; `skipped` how many points before it are
    not looked for. `in_prose` tells that no list shows where it begins and ends.
    """

    sentence: Sentence | None
    text: str
    mark: str = ""
    skipped: int = 0
    in_prose: bool = False

    @property
    def stems(self) -> frozenset[str]:
        """What it is about, as word stems."""
        return stems(without_dates(self.text))


def points_of(
    check: UnderCheck, headings: tuple[str, ...], decided: tuple[str, ...] = ()
) -> list[Point]:
    """The points the letter lists: bullets or numbers under a heading or lead-in, or in a sentence.

    Empty where the complaint is told in prose without any enumeration. What holds a cue of
    `decided` is an answer, not a point.
    """
    headed = tuple(s for s in check.under(headings) if not occurs(decided, s.folded))
    listed = [
        s
        for s in check.letter.body
        if not occurs(decided, s.folded)
        and (
            (s.kind == "item" and (s in headed or occurs(_LED, s.lead)))
            or (s in headed and (s.mark or _label_of(s)))
        )
    ]
    if listed and ("." not in listed[0].mark or len({s.mark for s in listed}) > 1):
        first = listed[0]
        return _from_items([s for s in listed if _is_beside(s, first)])
    for s in check.letter.body:
        if s in headed or occurs(_LED, s.folded):
            marked = _inline(_with_marked(check, s))
            if len(marked) > 1:
                return marked
    led = [s for s in check.letter.body if occurs(_LED, s.folded) and not occurs(_ROUTE, s.folded)]
    told = [s for s in (*headed, *led) if not occurs(decided, s.folded)]
    return (
        _in_order(told, check.letter.body, decided)
        or _each_that(told)
        or _counted(check, told)
        or _clauses(told)
    )


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


def _with_marked(check: UnderCheck, sentence: Sentence) -> list[Sentence]:
    """A sentence with those after it in its paragraph that open with a letter or number."""
    found = [sentence]
    for later in check.letter.passage(sentence):
        if later.place == found[-1].place + 1 and _INLINE.match(later.folded):
            found.append(later)
    return found


def _inline(sentences: Sequence[Sentence]) -> list[Point]:
    return [
        Point(sentence, text, mark)
        for sentence in sentences
        for parts in (_INLINE.split(sentence.folded),)
        for mark, text in zip(parts[1::2], parts[2::2], strict=True)
    ]


def _in_order(
    told: Iterable[Sentence], body: tuple[Sentence, ...], decided: tuple[str, ...]
) -> list[Point]:
    """Sentences that open with first, second, third, the first of them where the telling begins."""
    for s in told:
        found: list[Point] = []
        for later in (t for t in body if 0 <= t.place - s.place <= _FURTHEST):
            opens = None if occurs(decided, later.folded) else _IN_ORDER.match(later.folded)
            if opens and _follows(opens[1], len(found)):
                found.append(Point(later, later.folded, in_prose=True))
            elif later.passage != s.passage or (not found and later is not s):
                break
        if len(found) > 1:
            return found
    return []


def _follows(ordinal: str, found: int) -> bool:
    return ORDINALS[min(found, len(ORDINALS) - 1)] == ordinal or (found > 0 and ordinal in _LAST)


def _each_that(told: Iterable[Sentence]) -> list[Point]:
    """The clauses of a sentence that tells the points one after the other: 'that ..., that ...'."""
    for s in told:
        begins = _THAT.search(s.folded)
        clauses = _EACH_THAT.split(s.folded[begins.start() :]) if begins else []
        told_so = [c for c in clauses if len(c) > _SHORTEST]
        if len(told_so) > 1 and all(_THAT.match(c) for c in told_so):
            return [Point(s, clause, in_prose=True) for clause in told_so]
    return []


def _counted(check: UnderCheck, told: Iterable[Sentence]) -> list[Point]:
    """The sentences that follow one which says how many points there are, in its paragraph."""
    for s in told:
        count = _COUNT.search(s.folded)
        if not count or len(s.folded.split()) > _LONGEST_COUNT:
            continue
        after = [t for t in check.letter.passage(s) if t.place > s.place]
        if len(after) == _NUMBERS[count[1]]:
            return [Point(t, t.folded, _label_of(t)) for t in after]
    return []


def _clauses(told: Iterable[Sentence]) -> list[Point]:
    """The later clauses of a sentence that strings the points together.

    The first clause names the main matter, which no answer forgets; only what is hung on to it
    is looked for.
    """
    for s in told:
        clauses = [c for c in _CLAUSES.split(s.folded) if len(c) > _SHORTEST]
        if len(clauses) > 1:
            return [Point(s, clause, skipped=1, in_prose=True) for clause in clauses[1:]]
    return []


def _from_items(items: list[Sentence]) -> list[Point]:
    points: list[Point] = []
    for s in items:
        last = points[-1] if points else None
        begun = last.sentence if last else None
        goes_on = begun and (begun.passage, begun.mark) == (s.passage, s.mark)
        if last and goes_on and not _OPENS.match(s.folded):
            points.pop()
            points.append(Point(last.sentence, f"{last.text} {s.folded}", last.mark))
        else:
            mark = "" if s.mark == "-" else s.mark or _label_of(s)
            points.append(Point(s, s.folded, mark))
    return points
