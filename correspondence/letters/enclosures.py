"""What goes with a letter: PDF files that can be opened, each under a name, and not too large.

By e-mail they stay files of their own, for joined files lose what makes them accessible; by post
they become one file with the letter (`post.print_copy`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.errors import DocumentRefused
from correspondence.letters.pdf_file import opened

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ENCLOSURES: Final = 20
LARGEST_TOGETHER: Final = 15_000_000
"""Files, and bytes of all of them and the letter, that one e-mail carries to most mailboxes."""

_NOT_IN_A_NAME: Final = re.compile(r"[^\w ()._-]+")


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One file that goes with a letter; `name` is what the resident sees, without a folder."""

    name: str
    pdf: bytes

    @property
    def file_name(self) -> str:
        """The name as every disk and mail program takes it; it ends in .pdf."""
        return file_name(self.name)


def checked(letter: bytes, enclosures: Sequence[Enclosure]) -> tuple[Enclosure, ...]:
    """The enclosures, where each can be opened and all can go with the letter by e-mail.

    Two of one name get numbers. Raises DocumentRefused with the number of the enclosure, and the
    way out.
    """
    refuse_unreadable(enclosures)
    together = len(letter) + sum(len(enclosure.pdf) for enclosure in enclosures)
    if together > LARGEST_TOGETHER:
        raise DocumentRefused(
            f"The letter and its enclosures have {together / 1e6:.1f} MB together, and an e-mail "
            f"carries {LARGEST_TOGETHER / 1e6:g}. Make pictures smaller, or send some by post."
        )
    names: set[str] = set()
    kept = []
    for enclosure in enclosures:
        stem, number = enclosure.file_name[:-4], 1
        while (name := f"{stem}.pdf" if number == 1 else f"{stem} ({number}).pdf") in names:
            number += 1
        names.add(name)
        kept.append(Enclosure(name, enclosure.pdf))
    return tuple(kept)


def refuse_unreadable(enclosures: Sequence[Enclosure]) -> None:
    """Raise DocumentRefused where there are too many, or one is protected, broken or no PDF."""
    if len(enclosures) > MOST_ENCLOSURES:
        raise DocumentRefused(
            f"There are {len(enclosures)} enclosures, and {MOST_ENCLOSURES} at most go with one "
            "letter. Join some of them into one PDF."
        )
    for number, enclosure in enumerate(enclosures, 1):
        try:
            with opened(enclosure.pdf) as document:
                sizes = [page.get_size() for page in document]
        except DocumentRefused as refused:
            raise DocumentRefused(f"Enclosure {number} cannot be used. {refused}") from refused
        if not sizes:
            raise DocumentRefused(f"Enclosure {number} has no page. Save it again as PDF.")


def file_name(name: str) -> str:
    """A file name without folders or signs that some disk refuses; it ends in .pdf."""
    plain = _NOT_IN_A_NAME.sub("-", name).strip(" .-") or "enclosure"
    stem = plain[:-4] if plain.lower().endswith(".pdf") else plain
    return f"{stem[:100].rstrip(' .-')}.pdf"
