"""The finished letter: LetterText on the landlord's letterhead, as a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from correspondence.letters.facts import LetterFacts
    from correspondence.letters.text import LetterText


@dataclass(frozen=True, slots=True)
class Letterhead:
    """How the landlord's letters look: a Jinja2 page, its style sheet, logos and fonts.

    The page and the style sheet reach `assets` as ``asset:NAME``, and nothing else at all.
    """

    layout: str
    css: str
    assets: Mapping[str, bytes] = field(default_factory=dict)


def render(text: LetterText, facts: LetterFacts, letterhead: Letterhead) -> bytes:
    """The letter as PDF: the same words and facts give the same bytes.

    Raises DocumentRefused where the letter is too long or holds an unfinished link, and
    TemplateRefused where the letterhead cannot be used.
    """
    raise NotImplementedError
