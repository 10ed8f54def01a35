"""Where one sentence ends and the next begins."""

import re
from typing import Final

LONGEST: Final = 900
"""Characters of the longest stretch judged as one sentence; what is longer is cut at a space."""

_END: Final = re.compile(r"[.!?]['\"’”)\]]{0,2}\s+(?=[\"'‘“(\[]{0,2}[A-Z0-9£*-])|\n+|;\s+(?=[(\[])")
_BEFORE: Final = re.compile(r"([\w.]{1,12})$")
_ABBREVIATED: Final = (
    "mr mrs ms miss mx dr rev revd prof st no nos ref para paras cl ltd co inc tel ext approx dept "
    "e.g i.e etc viz cf vs p pp a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec mon tue "
    "tues wed thu thurs fri sat sun hon cllr"
)
_PARAGRAPH: Final = re.compile(r"[a-h]?\d[\d.]*")
_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "cllr", "prof"})
_ABBREVIATIONS: Final = frozenset(_ABBREVIATED.split())


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The (start, end) of every sentence of `text`, in order, blanks at both ends left out."""
    spans: list[tuple[int, int]] = []
    start = 0
    for mark in _END.finditer(text):
        if mark[0][0] == "." and _is_abbreviation(text, start, mark.start()):
            continue
        _add(spans, text, start, mark.end())
        start = mark.end()
    _add(spans, text, start, len(text))
    return spans


def _is_abbreviation(text: str, start: int, stop: int) -> bool:
    before = _BEFORE.search(text, max(start, stop - 12), stop)
    if before is None or text[before.start() - 1 : before.start()] in ("'", "’"):
        return False
    word = before[1].lower()
    if word == "i":
        title = _BEFORE.search(text, max(start, before.start() - 14), before.start() - 1)
        return title is not None and title[1].lower().rstrip(".") in _TITLES
    # An initial ("A. D."), a paragraph's number ("3. The", "B2. The") or a known abbreviation.
    alone = before.start() <= start + 1
    return bool(
        (len(word) == 1 and word.isalpha())
        or (alone and _PARAGRAPH.fullmatch(word))
        or word in _ABBREVIATIONS
    )


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        spans.append((start, cut))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        spans.append((start, end))
