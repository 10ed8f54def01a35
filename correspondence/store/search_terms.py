"""Words as searching compares them, what is asked for in them, and where they stand. Pure.

A term is a run of letters and digits without accents, capitals or a plural's s. Words that are kept
and words that are asked for go through the same function, so that both databases find the same, and
nothing that is typed can mean anything to a database but words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_TEXT: Final = 60_000
"""Characters of one text that are searched; PostgreSQL keeps a megabyte of terms for one text."""

_LONGEST_TERM: Final = 60
_MOST_ASKED: Final = 10
_WORD: Final = re.compile(r"[^\W_]+")
_ASKED: Final = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms that stand one after the other; with `begins` the last may go on."""

    terms: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text: what stands before the words found, they themselves, what follows."""

    before: str
    found: str
    after: str


def folded(text: str) -> str:
    """Text without accents and capitals."""
    small = text.casefold()
    if small.isascii():
        return small
    apart = unicodedata.normalize("NFKD", small)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def terms(text: str) -> list[str]:
    """The terms of a text, in their order."""
    return [_term(word) for word in _WORD.findall(folded(text[:LONGEST_TEXT])[:LONGEST_TEXT])]


def asked_for(words: str) -> tuple[Phrase, ...]:
    """What is asked for: words in quotation marks together, ``gutt*`` as a beginning."""
    phrases = []
    for quoted, word in _ASKED.findall(words[:1_000]):
        begins = word.endswith("*")
        found = [one[:_LONGEST_TERM] for one in _WORD.findall(folded(quoted or word))]
        if found and begins:  # a beginning is no whole word, so nothing is taken from its end
            phrases.append(Phrase((*map(_term, found[:-1]), found[-1]), begins=True))
        elif found:
            phrases.append(Phrase(tuple(map(_term, found))))
    return tuple(phrases[:_MOST_ASKED])


def passage(text: str, asked: Iterable[Phrase], around: int = 90) -> Passage | None:
    """The first place of a text where something asked for stands; None where nothing does.

    `around` characters, to the nearest word, are given before and after it.
    """
    whole = {term for one in asked for term in (one.terms[:-1] if one.begins else one.terms)}
    begun = tuple(one.terms[-1] for one in asked if one.begins)
    for start, end in _words_of(text):
        word = text[start:end]
        if any(
            _term(one) in whole or (begun and one.startswith(begun))
            for one in _WORD.findall(folded(word))
        ):
            return Passage(_from_a_word(text, start, around), word, _to_a_word(text, end, around))
    return None


def _words_of(text: str) -> Iterator[tuple[int, int]]:
    for found in _WORD.finditer(text[:LONGEST_TEXT]):
        yield found.span()


def _from_a_word(text: str, start: int, around: int) -> str:
    first = max(0, start - around)
    before = text[first:start]
    if first and " " in before:
        before = "…" + before.partition(" ")[2]
    return " ".join(before.split()) + (" " if before[-1:].isspace() else "")


def _to_a_word(text: str, end: int, around: int) -> str:
    after = text[end : end + around]
    if len(text) > end + around and " " in after:
        after = after.rpartition(" ")[0] + "…"
    return (" " if after[:1].isspace() else "") + " ".join(after.split())


def _term(word: str) -> str:
    """One word as it is compared; singular and plural are one."""
    plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
    return (word[:-1] if plural else word)[:_LONGEST_TERM]
