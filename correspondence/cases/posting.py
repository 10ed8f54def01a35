"""What happens to a letter that somebody else prints and posts."""

from __future__ import annotations

from typing import Literal

from correspondence.cases.event import Event


class LetterPosting(Event):
    """The approved letter is about to be given away to be printed, which happens once.

    Recorded before anything is said to anybody, so that a letter can be on its way unrecorded at no
    moment. `way` is who prints it (notify, print_house), `posted_as` our name for it there, which
    names nobody, and `print_sha256` what they are given.
    """

    kind: Literal["letter_posting"] = "letter_posting"
    letter: str
    digest: str
    way: str
    posted_as: str
    print_sha256: str


class LetterPrinted(Event):
    """What was printed was fetched back from whoever printed it, and is kept."""

    kind: Literal["letter_printed"] = "letter_printed"
    letter: str
    printed_sha256: str
