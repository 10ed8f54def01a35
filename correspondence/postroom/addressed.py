"""Whether a letter can be given to a service that goes by the letter's own header."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.message import EmailMessage


def addressing_fault(mail: EmailMessage, message_id: str, to: Sequence[str]) -> str:
    """Why this letter cannot go this way; empty where it can."""
    if not (message_id.startswith("<") and message_id.endswith(">")):
        return "The letter has no Message-ID, by which alone it could be found again."
    try:
        headers = [mail[name] for name in ("To", "Cc", "Bcc")]
        named = [one.addr_spec for header in headers if header for one in header.addresses]
    except (ValueError, IndexError, AttributeError):
        named = []
    if sorted(one.casefold() for one in named) != sorted(one.casefold() for one in to):
        return "The letter's own header does not name whom it is to go to, and nobody else."
    return ""
