"""A Word template filled with facts, in a sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from correspondence.letters.facts import LetterFacts


def fill(docx: bytes, facts: LetterFacts) -> bytes:
    """The template with its fields filled. Raises TemplateRefused, naming the field and place."""
    raise NotImplementedError
