"""An invented letter as a template and a letterhead would print it, for whoever works on them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from correspondence.casework.landlord import letterhead_name
from correspondence.letters.drafting import draft
from correspondence.letters.pdf import render
from correspondence.letters.specimens import fullest

if TYPE_CHECKING:
    from correspondence.letters.pdf import Letterhead
    from correspondence.letters.template import LetterTemplate
    from correspondence.settings import Settings


def preview(template: LetterTemplate, letterhead: Letterhead, settings: Settings) -> bytes:
    """The fullest letter of the template's kind as PDF, with the landlord's own name on it.

    Raises TemplateRefused, DocumentRefused where it cannot be printed.
    """
    facts = replace(fullest(template.kind), landlord=letterhead_name(settings))
    return render(draft(template, facts).text, facts, letterhead)
