"""Where one sentence of a policy ends and the next begins."""

from __future__ import annotations

import re
from typing import Final

_SENTENCE_END: Final = re.compile(
    r"[.!?][*_'\"’”)\]]{0,3}\s+(?=[*_\"'‘“(\[]{0,3}[A-Z0-9£])|;\s*(?=\n|$)|\n(?=\s*\n)"
)
_ABBREVIATED: Final = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "no",
        "nos",
        "para",
        "ref",
        "tel",
        "ext",
        "e.g",
        "i.e",
        "etc",
        "viz",
        "vs",
        "cllr",
        "approx",
        "ltd",
        "co",
    ]
)


def sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The (start, end) of every sentence between two places of a text, blanks left out."""
    spans: list[tuple[int, int]] = []
    at = start
    for mark in _SENTENCE_END.finditer(text, start, end):
        before = text[max(at, mark.start() - 8) : mark.start()].split()
        word = before[-1].lower().lstrip("(") if before else ""
        if text[mark.start()] == "." and (
            word in _ABBREVIATED
            or (
                text[at : mark.start()].strip(" (-*•\t").replace(".", "").isalnum()
                and len(text[at : mark.start()].strip()) <= 6
            )
        ):
            continue
        _add(spans, text, at, mark.end())
        at = mark.end()
    _add(spans, text, at, end)
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append((start, end))
