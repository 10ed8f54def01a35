"""Lengths of time named in words or figures, counted in working days."""

import re
from types import MappingProxyType
from typing import Final

_WORDS: Final = MappingProxyType(
    {
        "one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
        "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
        "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
        "nineteen": 19, "twenty": 20, "thirty": 30,
    }
)  # fmt: skip
_LENGTH: Final = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(_WORDS)})(?: \(\d{{1,2}}\))? "
    r"(?:(?:more|further|additional|extra|full|clear) ){0,2}"
    r"(working days?|days?|weeks?|fortnights?)\b"
)
_IN_WORKING_DAYS: Final = MappingProxyType({"week": 5, "fortnight": 10})


def days_named(folded: str) -> list[int]:
    """Every length of time in folded text, in working days; calendar days are taken as such."""
    found = []
    for length in _LENGTH.finditer(folded):
        number = int(length[1]) if length[1].isdigit() else _WORDS[length[1]]
        unit = length[2].removesuffix("s")
        found.append(number * _IN_WORKING_DAYS.get(unit, 1))
    return found
