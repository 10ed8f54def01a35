"""The text inside attachments."""

from __future__ import annotations


def is_message(name: str, content_type: str, content: bytes) -> bool:
    """Whether a file is itself a mail message, to be opened as one."""
    return name.lower().endswith((".eml", ".msg"))


def read_text(name: str, content_type: str, content: bytes, charset: str = "") -> tuple[str, str]:
    """The text of a file, and why there is none where some was to be expected."""
    from correspondence.intake.decoding import text_from

    if content_type.startswith("text/"):
        return text_from(content, charset)[0], ""
    return "", ""
