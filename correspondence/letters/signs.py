"""Signs that no font of this machine can draw: put into words, or refused, and never left as a box.

A box says nothing to anybody, and a PDF that draws one is neither PDF/UA nor PDF/A (ISO 14289-1
7.21.8, ISO 19005-3 6.2.11.8).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from correspondence.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterable

_PICTURES: Final = frozenset(("So", "Sk", "Sm", "Sc", "Co", "Cn"))
_UNSEEN: Final = "Cf"
"""Categories of Unicode: pictures, marks and signs of no known meaning; and what is not drawn."""

_ADDED: Final = re.compile("[\U0001f3fb-\U0001f3ff\ufe00-\ufe0f\u20e3]")
"""What only changes the picture before it: skin tones, variants, key caps."""

_UNUSUAL: Final = re.compile("[^\0-\u024f\u0300-\u06ff\u1e00-\u1eff\u2010-\u2027]")
"""What may be such a sign: neither of the scripts most written here, nor a quotation mark."""


class NoFontFor(Exception):
    """The renderer met characters that no font of this machine has; `characters` are they."""

    def __init__(self, characters: Iterable[str]) -> None:
        super().__init__()
        self.characters = frozenset(characters)


def spelled(text: str) -> str:
    """The text with every picture in words, so that both ways of printing it compare alike."""
    return text if text.isascii() else _UNUSUAL.sub(lambda found: _in_words(found[0]), text)


def worded(missing: NoFontFor) -> dict[int, str]:
    """What to print in place of each sign, for `str.translate`.

    Raises DocumentRefused where letters of a word are among them: a name or a sentence would be
    lost.
    """
    letters = sorted(sign for sign in missing.characters if _in_words(sign) == sign)
    if letters:
        script = unicodedata.name(letters[0], "an unknown script").split()[0].capitalize()
        raise DocumentRefused(
            f"This machine has no font for {len(letters)} of the letter's characters (script: "
            f"{script}, first U+{ord(letters[0]):04X}), and they would be printed as empty boxes. "
            "Install a font that has them, on Debian and Ubuntu: apt-get install fonts-noto-core."
        )
    return {ord(sign): _in_words(sign) for sign in missing.characters}


def _in_words(character: str) -> str:
    """A picture as a reader would say it, ``[house building]``; a letter as it is."""
    category = unicodedata.category(character)
    if category == _UNSEEN or _ADDED.match(character):
        return ""
    if category not in _PICTURES:
        return character
    return f"[{unicodedata.name(character, 'unknown sign').lower()}]"
