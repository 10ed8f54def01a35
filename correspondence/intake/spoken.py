"""Danger in words that came by telephone or at a desk, as a colleague took them down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from correspondence.intake.corrections import Correction
from correspondence.intake.hazards import kinds_told
from correspondence.intake.message import Message
from correspondence.intake.understanding import understand

if TYPE_CHECKING:
    from correspondence.intake.landlord_signs import LandlordSigns
    from correspondence.intake.reading import Flag


@dataclass(frozen=True, slots=True)
class ToldOf:
    """What must not be overlooked in the words, and the kinds of hazard they tell of."""

    flags: tuple[Flag, ...]
    hazards: tuple[str, ...]


def in_danger(landlord: LandlordSigns, subject: str, *words: str) -> ToldOf:
    """Read the words as those of a complaint, which is what they were taken down as."""
    text = "\n\n".join(filter(None, words))
    message = replace(Message(), subject=subject, text=text, new_text=text)
    reading = understand(message, landlord, correction=Correction(kind="complaint"))
    return ToldOf(reading.flags, kinds_told(reading.because))
