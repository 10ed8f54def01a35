"""How a letter stands that somebody else prints and posts, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.store import postings
from correspondence.web.desk import house
from correspondence.web.spoken import moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlalchemy as sa

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
    """Who has a letter and how it stood there last: `says` in a sentence, `tag` in its first words.

    `tag` is None where its status says as much. `printed` where what was printed can be looked at.
    """

    says: str
    tag: str | None
    printed: bool


def posted(row: LetterRow) -> Posted | None:
    """How a letter stands with whoever prints it; None where nobody does."""
    if row.status not in ("sending", "handed_over", "sent", "failed"):
        return None
    with house().database.reading() as conn:
        one = postings.of_letter(conn, row.id)
    return Posted(_sentence(one), _tag(one, row.status), bool(one.printed_sha256)) if one else None


def with_whom(conn: sa.Connection, rows: Iterable[LetterRow]) -> dict[str, str]:
    """Of letters that are with whoever prints them, the words for how they stand, by letter.

    The others stand as their status says.
    """
    away = {row.id: row.status for row in rows if row.status in ("sending", "handed_over")}
    known = postings.of_letters(conn, away)
    return {
        letter: words
        for letter, one in known.items()
        if (words := _tag(one, away[letter])) is not None
    }


def _tag(one: Posting, status: str) -> str | None:
    if status == "handed_over":
        return f"{_WHO[one.way]} has it"
    if status == "sending" and one.way == "print_house":
        return "It goes with the next batch"
    return None


def _sentence(one: Posting) -> str:
    who = _WHO[one.way]
    if one.way == "print_house" and not one.batch:
        return f"It goes with the next batch for the print house, as {one.posted_as}."
    place = f" in the batch {one.batch}" if one.batch else ""
    known = f"{who} has it{place} as {one.posted_as}."
    if one.asked_at is None or one.said not in _SAID:
        return known
    return f"{known} When it was asked last, on {moment(one.asked_at)}, it {_SAID[one.said]}."
