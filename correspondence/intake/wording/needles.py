"""Words without which an expression cannot match, so that it is tried only where one of them is.

Looking for a few plain words costs far less than trying an expression at every letter.
"""

from __future__ import annotations

import re
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

MOST: Final = 32
"""With more words than this, looking for them costs as much as the expression."""

Needles = frozenset[str]


def needles(source: str, flags: int = 0) -> tuple[str, ...]:
    """Words of which every match holds at least one; empty where there are no such words.

    Those of an expression that ignores case are to be looked for in the text `folded`.
    """
    if "(?i" in source:
        return ()
    found = _of_sequence(list(parser.parse(source, flags)))
    if found is None or len(found) > MOST:
        return ()
    if flags & re.IGNORECASE:
        found = frozenset(map(folded, found))
    return tuple(
        sorted(one for one in found if not any(two in one and two != one for two in found))
    )


def folded(text: str) -> str:
    """A text in which a word stands wherever an expression that ignores case would find it."""
    return text.casefold().replace("ı", "i")


def _of_sequence(items: list[Any]) -> Needles | None:
    """The best of what the parts of a sequence need, all of which must be there."""
    offers: list[Needles] = []
    run = ""
    for operation, argument in [*items, (None, None)]:
        if operation is code.LITERAL:
            run += chr(argument)
            continue
        if len(run) > 1 or (run and not run.isalnum() and not run.isspace()):
            offers.append(frozenset((run,)))
        run = ""
        offer = _of_part(operation, argument)
        if offer:
            offers.append(offer)
    return max(offers, key=_worth, default=None)


def _of_part(operation: Any, argument: Any) -> Needles | None:
    """What one part of an expression needs; None where it may match without any word."""
    if operation is code.SUBPATTERN:
        return _of_sequence(list(argument[3]))
    if operation in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT) and argument[0] > 0:
        return _of_sequence(list(argument[2]))
    if operation is code.BRANCH:
        choices = [_of_sequence(list(choice)) for choice in argument[1]]
        if all(choices):
            return frozenset[str]().union(*(choice for choice in choices if choice))
    return None


def _worth(offer: Needles) -> tuple[bool, int, int]:
    """Few words, and long ones, are rarest in a text."""
    return len(offer) <= MOST, min(map(len, offer)), -len(offer)
