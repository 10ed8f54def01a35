"""The documents and pictures in a message, each read in the other process, within one time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from correspondence.intake.apart import limits
from correspondence.intake.apart.process import Lost, run_apart
from correspondence.intake.mail.attachments import (
    IN_TURN,
    LONGEST_TEXT,
    MOST_DOCUMENTS,
    MOST_PICTURES,
    PICTURE,
    SCANNED,
    is_picture,
)
from correspondence.intake.mail.decoding import clean

if TYPE_CHECKING:
    from correspondence.intake.apart.clock import Clock
    from correspondence.intake.message import Attachment, Message

_BEFORE_THE_END: Final = 0.4  # seconds in which the other process still answers of itself


class Reader:
    """Reads what a message left to be read in turn; what comes twice is read once."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._documents, self._pictures = MOST_DOCUMENTS, MOST_PICTURES
        self._known: dict[str, tuple[str, str, bool]] = {}

    def completed(self, message: Message) -> Message:
        """The message with the text of its documents, in the messages within it as well."""
        attachments = tuple(map(self._read, message.attachments))
        forwarded = tuple(map(self.completed, message.forwarded))
        if attachments == message.attachments and forwarded == message.forwarded:
            return message
        return replace(message, attachments=attachments, forwarded=forwarded)

    def _read(self, attachment: Attachment) -> Attachment:
        if attachment.unread_because != IN_TURN:
            return attachment
        found = self._known.get(attachment.sha256)
        if found is None:
            found = self._known[attachment.sha256] = self._opened(attachment)
        text, because, from_picture = found
        if len(text) > LONGEST_TEXT:
            text, because = text[:LONGEST_TEXT], f"only the first {LONGEST_TEXT:,} characters"
        return replace(attachment, text=text, unread_because=because, from_picture=from_picture)

    def _opened(self, attachment: Attachment) -> tuple[str, str, bool]:
        """The text, why there is none or not all, and whether a machine read it from a picture."""
        name, kind, content = attachment.name, attachment.content_type, attachment.content
        if is_picture(kind, content):
            return self._from_picture("picture", content)
        if self._documents <= 0:
            return "", f"more than {MOST_DOCUMENTS} documents came; this was not read", False
        self._documents -= 1
        seconds = min(limits.DOCUMENT_SECONDS, self._clock.left)
        text, because = self._errand("document", seconds, name, kind, content)
        if because == SCANNED and not text:
            return self._from_picture("scan", content)
        return clean(text), because, False

    def _from_picture(self, errand: str, content: bytes) -> tuple[str, str, bool]:
        if self._pictures <= 0:
            return "", f"{PICTURE} (more than {MOST_PICTURES} came)", False
        self._pictures -= 1
        seconds = self._clock.left
        text, because = self._errand(errand, seconds, content, seconds - _BEFORE_THE_END)
        return clean(text), because if text else (because or PICTURE), bool(text)

    def _errand(self, kind: str, seconds: float, *given: Any) -> tuple[str, str]:
        if seconds < limits.LEAST_SECONDS:
            return "", "there was no time left to read it"
        try:
            answer = run_apart(kind, seconds, *given)
        except Lost as lost:
            return "", f"the file could not be read: {lost}"
        if isinstance(answer, str):
            return "", f"the file could not be read: {answer}"
        text, because = answer
        return text, because
