"""What the checks found in a letter, as the list an officer works through. Pure but for the data.

An item counts as met only where both the words and the PDF made of them meet it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from correspondence.letters.checklists import load
from correspondence.letters.kinds import LetterKind
from correspondence.resources import shipped
from correspondence.web.letter_parts import place_of
from correspondence.web.spoken import plainly

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from correspondence.store.letters import Confirmation
    from correspondence.web.letter_parts import Part

_ORDER: Final = ("missing", "unsure", "met")
_RESTS_ON: Final = {
    "code": "the Code says so",
    "follows": "it follows from the Code",
    "landlord": "our own rule",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing the letter must say, whether it does, and the words or the advice for it."""

    id: str
    asks: str
    clause: str
    rests_on: str
    required: bool
    met: str  # met, missing or unsure
    quote: str
    advice: str
    only_in_pdf: bool  # the words meet it, and the PDF made of them does not
    confirmed_by: str  # who marked the words that meet it
    confirmable: bool
    place: str = ""  # the part of the letter in which the quote stands
    confirmed_words: str = ""
    confirmed_because: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """A way of putting things that may be changed, and the part of the letter it stands in."""

    quote: str
    suggestion: str
    place: str


def checklist(
    kind: str,
    findings: Mapping[str, Any],
    confirmed: Iterable[Confirmation],
    names: Mapping[str, str],
    made: Sequence[Part] = (),
) -> tuple[Item, ...]:
    """The items of a revision's findings, what needs doing in front; `made` are its parts."""
    if not findings:
        return ()
    asks, by = _asks(kind), {one.item: one for one in confirmed}
    in_pdf = {one["id"]: one for one in findings["pdf"]["items"]}
    of_record = set(findings.get("facts_of_record", ()))
    items = []
    for said in findings["words"]["items"]:
        pdf = in_pdf.get(said["id"], said)
        worse = max(said, pdf, key=lambda one: -_ORDER.index(one["met"]))
        theirs = by.get(said["id"])
        items.append(
            Item(
                id=said["id"],
                asks=asks.get(said["id"], plainly(said["id"])),
                clause=said["clause"],
                rests_on=_RESTS_ON.get(said["basis"], said["basis"]),
                required=said["required"],
                met=worse["met"],
                quote=worse["quote"],
                advice=worse["advice"],
                only_in_pdf=said["met"] == "met" != pdf["met"],
                confirmed_by=names.get(theirs.by, theirs.by) if theirs else "",
                confirmable=worse["met"] == "unsure" or said["id"] not in of_record,
                place=place_of(theirs.passage if theirs else worse["quote"], made),
                confirmed_words=theirs.passage if theirs else "",
                confirmed_because=theirs.because if theirs else "",
            )
        )
    return tuple(sorted(items, key=lambda one: (not one.required, _ORDER.index(one.met))))


def wording(findings: Mapping[str, Any], made: Sequence[Part]) -> tuple[Wording, ...]:
    """What may be put better in a revision, with its place."""
    found = findings.get("words", {}).get("wording", [])
    return tuple(
        Wording(one["quote"], one["suggestion"], place_of(one["quote"], made)) for one in found
    )


@cache
def _asks(kind: str) -> dict[str, str]:
    """What each item of a kind asks, in words."""
    found = load(LetterKind(kind), shipped("schemas") / "letters")
    return {item.id: item.asks for item in found.items}
