"""Places that were left to be filled, beyond the marks that every check knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.letters.checking.gaps import gap_in
from correspondence.letters.checking.record.finding import Finding, Held

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEFT_OPEN: Final = re.compile(
    r"\b(?:TBC|TBA|T\.B\.C\.?|TBD)\b|\[[^\]\n]{0,160}\]|\{\{[^}\n]{0,160}(?:\}\}|$)|«[^»\n]{0,80}»"
    r"|(?<!\w)[Xx]{4,}(?!\w)|<(?:insert|enter|name|date|address|reference)[^>\n]{0,60}>"
)
_QUOTE_OF_WORDS: Final = re.compile(r"^\[(?:sic|\.\.\.|…|[a-z]|[A-Z]|\d{1,4})\]$")


def unfilled(held: Held) -> Iterator[Finding]:
    """Sentences with a place left open that the general check for gaps does not name already."""
    for sentence in held.letter.sentences:
        marks = [
            mark[0]
            for mark in _LEFT_OPEN.finditer(sentence.text)
            if not _QUOTE_OF_WORDS.match(mark[0])
        ]
        if marks and gap_in(sentence.text) is None:
            yield Finding(
                "case_unfilled",
                sentence.text,
                "A place in the letter was left to be filled.",
                "Fill it in, or take the sentence out.",
                stops=not marks[0].startswith("["),
            )
