"""Text as it is judged: folded for comparison, cut into sentences, every piece with its place.

Folding keeps every character at its place, so what is found in the folded text can be quoted from
the text as it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from correspondence.intake.wording.expressions import Expression
from correspondence.intake.wording.narrative import shapes_in

JUDGED_CHARACTERS = 60_000
"""How much of one passage is judged. Nobody's letter is longer; what follows is still kept."""

_SAME_LENGTH = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "´": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "–": "-",
        "—": "-",
        "‑": "-",
        "−": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2007": " ",
        "\u200b": " ",
        "\t": " ",
        "\r": " ",
        "…": ".",
    }
)
_WRAPPED_AT = 55  # a line at least this long was broken by the mail program, not by its writer
_NEW_ITEM = Expression(r"[ ]*(?:[-*•·>]|\(?[0-9a-z]{1,2}[.)])[ ]|[ ]*$")
_ABBREVIATION = Expression(
    r"(?:\b(?:mr|mrs|ms|miss|dr|st|rd|no|nos|approx|incl|inc|tel|mob|ref|re|flt|esp|etc|e\.g|i\.e"
    r"|a\.m|p\.m|cllr|rev|prof|sgt|pc|vs|dept|[a-z])|\b[a-z]\.[a-z])$"
)
_SENTENCE_END = Expression(r"[.!?]+[\"')\]]*(?=\s|$)|\n+|$")
_CLAUSE_END = Expression(
    r",?\s+\b(?:and|but|because|so|which|while|then|when|although|though|after|until|since|yet"
    r"|even)\b\s+|(?:[;:]|,)\s+|\s[-–—]+\s",
    re.IGNORECASE,
)
_ITEM = Expression(r"\(?(?:\d{1,2}|[a-h])[.)] +")
_ITEM_NUMBER = Expression(r"(?:^|\n) *\(?\d{1,2}$", re.MULTILINE)
_EDGES = " \t\r\n\u00a0\"“”'‘’>*•·|"


def fold(text: str) -> str:
    """The text in lower case with plain quotes, dashes and spaces, character for character."""
    lowered = text.translate(_SAME_LENGTH)
    small = lowered.lower()
    if len(small) != len(text):
        small = "".join(c.lower() if len(c.lower()) == 1 else c for c in lowered)
    return _unwrapped(small)


def _unwrapped(folded: str) -> str:
    """The text with a space for each line break that only wraps a paragraph."""
    lines = folded.split("\n")
    pieces = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        wraps = len(line) >= _WRAPPED_AT and not _NEW_ITEM.match(following)
        pieces.append(line + (" " if wraps else "\n"))
    return "".join(pieces)[:-1]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a passage, by character positions."""

    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """One stretch of a message and where it stands: subject, body, form, forwarded, attachment."""

    text: str
    place: str
    _judged: str = field(init=False, repr=False, default="")

    def __post_init__(self) -> None:
        object.__setattr__(self, "_judged", self.text[:JUDGED_CHARACTERS])

    @cached_property
    def folded(self) -> str:
        """The judged text, folded; positions in it are positions in `text`."""
        return fold(self._judged)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences and lines, trimmed; a line wrapped inside a paragraph does not end one."""
        return tuple(_sentences(self.folded))

    @cached_property
    def shapes(self) -> dict[str, list[int]]:
        """Where the shapes of telling begin (`narrative`)."""
        return shapes_in(self.folded)

    @property
    def is_cut(self) -> bool:
        """True where the text is longer than what is judged."""
        return len(self.text) > JUDGED_CHARACTERS

    def quote(self, span: Span) -> str:
        """The words at this place as they were written."""
        return self.text[span.start : span.end]

    def sentence_at(self, position: int) -> Span:
        """The sentence around a position, or the position itself where there is none."""
        for span in self.sentences:
            if span.start <= position < span.end:
                return span
        return Span(position, position)


def _sentences(folded: str) -> list[Span]:
    spans = []
    start = 0
    for match in _SENTENCE_END.finditer(folded):
        end = match.end()
        if match.group().startswith(".") and len(match.group()) == 1:
            tail = folded[max(start, match.start() - 8) : match.start()]
            following = folded[end : end + 3].lstrip()
            if _ABBREVIATION.search(tail) and following[:1] != "\n" and following:
                continue
            if _ITEM_NUMBER.search(folded, max(start, match.start() - 6), match.start()):
                continue
        span = trim(folded, start, end)
        if span is not None:
            spans.append(span)
        start = end
    return spans


def clauses(passage: Passage, sentence: Span, shortest: int = 3) -> list[Span]:
    """A sentence's clauses, cut at commas and joining words, none shorter than so many words."""
    folded = passage.folded
    cuts = [
        (m.start(), m.end()) for m in _CLAUSE_END.finditer(folded, sentence.start, sentence.end)
    ]
    found: list[Span] = []
    start = sentence.start
    for cut, resume in [*cuts, (sentence.end, sentence.end)]:
        rest = folded[resume : sentence.end]
        if cut < sentence.end and (
            len(folded[start:cut].split()) < shortest or len(rest.split()) < shortest
        ):
            continue
        span = trim(folded, start, cut)
        if span is not None:
            found.append(span)
        start = resume
    return found


def trim(folded: str, start: int, end: int) -> Span | None:
    """The stretch without blanks, bullets, numbers of a list and stray quotes at its edges.

    None where that is all there is.
    """
    while start < end and folded[start] in _EDGES:
        start += 1
    marker = _ITEM.match(folded, start, end)
    if marker is not None:
        start = marker.end()
    while end > start and folded[end - 1] in _EDGES:
        end -= 1
    return Span(start, end) if end > start else None
