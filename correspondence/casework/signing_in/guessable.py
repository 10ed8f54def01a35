"""How much of a password is left once everything is taken away that is tried first. Pure.

Whoever guesses begins with lists of what people use: a few hundred words, the names in front of
them, years, rows of the keyboard, with the usual signs in the place of letters. What is made of
such pieces alone is found at once, however long it is (NIST SP 800-63B 5.1.1.2).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_LISTED: Final = """
password passwort passwords passphrase secret secrets changeme change default letmein welcome
login logon signin access admin administrator root user username guest test testing temp
temporary hello goodbye iloveyou lovely love master dragon monkey shadow sunshine princess
superman batman spiderman pokemon starwars football baseball basketball rugby cricket golf
hockey liverpool arsenal chelsea everton manchester united celtic rangers tottenham london
england scotland wales britain yorkshire birmingham michael charlie jordan thomas daniel jessica
ashley george harry oliver computer internet laptop windows google facebook microsoft office
outlook samsung apple android whatever trustno1 freedom mustang ferrari mercedes cheese flower
flowers butterfly chocolate cookie coffee summer winter spring autumn january february march
april may june july august september october november december monday tuesday wednesday thursday
friday saturday sunday christmas easter birthday family mother father brother sister correct
horse battery staple correcthorsebatterystaple company work manager officer team housing
landlord council tenant resident residents complaint complaints correspondence ombudsman repairs
customer service services support
"""

WORDS: Final = frozenset(_LISTED.split())
"""Whole words that stand at the front of every list of passwords, and those of this trade."""

_ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1234567890",
    "1q2w3e4r5t6y7u8i9o0p",
    "qazwsxedcrfvtgbyhnujmikolp",
)
_IN_PLACE: Final = str.maketrans("@$!|€0134578", "asiieoleastb")
_REPEATED: Final = re.compile(r"(.)\1{2,}")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_PART: Final = re.compile(r"[^\W\d_]{4,}")
_SHORTEST_RUN: Final = 4


def left_over(password: str, names: Iterable[str] = ()) -> str:
    """The signs of a password that are not a word, name, year or row that is tried first.

    `names` are those in front of whoever guesses: the user's, the landlord's.
    """
    known = WORDS | {part.lower() for name in names for part in _PART.findall(name)}
    plain = _REPEATED.sub("", _without_runs(_YEAR.sub("", password.lower())))
    return min((_without(said, known) for said in (plain, plain.translate(_IN_PLACE))), key=len)


def _without(said: str, known: frozenset[str]) -> str:
    for word in sorted(known, key=len, reverse=True):
        said = said.replace(word, " ")
    return "".join(sign for sign in said if sign.isalnum())


def _without_runs(said: str) -> str:
    rows = [*_ROWS, *(row[::-1] for row in _ROWS)]
    at, kept = 0, []
    while at < len(said):
        longest = max(_run_at(said, at, row) for row in rows)
        if longest >= _SHORTEST_RUN:
            at += longest
        else:
            kept.append(said[at])
            at += 1
    return "".join(kept)


def _run_at(said: str, at: int, row: str) -> int:
    start = row.find(said[at])
    if start < 0:
        return 0
    length = 0
    while said[at + length : at + length + 1] == row[start + length : start + length + 1] != "":
        length += 1
    return length
