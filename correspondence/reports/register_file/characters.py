"""From the bytes of a register file to its text: the encodings that housing systems write."""

from __future__ import annotations

import codecs
import re
from typing import Final

from correspondence.errors import FileUnusable

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED_UTF16: Final = {0: "utf-16-be", 1: "utf-16-le"}
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def decoded(raw: bytes, name: str) -> tuple[str, str]:
    """The text and the name of its encoding: by its mark, else UTF-8, else Windows-1252.

    Raises FileUnusable where it is neither, or is no text at all.
    """
    encoding = _encoding(raw)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FileUnusable(
            f"{name} is not text in UTF-8, UTF-16 or Windows-1252 (line {line}). Save it as "
            "'CSV UTF-8' and try again."
        ) from None
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        raise FileUnusable(
            f"{name} holds a character on line {line} that no text has "
            f"(U+{ord(control[0]):04X}), so it is not a CSV file, or is damaged. Save it as "
            "'CSV UTF-8' and try again."
        )
    return text, encoding


def not_of_text(text: str) -> str:
    """The first character that no text has; empty where there is none."""
    found = _CONTROL.search(text)
    return found[0] if found else ""


def _encoding(raw: bytes) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding
    if len(raw) % 2 == 0 and len(raw) >= 2:
        for place, encoding in _UNMARKED_UTF16.items():
            # Every heading is ASCII, so every other byte of the first ones is empty.
            first = raw[:40]
            if not any(first[place::2]) and all(first[1 - place :: 2]):
                return encoding
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
