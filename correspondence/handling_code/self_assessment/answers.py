"""Yes and No in the spellings that forms hold, and where in a row the answer stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Answer = Literal["yes", "no", "partly", "not applicable", ""]

_TICKED: Final = "☑☒✓✔✅✗✘❌🗹xX"
_BOX: Final = re.compile(
    rf"(?:[\[(]?(?P<before>[{_TICKED}])[\])]?\s*(?P<word>yes|no)\b|\b(?P<word2>yes|"
    rf"no)\s*[\[(]?(?P<after>[{_TICKED}])[\])]?)"
    r"(?=[^\n]{0,24}(?:[☐□]|\[\s?\]|\(\s?\)))|(?:(?:[☐□]|\[\s?\]|\(\s?\))\s*(?:yes|no)\s*)"
    rf"[\[(]?[{_TICKED}][\])]?\s*(?P<word3>yes|no)\b",
    re.IGNORECASE,
)
_PARTLY: Final = (
    r"part(?:ial(?:ly)?|ly)?(?:[ -]complian(?:t|ce)|[ -]compl(?:y|ies)|[ -]met)?|in part|amber"
    r"|working towards(?: compliance)?|in progress|on[ -]?going|yes ?/ ?no|y ?/ ?n"
    r"|yes,? (?:but|in part|partially|partly)|mostly|to some extent"
)
_NO: Final = (
    r"no|n|not (?:yet|compliant|met|fully compliant|currently|complied|in place|fully met)"
    r"|non[ -]?complian(?:t|ce)|does not comply|do not comply|✗|✘|❌|✕|×|☒|red|false|not achieved"
)
_YES: Final = (
    r"yes|y|yep|fully[ -]complian(?:t|ce)|compliant|full compliance|complies|comply|complied"
    r"|we comply|met|fully met|achieved|in place|green|true|✓|✔|✅|☑|√|🗹"
)
_NOT_YET: Final = (
    r"to be (?:answered|completed|confirmed|determined|advised|assessed)|tbc|tba|tbd|pending"
    r"|not (?:yet )?(?:answered|assessed|completed)|awaiting (?:answer|confirmation)|\?+"
)
_SPELLINGS: Final[tuple[tuple[Answer, str], ...]] = (
    ("partly", _PARTLY),
    ("no", _NO),
    ("not applicable", r"n/a|n\.a\.|not applicable|na"),
    (
        "",
        _NOT_YET,
    ),
    ("yes", _YES),
)
_ALONE: Final = tuple(
    (answer, re.compile(rf"^[\s*_|:.\-–]*(?:{words})[\s*_|.!:;,\-–]*$", re.IGNORECASE))
    for answer, words in _SPELLINGS
)
_LEADING: Final = re.compile(
    r"^[\s*_:.\-–]*(?P<word>yes|no|partially|partly|partial|not compliant|non-compliant|"
    r"compliant|fully compliant|y|n)\b\s*"
    r"(?P<rest>[,.;:(\-–—].*|(?:by|from|but|although|however|subject|pending|"
    r"once|see|with|as|the|in|this|we|our|policy|action)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_INSIDE: Final = re.compile(
    r"(?:(?<=[.;:’”\"')\]?])\s*|(?<=[a-z])(?=(?:Yes|No)[A-Z])|\s{1,3})(?P<word>YES|"
    r"NO|Yes|No|Partially|Partial|Partly|Compliant|Non-compliant|Y|N)"
    r"(?=[\s.,:;–-]*(?:$|\s|[A-Z(]))(?!\s+[a-z]+(?:er|more)\b)(?!\s+(?:less|"
    r"more|later|longer|one|other|further|provision)\b)"
)
_SHORTEST_REQUIREMENT: Final = 25


@dataclass(frozen=True, slots=True)
class FoundAnswer:
    """An answer, the words that give it, and what else stands in the same cell or line."""

    answer: Answer
    words: str
    rest: str = ""


def answer_alone(text: str) -> FoundAnswer | None:
    """The answer that a cell or a line consists of, or begins with; None where it is none."""
    shown = text.strip()
    if not shown:
        return None
    if boxed := boxes(shown):
        return boxed
    for answer, pattern in _ALONE:
        if pattern.match(shown):
            return FoundAnswer(answer, shown)
    if (found := _LEADING.match(shown)) and len(found["word"]) + len(found["rest"]) < 400:
        rest = found["rest"].strip(" ,.;:-–—\n")
        return FoundAnswer(_meaning(found["word"]), f"{found['word']}, {rest}", rest)
    return None


def boxes(text: str) -> FoundAnswer | None:
    """The answer of two boxes, one of them ticked."""
    found = _BOX.search(text)
    if found is None or len(text) > _LONGEST_BOXES:
        return None
    word = found["word"] or found["word2"] or found["word3"]
    return FoundAnswer("yes" if word.lower() == "yes" else "no", text) if word else None


_LONGEST_BOXES: Final = 60


def answer_inside(text: str) -> tuple[str, FoundAnswer, str] | None:
    """Where the answer stands in running text: what is before it, the answer, what is after."""
    for found in _INSIDE.finditer(text):
        if found.start("word") < _SHORTEST_REQUIREMENT:
            continue
        before, after = text[: found.start("word")], text[found.end("word") :]
        return before, FoundAnswer(_meaning(found["word"]), found["word"]), after
    return None


def _meaning(word: str) -> Answer:
    return next((answer for answer, pattern in _ALONE if pattern.match(word)), "")
