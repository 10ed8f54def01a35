"""Whether the letter says how to reach the Housing Ombudsman (Code 3.7, 6.5, 6.16, 6.19 g).

The routes are facts and are compared as facts: a number, an address or a name that is nearly
right leads the resident nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from correspondence.letters.checking.judging import UnderCheck, Verdict, met, missing
from correspondence.letters.cues import occurs

if TYPE_CHECKING:
    from correspondence.letters.checking.anatomy import Sentence
    from correspondence.letters.checklists import Item

# The Housing Ombudsman's routes for a new case, from its page for residents, 2026.
TELEPHONE: Final = "03001113000"
WEBSITE: Final = re.compile(r"\bhousing-ombudsman\.org\.uk\b")
POSTCODE: Final = re.compile(r"\bpr2 ?0et\b")
_BOX: Final = re.compile(r"\bpo box 1484\b")
_PHONE: Final = re.compile(r"(?<![\d£])(?:\+ ?44 ?\(?0?\)?|0)(?:[ ()-]{0,2}\d){8,11}(?!\d)")
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@housing-?ombudsman\.org\.uk\b")
_DIGIT: Final = re.compile(r"\d")
_NAME: Final = re.compile(r"\bhousing ombudsman\b|(?<!government )\bombudsman\b")
_FULL_NAME: Final = re.compile(r"\bhousing ombudsman\b")
_NEAR: Final = 3
"""How many sentences after its name a telephone number may stand."""


@dataclass(frozen=True, slots=True)
class Route:
    """How the letter says the Housing Ombudsman can be reached, and where it says so."""

    sentence: Sentence
    works: bool
    fault: str = ""


def route_to_ombudsman(check: UnderCheck) -> Route | None:
    """The Ombudsman's name with the best route the letter gives; None where it is not named."""
    everything = check.letter.sentences
    named = [s for s in everything if _is_named(s.folded) or _named_by_head(s)]
    named = [s for s in named if not _only_in_address(s)]
    if not any(_FULL_NAME.search(s.context) or _named_by_head(s) for s in named):
        named = [s for s in named if _is_named(s.folded)]
    if not named:
        return None
    for s in everything:
        if _works(s.folded):
            return Route(s, works=True)
    return Route(named[0], works=False, fault=_fault(check, named))


def ombudsman_contact(check: UnderCheck, item: Item) -> Verdict:
    """The letter names the Housing Ombudsman and gives a route that works."""
    del item
    route = route_to_ombudsman(check)
    if route is None:
        return missing()
    return met(route.sentence) if route.works else missing(route.sentence, route.fault)


def ombudsman_right(check: UnderCheck, item: Item) -> Verdict:
    """The letter says that this decision can be taken to the Ombudsman, by a route that works."""
    route = route_to_ombudsman(check)
    if route is None:
        return missing()
    if not route.works:
        return missing(route.sentence, route.fault)
    how = item.satisfied
    for s in check.letter.sentences:
        named = _is_named(s.context) or _named_by_head(s)
        if named and occurs(how.cues, s.context) and not occurs(how.hollow, s.context):
            return met(s)
    return missing(route.sentence, "It does not say that this decision can be taken there.")


def _is_named(folded: str) -> bool:
    return "ombudsman" in folded and _NAME.search(folded) is not None


@lru_cache(maxsize=1024)
def _works(folded: str) -> bool:
    if "ombudsman.org" not in folded and not _DIGIT.search(folded):
        return False  # neither an address nor a number, of whatever kind
    text = _EMAIL.sub(" ", folded)
    numbers = (_digits(found[0]) for found in _PHONE.finditer(text))
    return (
        bool(WEBSITE.search(text))
        or TELEPHONE in numbers
        or bool(POSTCODE.search(text) or _BOX.search(text))
    )


def _digits(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return "0" + digits[2:].lstrip("0") if digits.startswith("44") else digits


def _named_by_head(sentence: Sentence) -> bool:
    return sentence.kind != "heading" and _is_named_in_full(sentence.heads)


@lru_cache(maxsize=1024)
def _is_named_in_full(heads: tuple[str, ...]) -> bool:
    return any(_FULL_NAME.search(head) for head in heads)


def _only_in_address(sentence: Sentence) -> bool:
    """Whether the word stands in a web or e-mail address alone."""
    return not _NAME.search(re.sub(r"\S*ombudsman\.org\S*", " ", sentence.folded)) and not (
        _named_by_head(sentence)
    )


def _fault(check: UnderCheck, named: list[Sentence]) -> str:
    around = [t for s in named for t in (s, *check.letter.after(s, _NEAR))]
    if any(_EMAIL.search(s.folded) for s in around):
        return "It gives only an e-mail address, by which new cases are not taken."
    if any(_PHONE.search(s.folded) for s in around):
        return "The telephone number beside it is not the Housing Ombudsman's."
    return "It gives no telephone number, online form or postal address."
