"""What every judgement works with: the letter under check, and a verdict with its passage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from correspondence.letters.checking.dates import NamedDate, dates_in
from correspondence.letters.checking.gaps import has_gap
from correspondence.letters.checking.substance import specifics
from correspondence.letters.cues import occurs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from correspondence.letters.checking.anatomy import Anatomy, Sentence
    from correspondence.letters.checking.result import CheckFacts, Met
    from correspondence.letters.checklists import Item


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an item is met, the sentence that shows it, and a remark for the officer.

    What is `certain`, since the record of the case shows it, needs no second opinion.
    """

    met: Met
    sentence: Sentence | None = None
    remark: str = ""
    certain: bool = False


def met(sentence: Sentence | None = None, remark: str = "") -> Verdict:
    """The item is met, as `sentence` shows."""
    return Verdict("met", sentence, remark)


def certainly_met(sentence: Sentence) -> Verdict:
    """The item is met, as the record of the case shows."""
    return Verdict("met", sentence, certain=True)


def missing(sentence: Sentence | None = None, remark: str = "") -> Verdict:
    """The item is missing; `sentence` is what stands in its place, if anything does."""
    return Verdict("missing", sentence, remark)


def unsure(sentence: Sentence | None = None, remark: str = "") -> Verdict:
    """The letter does not tell; a person must say."""
    return Verdict("unsure", sentence, remark)


@dataclass(frozen=True)
class UnderCheck:
    """The letter under check and what is known of its case."""

    letter: Anatomy
    facts: CheckFacts

    @cached_property
    def near(self) -> date | None:
        """A day close to the letter's own, from which unsaid years are taken."""
        facts = self.facts
        known = facts.today or facts.acknowledged or facts.received or facts.due
        if known:
            return known
        for sentence in self.letter.sentences:
            for named in dates_in(sentence.folded):
                if named.year:
                    return named.on(None)
        return None

    @cached_property
    def written_on(self) -> date | None:
        """The letter's own date, where one stands above the salutation."""
        above = [s for s in self.letter.sentences if s.zone == "before"]
        named = [d for s in above for d in dates_in(s.folded) if d.has_month]
        return named[0].on(self.near) if named else self.facts.today

    def dates(self, sentence: Sentence) -> list[NamedDate]:
        """The dates a sentence names with at least day and month."""
        return [named for named in dates_in(sentence.folded) if named.has_month]

    def under(self, headings: tuple[str, ...]) -> tuple[Sentence, ...]:
        """The sentences under a heading or label with one of these cues; no signature."""
        if not headings:
            return ()
        promised = {
            heads: any(occurs(headings, head) for head in heads) for heads in self.letter.over
        }
        return tuple(
            s
            for s in self.letter.sentences
            if promised[s.heads] and s.kind != "heading" and s.zone != "after"
        )

    def saying(self, item: Item, sentences: Iterable[Sentence] | None = None) -> list[Sentence]:
        """The sentences that say what the item's cues look for, and do not only seem to."""
        spoken = self.letter.spoken if sentences is None else sentences
        return [s for s in spoken if is_said(s) and says(s, item)]

    def seeming(self, item: Item) -> Sentence | None:
        """A sentence that only seems to say it, to be shown where the item is missing."""
        how = item.satisfied
        for s in (*self.under(how.headings), *self.letter.body):
            if occurs(how.hollow, s.context) or not is_said(s):
                return s
        return None


def says(sentence: Sentence, item: Item) -> bool:
    """Whether a sentence, or a clause of it, holds one of the item's cues and nothing hollow."""
    how = item.satisfied
    if not occurs(how.cues, sentence.context):
        return False
    if not occurs(how.hollow, sentence.context):
        return True
    return any(
        occurs(how.cues, clause) and not occurs(how.hollow, clause) for clause in clauses(sentence)
    )


def clauses(sentence: Sentence) -> list[str]:
    """The folded clauses of a sentence: what stands between semicolons, `, and` and `, but`."""
    return _CLAUSE.split(sentence.folded)


_CLAUSE: Final = re.compile(r";\s+(?:and\s+|but\s+)?|,\s+(?:and|but)\s+")


def is_said(sentence: Sentence) -> bool:
    """Whether the sentence says anything: it holds no gap that was left to be filled."""
    return not has_gap(sentence.text)


def own_words(sentences: Iterable[Sentence]) -> frozenset[str]:
    """The specifics of some sentences: what is said about this very matter.

    Dates are left out, and the names of people: who is handling a complaint says nothing of it.
    """
    return frozenset().union(*(_own_words(s.folded) for s in sentences))


@lru_cache(maxsize=1024)
def _own_words(folded: str) -> frozenset[str]:
    return specifics(_PERSON.sub(" ", without_dates(folded)))


_PERSON: Final = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|cllr)\b\.? [\w'-]+")


def without_dates(folded: str) -> str:
    """The folded text with every date blanked out, of the same length."""
    for named in dates_in(folded):
        folded = folded[: named.start] + " " * (named.end - named.start) + folded[named.end :]
    return folded
