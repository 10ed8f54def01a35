"""The resident whom an office, a colleague or a body names in the subject line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from correspondence.intake.people.names import (
    INITIAL,
    NAME,
    NAME_WORD,
    names_an_organisation,
    plausible_name,
)
from correspondence.intake.wording.expressions import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable

    from correspondence.intake.wording.passages import Passage

_HEADED = Expression(
    r"\b(?P<and>(?:Mr|Mrs|Ms|Miss|Mx)\.? (?:and|&) )?(?:Mr|Mrs|Ms|Miss|Mx|MR|MRS|MS|MISS)\.? "
    rf"(?P<name>{NAME})"
)
_PARTED = Expression(r" [-–—] |[:;,(){}\[\]|]|\b[Rr]e\b:?")
_PLACES = frozenset((
    "avenue", "bank", "block", "building", "buildings", "close", "cottage", "cottages", "court",
    "crescent", "croft", "drive", "estate", "flat", "flats", "fold", "garden", "gardens", "green",
    "grove", "heights", "hill", "house", "lane", "lodge", "mansions", "mews", "parade", "park",
    "place", "point", "quay", "rise", "road", "row", "square", "street", "terrace", "tower",
    "view", "walk", "way", "wharf", "yard",
))  # fmt: skip


def titled_with(subject: str, passages: Iterable[Passage]) -> str:
    """The person a subject line is headed with, such as `Our client: Mr J Wick` or `Call note - Ada
    Wick`; or empty.

    Without a title beside it, a name counts that the message repeats in part elsewhere than in the
    name of a building.
    """
    told = tuple(passages)
    for match in _HEADED.finditer(subject):
        named = plausible_name(match.group("name"))
        if len(named) > 1:
            if match["and"]:
                return match.group().replace(match["name"], named)
            return _whole(named, told) or match.group().replace(match["name"], named)
    said = " ".join(part.text for part in told)
    for piece in _PARTED.compiled.split(subject):
        named = plausible_name(piece)
        words = named.split()
        if len(words) < 2 or words[-1].lower() in _PLACES or names_an_organisation(named):
            continue
        if _is_repeated(words, said):
            return _whole(named, told)
    return ""


def _whole(name: str, parts: tuple[Passage, ...]) -> str:
    """A name with the forename that some mention gives; empty where only a surname is told."""
    *before, surname = name.split()
    initial = before[0][0] if before else ""
    if before and len(before[0].strip(".")) > 1:
        return name
    found = [
        named
        for part in parts
        for match in re.finditer(rf"\b(?:{NAME_WORD}|{INITIAL}) {re.escape(surname)}\b", part.text)
        if " " in (named := plausible_name(match.group())) and named.startswith(initial)
    ]
    best = max(found, key=lambda named: len(named.split()[0]) > 2, default="")
    return best or (name if before else "")


def _is_repeated(words: list[str], said: str) -> bool:
    """Whether a word of a name stands in what is said, and not before that of a place."""
    return any(
        match.group(1).lower() not in _PLACES
        for word in words
        if len(word) > 2
        for match in re.finditer(rf"\b{re.escape(word)}\b['’]?s? ?(\w*)", said)
    )
