"""Whether the sums of money in a letter agree with one another, and with the record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from correspondence.letters.checking.record.finding import Finding, Held

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.letters.checking.record.finding import Sentence

_SUM: Final = re.compile(r"£ ?(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d\d))?(?![\d,]*\d)")
_TOTAL: Final = re.compile(r"\b(?:total|totals|totalling|totaling|altogether|in all|sum of)\b")
_OTHER_TOTAL: Final = re.compile(
    r"\b(?:less|minus|deduct\w*|already (?:paid|had)|balance|offset|set off|arrears|remaining"
    r"|of which|includ\w+|per|each|every|times|x|a (?:day|week|month|visit)"
    r"|for (?:\d+|\w+) (?:days|weeks|months))\b"
)
_WANTED: Final = re.compile(
    r"\byou (?:have )?(?:asked?|asking|want(?:ed)?|would like|claim(?:ed)?|request(?:ed)?|seek"
    r"|sought)\b"
)
_SMALL: Final = """\
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen"""
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES: Final = MappingProxyType(
    {word: number for number, word in enumerate(_SMALL.split())}
    | {word: number * 10 for number, word in enumerate(_TENS.split(), 2)}
)
_IN_WORDS: Final = re.compile(r"^ ?\(((?:[a-z]+[ -]?){1,10}?) ?(?:pounds?)(?: only)?\)")


@dataclass(frozen=True, slots=True)
class _Amount:
    pence: int
    start: int
    end: int


def money(held: Held) -> Iterator[Finding]:
    """Totals that are no totals, figures that are not their words, and sums nobody asked for."""
    body = [s for s in held.letter.sentences if s.zone == "body"]
    for sentence in body:
        yield from _words_and_figures(sentence)
        yield from _total_in_one(sentence)
        yield from _asked_for(held, sentence)
    yield from _total_of_list(body)


def amounts(folded: str) -> list[_Amount]:
    """Every sum of pounds in folded text, in order."""
    return [
        _Amount(
            int(found[1].replace(",", "")) * 100 + int(found[2] or 0), found.start(), found.end()
        )
        for found in _SUM.finditer(folded)
    ]


def _words_and_figures(sentence: Sentence) -> Iterator[Finding]:
    for amount in amounts(sentence.folded):
        words = _IN_WORDS.match(sentence.folded[amount.end :])
        value = number_in_words(words[1]) if words else None
        if value is not None and value * 100 != amount.pence:
            yield Finding(
                "case_amounts",
                sentence.text,
                f"The figure is {_pounds(amount.pence)} and the words say {_pounds(value * 100)}.",
                "Put right whichever is wrong.",
                stops=True,
                clause="7.3",
            )


def _total_in_one(sentence: Sentence) -> Iterator[Finding]:
    """`£50 for the delay and £75 for the visits, a total of £125`."""
    found = amounts(sentence.folded)
    total = _marked_total(sentence.folded, found)
    if total is None or len(found) < 3 or _OTHER_TOTAL.search(sentence.folded):
        return
    yield from _compared(sentence, total, [one for one in found if one is not total])


def _total_of_list(body: list[Sentence]) -> Iterator[Finding]:
    """A list or the rows of a table, and the total that ends them or that they follow."""
    at = 0
    while at < len(body):
        stop = at
        while stop < len(body) and _is_entry(body, stop):
            stop += 1
        entries = [s for s in body[at:stop] if amounts(s.folded)]
        if len(entries) > 1:
            around = [*body[max(0, at - 2) : at], *body[stop : stop + 2], *entries[-1:]]
            yield from _total_beside(entries, around, body[at:stop])
        at = max(stop, at + 1)


def _total_beside(
    entries: list[Sentence], around: list[Sentence], run: list[Sentence]
) -> Iterator[Finding]:
    rows = [s for s in entries if not _is_total_row(s, run)]
    if len(rows) < 2 or any(
        len(amounts(s.folded)) != 1 or _OTHER_TOTAL.search(s.folded) for s in rows
    ):
        return
    parts = [amounts(s.folded)[0] for s in rows]
    ends = [s for s in entries if _is_total_row(s, run)]
    for sentence in (*ends, *(s for s in around if s not in entries)):
        found = amounts(sentence.folded)
        total = found[0] if sentence in ends else _marked_total(sentence.folded, found)
        if total is not None and not _OTHER_TOTAL.search(sentence.folded):
            yield from _compared(sentence, total, parts)
            return


def _is_entry(body: list[Sentence], at: int) -> bool:
    """Whether a sentence belongs to a list or a table; the head of a row comes before its cell."""
    if body[at].kind == "heading":
        return at + 1 < len(body) and body[at + 1].kind == "cell"
    return body[at].kind in {"item", "cell"}


def _is_total_row(sentence: Sentence, run: list[Sentence]) -> bool:
    if _TOTAL.search(sentence.folded) or any(_TOTAL.match(head) for head in sentence.heads):
        return True
    return any(
        one.kind in {"cell", "heading"} and _TOTAL.match(one.folded) and other is sentence
        for one, other in pairwise(run)
    )


def _marked_total(folded: str, found: list[_Amount]) -> _Amount | None:
    """The sum nearest after a word for the total, or before it at the end of the sentence."""
    word = _TOTAL.search(folded)
    if word is None or not found:
        return None
    after = [one for one in found if one.start >= word.end()]
    return after[0] if after else found[-1]


def _compared(sentence: Sentence, total: _Amount, parts: list[_Amount]) -> Iterator[Finding]:
    added = sum(one.pence for one in parts)
    if added != total.pence:
        yield Finding(
            "case_amounts",
            sentence.text,
            f"The parts come to {_pounds(added)}, and the total is said to be "
            f"{_pounds(total.pence)}.",
            "Put right the parts or the total.",
            stops=True,
            clause="7.3",
        )


def _asked_for(held: Held, sentence: Sentence) -> Iterator[Finding]:
    """A sum the resident is said to have asked for, and the record has another."""
    known = {
        one.pence
        for text in (*held.record.outcomes, *(point.text for point in held.record.points))
        for one in amounts(text)
    }
    said = {one.pence for one in amounts(sentence.folded)}
    if known and said and _WANTED.search(sentence.folded) and not known & said:
        yield Finding(
            "case_amounts",
            sentence.text,
            "The record names another sum that the resident asked for.",
            "See which of the two is right.",
            clause="5.6",
        )


def number_in_words(words: str) -> int | None:
    """`one hundred and fifty` as 150; None where the words are no number."""
    total = part = 0
    told = re.findall(r"[a-z]+", words)
    for word in told:
        if word in _VALUES:
            part += _VALUES[word]
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word == "thousand":
            total, part = total + max(part, 1) * 1000, 0
        elif word != "and":
            return None
    return total + part if told else None


def _pounds(pence: int) -> str:
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}.{rest:02d}" if rest else f"£{whole:,}"
