"""Any file that may hold a letter."""

from __future__ import annotations

from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from correspondence.errors import FileUnusable
from correspondence.letters.opening.html import open_html
from correspondence.letters.opening.message import open_message
from correspondence.letters.opening.opened import OpenedLetter
from correspondence.letters.opening.pdf import open_pdf
from correspondence.letters.opening.plain_text import from_plain
from correspondence.letters.opening.word_file import open_word

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST_TEXT: Final = 2_000_000
"""Bytes of the largest plain text that is read."""


def open_letter(name: str, raw: bytes) -> OpenedLetter:
    """The letter in a file named `name`: .docx, .pdf, .html, .txt or .eml.

    Raises FileUnusable with a sentence that says what is wrong and what to do; it raises nothing
    else, whatever the bytes are.
    """
    ending = PurePath(name).suffix.lower()
    opener = _OPENERS.get(ending)
    if opener is None:
        way_out = _WAYS_OUT.get(ending, "")
        raise FileUnusable(
            f"{name} is not a letter that can be opened: its ending is “{ending or 'none'}”. "
            f"{way_out}Give one of {', '.join(_OPENERS)}."
        )
    if not raw.strip():
        raise FileUnusable(f"{name} is empty.")
    try:
        return opener(raw)
    except FileUnusable as error:
        raise FileUnusable(f"{name} cannot be checked. {error}") from None


_PICTURE: Final = (
    "A picture holds no text to check: send the letter as text, or have the picture read by a "
    "program for that first. "
)
_MACROS: Final = "Files that can carry macros are not opened: save it as “Word Document (.docx)”. "
_OTHER_WRITERS: Final = "Save it as “Word Document (.docx)”. "
_WAYS_OUT: Final[MappingProxyType[str, str]] = MappingProxyType(
    {
        **dict.fromkeys((".docm", ".dotm"), _MACROS),
        **dict.fromkeys((".doc", ".dot", ".dotx", ".rtf", ".odt", ".pages"), _OTHER_WRITERS),
        **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".heic", ".gif"), _PICTURE),
    }
)
"""What to do with the files people send that are not opened, by their ending."""


def _open_text(raw: bytes) -> OpenedLetter:
    if len(raw) > LARGEST_TEXT:
        raise FileUnusable(
            f"It has {len(raw) // 1000} kB; a letter in plain text has "
            f"{LARGEST_TEXT // 1000} kB at most."
        )
    if b"\0" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileUnusable("It is not plain text.")
    letter = from_plain(_decoded(raw))
    if not letter.plain().strip():
        raise FileUnusable("It holds no words.")
    return OpenedLetter(letter)


def _decoded(raw: bytes) -> str:
    encodings = ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig",)
    for encoding in (*encodings, "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


_OPENERS: Final[MappingProxyType[str, Callable[[bytes], OpenedLetter]]] = MappingProxyType(
    {
        ".docx": open_word,
        ".pdf": open_pdf,
        ".html": open_html,
        ".htm": open_html,
        ".txt": _open_text,
        ".md": _open_text,
        ".eml": open_message,
    }
)
