"""How a letter stands that somebody else prints and posts, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.store import postings
from correspondence.web.desk import house
from correspondence.web.spoken import moment

if TYPE_CHECKING:
    from correspondence.store.letters import LetterRow
    from correspondence.store.postings import Posting

_WHO: Final = {"notify": "GOV.UK Notify", "print_house": "The print house"}
_SAID: Final = {
    "pending-virus-check": "is looking through it",
    "accepted": "will print it",
    "received": "has posted it",
    "technical-failure": "had a fault of its own and does not know whether it will be printed",
}


@dataclass(frozen=True, slots=True)
class Posted:
    """Who has a letter and how it stood there last, `says` in a sentence.

    `printed` where what was printed can be looked at.
    """

    says: str
    printed: bool


def posted(row: LetterRow) -> Posted | None:
    """How a letter stands with whoever prints it; None where nobody does."""
    if row.status not in ("sending", "handed_over", "sent", "failed"):
        return None
    with house().database.reading() as conn:
        one = postings.of_letter(conn, row.id)
    return Posted(_sentence(one), bool(one.printed_sha256)) if one else None


def _sentence(one: Posting) -> str:
    who = _WHO[one.way]
    if one.way == "print_house" and not one.batch:
        return f"It goes with the next batch for the print house, as {one.posted_as}."
    place = f" in the batch {one.batch}" if one.batch else ""
    known = f"{who} has it{place} as {one.posted_as}."
    if one.asked_at is None or one.said not in _SAID:
        return known
    return f"{known} When it was asked last, on {moment(one.asked_at)}, it {_SAID[one.said]}."
