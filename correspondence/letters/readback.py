"""What a finished PDF really says, read back from its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from correspondence.letters.text import LetterText


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The words and the structure of a PDF. `page_sizes` are width and height in millimetres."""

    text: str
    pages: int
    language: str
    title: str
    tagged: bool
    fonts_embedded: bool
    page_sizes: tuple[tuple[int, int], ...]


def read_back(pdf: bytes) -> ReadBack:
    """Read a PDF. Raises DocumentRefused where it cannot be read."""
    raise NotImplementedError


def differences(text: LetterText, readback: ReadBack) -> tuple[str, ...]:
    """What the letter says and the PDF does not, in order, each as a sentence; empty when whole."""
    raise NotImplementedError
