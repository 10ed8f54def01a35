"""A body that Outlook kept only as compressed rich text, turned back into words or HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from correspondence.intake.mail.parts import Body


def words_of(body: Body, packed: bytes) -> tuple[str, str]:
    """Plain text and HTML out of the compressed rich text; one of them is empty."""
    from correspondence.intake.mail.compressed_rtf import unpacked
    from correspondence.intake.mail.rtf import rtf_words

    try:
        words, is_html = rtf_words(unpacked(packed))
    except ValueError:
        body.defect("The body is in a rich text that could not be unpacked.")
        return "", ""
    body.defect("The body was there only as rich text; its words were taken from that.")
    return ("", words) if is_html else (words, "")
