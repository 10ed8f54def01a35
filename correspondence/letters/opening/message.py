"""A letter that came as an e-mail: in its body, or attached to it."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from typing import TYPE_CHECKING, Final

from correspondence.errors import FileUnusable
from correspondence.letters.opening.html import open_html
from correspondence.letters.opening.opened import OpenedLetter
from correspondence.letters.opening.pdf import open_pdf
from correspondence.letters.opening.plain_text import from_plain
from correspondence.letters.opening.word_file import open_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import Message

_LETTERS: Final = {
    "application/pdf": open_pdf,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": open_word,
}
_BY_NAME: Final = {".pdf": open_pdf, ".docx": open_word}
_LONG_ENOUGH: Final = 600
"""Characters from which a body is itself the letter, whatever is attached."""
_MOST_PARTS: Final = 200


def open_message(raw: bytes) -> OpenedLetter:
    """The letter in an e-mail: a long body is the letter, else the first letter attached to it.

    Raises FileUnusable where the message cannot be read or holds no words.
    """
    try:
        parts = list(_parts(email.message_from_bytes(raw, policy=email.policy.default)))
    except Exception as error:  # the standard parser raises many kinds on broken mail  # noqa: BLE001
        raise FileUnusable(
            f"The file cannot be read as an e-mail ({type(error).__name__}). Save it again as .eml."
        ) from None
    body = _body(parts)
    if body is not None and len(body.text.plain()) >= _LONG_ENOUGH:
        return body
    faults = []
    for part in parts:
        opener = _opener(part)
        if opener is None:
            continue
        try:
            return opener(_content(part))
        except FileUnusable as error:
            faults.append(str(error))
    if body is not None and body.text.plain().strip():
        return body
    raise FileUnusable(" ".join(["The message holds no letter.", *faults[:1]]))


def _parts(message: Message) -> Iterator[EmailMessage]:
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            return
        if isinstance(part, EmailMessage) and not part.is_multipart():
            yield part


def _body(parts: list[EmailMessage]) -> OpenedLetter | None:
    """The plain body, or the HTML one where there is no plain one."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if _kind(part) != kind or _is_attached(part):
                continue
            if kind == "text/html":
                try:
                    return open_html(_content(part))
                except FileUnusable:
                    continue
            text = _decoded(part)
            if text.strip():
                return OpenedLetter(from_plain(text))
    return None


def _opener(part: EmailMessage) -> Callable[[bytes], OpenedLetter] | None:
    name = _filename(part).lower()
    for ending, opener in _BY_NAME.items():
        if name.endswith(ending):
            return opener
    return _LETTERS.get(_kind(part))


def _kind(part: EmailMessage) -> str:
    try:
        return part.get_content_type()
    except Exception:  # a header so broken that even its kind cannot be told  # noqa: BLE001
        return ""


def _filename(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except Exception:  # as above  # noqa: BLE001
        return ""


def _is_attached(part: EmailMessage) -> bool:
    try:
        return part.get_content_disposition() == "attachment"
    except Exception:  # as above  # noqa: BLE001
        return False


def _content(part: EmailMessage) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except Exception:  # as above  # noqa: BLE001
        return b""
    return content if isinstance(content, bytes) else b""


def _decoded(part: EmailMessage) -> str:
    raw = _content(part)
    try:
        return raw.decode(part.get_content_charset() or "utf-8", errors="replace")
    except Exception:  # an unknown or impossible charset  # noqa: BLE001
        return raw.decode("utf-8", errors="replace")
