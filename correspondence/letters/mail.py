"""The e-mail a letter goes out with, ready to be opened and sent by anybody's mail program."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from correspondence.letters.facts import LetterFacts


def ready_mail(
    *,
    facts: LetterFacts,
    subject: str,
    email_text: str,
    pdf: bytes,
    pdf_name: str,
    message_id: str,
    from_: str,
    to: str | None,
    in_reply_to: str = "",
    references: Sequence[str] = (),
    date: datetime,
    acknowledgement: bool = False,
) -> bytes:
    """The message as bytes (.eml): text, the PDF attached, our own Message-ID; the same every time.

    `from_` and `to` are addresses, with or without a name ('Housing <homes@example.org>'); `to` is
    None where the recipient's address may not be written to: an officer then has to decide.
    `acknowledgement` marks it as an automatic reply (RFC 3834). Raises ValueError for a value that
    no header can hold.
    """
    raise NotImplementedError
