"""stub"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Split:
    """A message's text, divided."""

    new_text: str
    quoted_text: str = ""
    signature: str = ""
    forwarded_text: str = ""


def split(text: str, subject: str = "") -> Split:
    return Split(new_text=text)
