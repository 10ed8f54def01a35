"""A postal address as Royal Mail reads it: three to seven lines, the postcode last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.letters.post.places import COUNTRIES, POSTCODE_AREAS, UNITED_KINGDOM
from correspondence.letters.text import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FEWEST_LINES: Final = 3
MOST_LINES: Final = 7
"""Lines of one address, the name of the resident among them."""

NOT_FIRST: Final = '@()=[]"\\/,<>~'
"""Characters that no line may begin with: sorting machines and print houses refuse them."""

_POSTCODE: Final = re.compile(
    r"(?P<area>[A-Z]{1,2})(?P<district>[0-9][0-9A-Z]?) ?(?P<unit>[0-9][ABD-HJLNP-UW-Z]{2})"
)
_AT_THE_END: Final = re.compile(
    r"(?i)^(?P<before>.*\w.*?)[ ,]+(?P<code>[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$"
)
_FORCES: Final = re.compile(r"(?i)BFPO ?(?:c/o )?[0-9]{1,4}")
_NO_HOME: Final = re.compile(r"(?i)\bn\.?f\.?a\b\.?|\bno fixed (?:abode|address)\b|\bhomeless\b")


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """The lines of an address, the name first. Make one with `of`, which puts it in order."""

    lines: tuple[str, ...]

    @classmethod
    def of(cls, lines: Iterable[str]) -> PostalAddress:
        """The address with single spaces, no empty lines, and its postcode last and well set.

        A postcode behind the town gets its own line; the home countries, which no British address
        ends with, are left out where a postcode stands before them.
        """
        tidied = (" ".join(cleaned(line).split()).strip(" ,") for line in lines)
        kept = [line for line in tidied if line]
        if len(kept) > 1 and kept[-1].casefold() in UNITED_KINGDOM and _ends_in_code(kept[-2]):
            kept.pop()
        if kept and (found := _AT_THE_END.fullmatch(kept[-1])) and postcode(found["code"]):
            kept[-1:] = [found["before"].strip(" ,"), found["code"]]
        if kept:
            kept[-1] = postcode(kept[-1]) or kept[-1]
        return cls(tuple(kept))

    @property
    def postcode(self) -> str:
        """The postcode, as in ``YO99 9ZZ``; empty for addresses abroad and of the forces."""
        return postcode(self.lines[-1]) if self.lines else ""

    @property
    def abroad(self) -> bool:
        """Whether the address ends with a country other than the United Kingdom."""
        return bool(self.lines) and self.lines[-1].casefold() in COUNTRIES

    def faults(self) -> tuple[str, ...]:
        """Why no letter can be posted to it, each reason as a sentence; empty where it can.

        A sentence names the line by its number and does not quote it.
        """
        return tuple(self._faults())

    def _faults(self) -> Iterator[str]:
        if not self.lines:
            yield "There is no address. Add one, or send the letter by e-mail."
            return
        if any(map(_NO_HOME.search, self.lines)):
            yield (
                "The address says that the resident has no fixed abode, and no letter can be "
                "posted there. Ask where letters reach them, or give the letter by hand."
            )
            return
        if len(self.lines) < FEWEST_LINES:
            yield (
                f"The address has {len(self.lines)} lines and needs {FEWEST_LINES} at least: name, "
                "street, postcode. Add what is missing."
            )
        if len(self.lines) > MOST_LINES:
            yield (
                f"The address has {len(self.lines)} lines and may have {MOST_LINES} at most. Put "
                "two short ones on one line."
            )
        for number, line in enumerate(self.lines, 1):
            if line[0] in NOT_FIRST:
                yield (
                    f"Line {number} of the address begins with {line[0]}, which print houses "
                    "refuse. Take it out."
                )
            elif number <= 2 and not any(map(str.isalnum, line)):
                yield f"Line {number} of the address has neither letter nor number. Correct it."
        yield from self._last_line()

    def _last_line(self) -> Iterator[str]:
        forces = any(map(_FORCES.fullmatch, self.lines))
        if forces and self.abroad:
            yield "A BFPO address has no country. Take its last line out."
        if not (self.postcode or self.abroad or forces):
            yield (
                "The last line of the address is neither a postcode that can be real nor a "
                "country. Look the postcode up, or write the country in English."
            )


def postcode(text: str) -> str:
    """The text as a postcode of the United Kingdom and the islands, or empty where it is none.

    Real as far as rules tell: one of Royal Mail's areas, and letters that are in use.
    """
    found = _POSTCODE.fullmatch(" ".join(text.upper().split()))
    if not found or found["area"] not in POSTCODE_AREAS:
        return ""
    return f"{found['area']}{found['district']} {found['unit']}"


def _ends_in_code(line: str) -> bool:
    found = _AT_THE_END.fullmatch(line)
    return bool(postcode(line) or (found and postcode(found["code"])))
