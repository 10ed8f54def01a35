"""Whether messages are read with the weights that were learned, and pictures read at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.casework.doctor.finding import Finding, ok, warn
from correspondence.casework.learned import learned_weights
from correspondence.intake.apart.pictures import program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from correspondence.settings import Office


def weights(office: Office, _now: datetime) -> Iterator[Finding]:
    """The office's own weights, where it has any."""
    learned = learned_weights(office.data / "learned")
    if learned.problem:
        yield warn("reading", learned.problem, "Run `correspondence learn`.")
    elif learned.own:
        yield ok("reading", "Messages are read with what this office has learned.")
    else:
        yield ok("reading", "Messages are read with the shipped weights.")


def pictures(office: Office, _now: datetime) -> Iterator[Finding]:
    """Whether letters that were photographed or scanned can be read."""
    del office
    if program() is None:
        yield warn(
            "reading pictures",
            "The program that reads words in pictures (tesseract) is not installed, so a letter "
            "that comes as a photograph or scan is left to a person, unread.",
            "Install it; on Debian and Ubuntu: apt-get install tesseract-ocr",
        )
    else:
        yield ok("reading pictures", "Letters in pictures and scans are read.")
