"""What is found where a letter and the record of its case disagree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from correspondence.letters.checking.anatomy import Anatomy, Sentence, folded, take_apart
from correspondence.letters.checking.dates import dates_in
from correspondence.letters.conventions import SALUTATION

if TYPE_CHECKING:
    from datetime import date

    from correspondence.letters.checking.dates import NamedDate
    from correspondence.letters.checking.record.facts import CaseRecord
    from correspondence.letters.kinds import LetterKind
    from correspondence.letters.text import LetterText

__all__ = ["Finding", "Held", "Sentence", "hold"]


_ANOTHER_DAY: Final = re.compile(
    r"\b(?:receiv\w+|due|your \w+ of|opened|complained|born|reply by)\b"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement. `stops` where it is surely wrong; otherwise somebody looks again.

    `reason` and `advice` are sentences without anybody's name, address or words in them; what the
    letter says, or for a point left out what the record says, stands in `quote` alone. `clause` is
    empty where nothing in the Code but plain sense asks for it.
    """

    id: str
    quote: str
    reason: str
    advice: str
    stops: bool = False
    clause: str = ""


@dataclass(frozen=True)
class Held:
    """A letter of some kind, held against the record of its case."""

    letter: Anatomy
    kind: LetterKind
    record: CaseRecord

    @cached_property
    def written_on(self) -> date:
        """The letter's own date where one stands above the greeting, else the day of the check."""
        lines = self.letter.plain.splitlines()
        if not any(SALUTATION.match(line.strip()) for line in lines):
            return self.record.letter_date
        for line in lines:
            if SALUTATION.match(line.strip()):
                break
            low = folded(line)
            for named in () if _ANOTHER_DAY.search(low) else dates_in(low):
                if named.has_month and (day := named.on(self.record.letter_date)):
                    return day
        return self.record.letter_date

    @property
    def clauses(self) -> dict[str, str]:
        """The clause of each duty at this stage."""
        return _CLAUSES[2 if self.record.stage == 2 else 1]

    def dates(self, sentence: Sentence) -> list[NamedDate]:
        """The dates a sentence names with at least day and month."""
        return [named for named in dates_in(sentence.folded) if named.has_month]

    def on(self, named: NamedDate) -> date | None:
        """The day a named date means in this letter."""
        return named.on(self.written_on)


_CLAUSES = {
    1: {"received": "6.2", "respond": "6.3", "extend": "6.4", "answer": "6.7", "stage": "6.9"},
    2: {"received": "6.11", "respond": "6.14", "extend": "6.15", "answer": "6.18", "stage": "6.19"},
}


def hold(text: LetterText, kind: LetterKind, record: CaseRecord) -> Held:
    """The letter taken apart, to be held against the record."""
    return Held(take_apart(text), kind, record)
