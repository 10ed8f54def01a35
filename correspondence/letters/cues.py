"""Cues: the small language in which a checklist says which words to look for.

A cue is written as people would say it, and matched without regard to case, punctuation or the
kind of apostrophe:

    your complaint         these words, one after the other
    receiv*                any word that begins so
    (want|wish|hope)       one of these
    [formally] accept      a word that may stand there
    we ... sorry           up to eight words between; ``... ...`` is up to sixteen
    <ombudsman>            a family of words, defined below

An apostrophe is a space, and what is commonly shortened is found shortened as well: ``you would
like`` also finds "you'd like".
Every gap is bounded, so that a cue takes time in proportion to the text, whatever the text holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from correspondence.letters.cue_words import CONTRACTED, Step, needed_words, words_of

_SEPARATOR: Final = r"[^\w]{1,4}"
_GAP: Final = r"(?:[^\w]{{1,4}}\w+){{0,{words}}}?[^\w]{{1,4}}"
_WORDS_IN_GAP: Final = 8

_MONTH: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_WEEKDAY: Final = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_NUMBER_WORDS: Final = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty"
    "|thirty|twenty-eight"
)

FAMILIES: Final = MappingProxyType(
    {
        # Dates as letters print them, without or with the year.
        "date": rf"(?:(?:{_WEEKDAY})[^\w]{{1,3}})?(?:the[^\w])?"
        rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?:[^\w]{{1,2}}of)?[^\w]{{1,2}}(?:{_MONTH})\b"
        rf"|(?:{_MONTH})[^\w]{{1,2}}\d{{1,2}}(?:st|nd|rd|th)?\b"
        r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d\d-\d\d)",
        "weekday": f"(?:{_WEEKDAY})s?",
        "month": f"(?:{_MONTH})",
        "number": rf"(?:\d{{1,3}}|{_NUMBER_WORDS})",
        "money": r"£\s?\d[\d,]*(?:\.\d\d)?",
        "phone": r"(?:\+44|0)(?:[ ()-]{0,2}\d){8,11}",
        # Who speaks: the landlord under any of its names.
        "we": r"(?:we|i|us|it|the[^\w]+(?:council|trust|trustees|association|society|charity|group"
        r"|company|landlord|co-?operative|co-?op|board|authority|borough|district|panel|committee"
        r"|manager|director|team|service))",
        "our": r"(?:our|my|its|the[^\w]+(?:council|trust|association|society|charity|group|company"
        r"|landlord|co-?operative|co-?op)(?:'s|s')?)",
        # A verb denied, in full or contracted.
        "not": r"(?:not|never|no|cannot|\w+n't|neither|nor)",
        "nt": r"\w{1,8}n't",
        "do_not": r"(?:(?:do|does|did|can|could|will|would|should|shall|is|are|was|were|has|have"
        r"|had)[^\w]+not|cannot|(?:do|does|did|can|could|wo|would|should|is|are|was|were|has|have"
        r"|had)n't)",
        "complaint": r"(?:complaints?|concerns?|case|matters?|grievance)",
        "say": r"(?:say|says|said|saying|tell|told|telling|complain|complained|complains"
        r"|complaining|explain|explained|report|reported|describe|described|state|stated|feel|felt"
        r"|believe|believed|mention|mentioned|allege|alleged|consider|maintain|maintained|argue"
        r"|argued|contend|contended|submit|point|pointed|write|wrote|written|raise|raised|claim"
        r"|claimed|dispute|disputed|query|queried|object|objected|add|added|express|expressed)",
        "ombudsman": r"(?:housing[^\w]+)?ombudsman",
        "stage1": r"(?:(?:stage|step|level|tier|phase|part)[^\w]{0,2}(?:1|one|i)\b"
        r"|(?:first|1st|initial)[^\w]+(?:\w+[^\w]+)?(?:stage|step|tier|level)\b"
        r"|first[^\w]+of[^\w]+(?:\w+[^\w]+){0,2}two\b)",
        "stage2": r"(?:(?:stage|step|level|tier|phase|part)[^\w]{0,2}(?:2|two|ii)\b"
        r"|(?:second|2nd|final|last|second[^\w]+and[^\w]+(?:final|last))[^\w]+(?:\w+[^\w]+)?"
        r"(?:stage|step|tier|level)\b|second[^\w]+of[^\w]+(?:\w+[^\w]+){0,2}two\b"
        r"|(?:stage|step)[^\w]+(?:two|2)[^\w]+of[^\w]+(?:two|2))",
    }
)


@lru_cache(maxsize=4096)
def cue(pattern: str) -> re.Pattern[str]:
    """The cue as a regular expression over text that `anatomy.folded` has folded.

    Raises ValueError as `expression` does.
    """
    return re.compile(expression(pattern))


@lru_cache(maxsize=4096)
def expression(pattern: str) -> str:
    """The cue as a regular expression that nobody has needed yet.

    Raises ValueError naming the cue where a family is unknown or a bracket is left open.
    """
    try:
        return _translated(pattern)
    except KeyError as error:
        raise ValueError(f"The cue '{pattern}' cannot be read: {error}.") from None


@lru_cache(maxsize=8192)
def occurs(patterns: tuple[str, ...], text: str) -> bool:
    """Whether any of the cues occurs in the folded `text`.

    Kept for as long as a letter's words, and then those of its PDF, are asked about.
    """
    anyhow, words, by_word = _sought(patterns)
    for pattern in anyhow:
        if cue(pattern).search(text):
            return True
    for word in words & words_of(text):
        for pattern in by_word[word]:
            if cue(pattern).search(text):
                return True
    return False


def may_occur(patterns: tuple[str, ...], words: frozenset[str]) -> bool:
    """Whether any of the cues could occur in some text that has no other words (`words_of`)."""
    anyhow, needed, _ = _sought(patterns)
    return bool(anyhow) or not needed.isdisjoint(words)


@lru_cache(maxsize=2048)
def _sought(
    patterns: tuple[str, ...],
) -> tuple[tuple[str, ...], frozenset[str], dict[str, list[str]]]:
    """The cues to be tried on any text; the words others need one of; and those others by word."""
    anyhow: list[str] = []
    by_word: defaultdict[str, list[str]] = defaultdict(list)
    for pattern in patterns:
        try:
            needed = needed_words(_steps(pattern))
        except KeyError:
            needed = frozenset()  # it cannot be read, which whoever tries it is told
        for word in needed:
            by_word[word].append(pattern)
        if not needed:
            anyhow.append(pattern)
    return tuple(anyhow), frozenset(by_word), dict(by_word)


def _translated(pattern: str) -> str:
    closing: list[str] = []
    parts = [_piece(step, closing) for step in _steps(pattern)]
    if closing:
        raise KeyError("a bracket is left open")
    if not pattern.strip().startswith("^"):
        parts.insert(0, r"(?<!\w)")
    if not pattern.endswith(("*", "$", "?", "%")):
        parts.append(r"(?!\w)")
    return "".join(parts)


@lru_cache(maxsize=4096)
def _steps(pattern: str) -> tuple[Step, ...]:
    """The parts a cue is written in, in order. Raises KeyError where one has no meaning."""
    written = re.sub(r"\s+", " ", pattern.strip().lower())
    steps: list[Step] = []
    with_blank: list[bool] = []
    at = 0
    while at < len(written):
        found = _STEP.match(written, at)
        if found is None:
            raise KeyError(f"nothing is known that begins '{written[at : at + 12]}'")
        kind = found.lastgroup or ""
        steps.append(Step(kind if kind != "mark" else found[0], found[kind]))
        at = found.end()
        if kind == "open":
            with_blank.append(found[0].startswith(" "))
        elif kind == "close" and with_blank and not with_blank.pop():
            # The blank after a word that may be left out is left out with it.
            at += written[at : at + 1] == " "
    return tuple(steps)


_STEP: Final = re.compile(
    r"(?P<gap>(?: ?\.\.\.)+ ?)|<(?P<family>[a-z0-9_]+)>|(?P<open> ?\[)|(?P<close>\])"
    r"|(?P<word>[\w£%&/@+.-]+)|(?P<mark>[ '(|)*^$?])"
)
_MARKS: Final = MappingProxyType(
    {
        " ": _SEPARATOR,
        "'": _SEPARATOR,
        "(": "(?:",
        ")": ")",
        "|": "|",
        "*": r"\w*",
        "^": "^[^\\w£]{0,4}",
        "$": "[^\\w]{0,4}$",
        "?": r"\?",
    }
)


def _piece(step: Step, closing: list[str]) -> str:
    match step.kind:
        case "gap":
            return _GAP.format(words=_WORDS_IN_GAP * step.written.count("..."))
        case "family":
            return FAMILIES[step.written]
        case "word":
            word = re.escape(step.written)
            short = CONTRACTED.get(step.written)
            return f"(?:{word}|{short})" if short else word
        case "open":
            # The blank before a word that may be left out is left out with it.
            before = step.written.startswith(" ")
            closing.append("))?" if before else f"){_SEPARATOR})?")
            return f"(?:{_SEPARATOR}(?:" if before else "(?:(?:"
        case "close":
            if not closing or closing[-1] == ")":
                raise KeyError("a square bracket is closed that was not opened")
            return closing.pop()
        case "(":
            closing.append(")")
        case ")" if not closing or closing.pop() != ")":
            raise KeyError("a bracket is closed that was not opened")
    return _MARKS[step.kind]
