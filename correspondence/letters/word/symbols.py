"""Signs that Word keeps by the place in a symbol font, as the plain characters they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from correspondence.letters.word.package import W

if TYPE_CHECKING:
    from correspondence.letters.word.package import Element

_SIGNS: Final = {
    ("wingdings", 0xA8): "☐",
    ("wingdings", 0x6F): "☐",
    ("wingdings", 0xFE): "☑",
    ("wingdings", 0xFD): "☒",
    ("wingdings", 0xFC): "✓",
    ("wingdings", 0xFB): "✗",
    ("wingdings", 0xE0): "→",
    ("wingdings", 0xA7): "•",
    ("wingdings", 0x28): "☎",
    ("symbol", 0xB7): "•",
    ("symbol", 0xAE): "→",
    ("symbol", 0xB0): "°",
    ("symbol", 0xB1): "±",
    ("symbol", 0xB4): "×",
    ("symbol", 0xA3): "≤",
    ("symbol", 0xB3): "≥",
}


def symbol(element: Element) -> str:
    """The character a `w:sym` element shows; empty where it is not known."""
    try:
        place = int(element.get(W + "char", ""), 16)
    except ValueError:
        return ""
    if 0xF000 <= place <= 0xF0FF:
        return _SIGNS.get((element.get(W + "font", "").lower(), place - 0xF000), "")
    return chr(place) if 0x20 <= place < 0xD800 else ""
