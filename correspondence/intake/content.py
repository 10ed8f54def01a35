"""Whether two copies of a message say the same, whatever way they came."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.intake.message import Message


def content_digest(message: Message) -> str:
    """SHA-256, in hexadecimal, of what a message says: From, Date, Subject, body, attachments.

    Headers that servers add on the way do not count, nor does white space, which gateways change.
    The messages inside count by their own content. Of a message that is `unreadable` not all is
    known, so that equal digests prove nothing there: compare its bytes.
    """
    digest = hashlib.sha256()
    for field in _fields(message):
        encoded = field.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big"))
        digest.update(encoded)
    return digest.hexdigest()


def _fields(message: Message) -> Iterator[str]:
    yield message.sender.address
    yield message.sent_at.isoformat() if message.sent_at else ""
    yield " ".join(message.subject.split())
    yield " ".join(message.text.split())
    yield message.unreadable
    yield from sorted(f"attachment {attachment.sha256}" for attachment in message.attachments)
    yield from (f"message {content_digest(inner)}" for inner in message.forwarded)
