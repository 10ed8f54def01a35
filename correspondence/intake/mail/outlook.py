"""Outlook's own message files (.msg): an OLE compound file of properties (MS-OXMSG).

python-oxmsg reads the properties. The compound file is checked first, since a file that was cut
short is read without complaint, and one made with malice can name the same bytes a thousand times.
"""

from __future__ import annotations

import io
import re
from contextlib import suppress
from datetime import UTC
from email.feedparser import BytesFeedParser
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from correspondence.intake.mail.decoding import one_line, text_from
from correspondence.intake.mail.enclosed import opened
from correspondence.intake.mail.limits import HEADER_BLOCK_BYTES, MESSAGE_BYTES
from correspondence.intake.mail.parts import ENCRYPTED, Body, attach
from correspondence.intake.mail.rich_text import words_of
from correspondence.intake.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from email.message import Message as StandardMessage

    Assemble = Callable[[StandardMessage, Body], Message]

_PROPERTIES: Final = "__properties_version1.0"
_EMBEDDED: Final = "__substg1.0_3701000D"
_TOP_HEADER, _EMBEDDED_HEADER = 32, 24  # bytes before the first property
_FREE_SECTOR: Final = 0xFFFFFFFF
_MOST_ATTACHMENTS: Final = 500
_MOST_RECIPIENTS: Final = 2_000

# Property numbers (MS-OXPROPS) that the library has no name for.
_SENT_REPRESENTING_SMTP: Final = 0x5D02
_ATTACH_CONTENT_ID: Final = 0x3712
_RECIPIENT_KINDS: Final = {1: "To", 2: "Cc"}

T = TypeVar("T")


class NotMail(ValueError):
    """The compound file holds something other than a message: an old Office document, say."""


class Damaged(ValueError):
    """The compound file is cut short or contradicts itself."""


_DAMAGED: Final = (
    OSError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
)
"""What a reader of compound files may raise on a damaged one."""


def read(content: bytes, body: Body, assemble: Assemble) -> Message:
    """A .msg file as a Message: `body` is filled, and `assemble` joins it with the headers.

    Raises NotMail or Damaged, with a sentence; anything else that goes wrong is the caller's.
    """
    if len(content) > MESSAGE_BYTES:
        raise Damaged(
            f"The Outlook message is {len(content) / 1_000_000:.1f} MB long, over the limit of "
            f"{MESSAGE_BYTES / 1_000_000:.0f} MB."
        )
    storage = _storage(content)
    if all(stream.name != _PROPERTIES for stream in storage.streams):
        raise NotMail("The file is an old Office document or the like, not a mail message.")
    return _message(storage, _TOP_HEADER, body, assemble)


def _storage(content: bytes) -> Any:
    """The tree of storages in the compound file, once its outline has been found sound."""
    from olefile import OleFileIO  # type: ignore[import-untyped]
    from oxmsg.storage import Storage

    try:
        with OleFileIO(io.BytesIO(content)) as ole:
            used = [index for index, entry in enumerate(ole.fat) if entry != _FREE_SECTOR]
            needed = (max(used, default=0) + 1) * ole.sector_size
            if needed > len(content):
                raise Damaged(
                    f"The Outlook file was cut short: {len(content):,} bytes are there of at "
                    f"least {needed:,}."
                )
            declared = sum(entry.size for entry in ole.direntries if entry is not None)
            if declared > 2 * len(content):
                raise Damaged("The Outlook file names more content than it can hold.")
            return Storage.from_ole(ole)
    except _DAMAGED as error:
        if isinstance(error, Damaged):
            raise
        raise Damaged("The Outlook file is damaged and cannot be opened.") from error


class _Properties:
    """The properties of one storage; what cannot be read counts as not there."""

    def __init__(self, storage: Any, header: int) -> None:
        from oxmsg.properties import Properties

        self._storage = storage
        self._properties = Properties(storage, properties_header_offset=header)

    def text(self, number: int) -> str:
        found = _quietly(lambda: self._properties.str_prop_value(number))
        if isinstance(found, str):
            return found.rstrip("\0")
        narrow = self._stream(number, "001E")  # in a code page that Python does not know
        return text_from(narrow)[0].rstrip("\0") if narrow else ""

    def binary(self, number: int) -> bytes:
        found = _quietly(lambda: self._properties.binary_prop_value(number))
        return found if isinstance(found, bytes) else self._stream(number, "0102")

    def integer(self, number: int) -> int:
        found = _quietly(lambda: self._properties.int_prop_value(number))
        return found if isinstance(found, int) else 0

    def moment(self, number: int) -> datetime | None:
        found = _quietly(lambda: self._properties.date_prop_value(number))
        return found.astimezone(UTC) if found is not None and 1970 <= found.year <= 9000 else None

    def _stream(self, number: int, kind: str) -> bytes:
        wanted = f"__substg1.0_{number:04X}{kind}"
        return next((s.bytes_ for s in self._storage.streams if s.name == wanted), b"")


def _quietly(read_property: Callable[[], T]) -> T | None:
    """A property's value, or None: each is damaged for itself, and the rest can still be read."""
    with suppress(Exception):
        return read_property()
    return None


def _message(storage: Any, header: int, body: Body, assemble: Assemble) -> Message:
    from oxmsg.domain import constants as c

    properties = _Properties(storage, header)
    entity = _headers(storage, properties)
    body.delivered_at = properties.moment(c.PID_MESSAGE_DELIVERY_TIME)
    _words(body, properties)
    for part in list(storage.iter_attachment_storages())[:_MOST_ATTACHMENTS]:
        _attachment(body, part, assemble)
    if "smime" in properties.text(c.PID_MESSAGE_CLASS).lower() and not body.text.strip():
        _signed(body)
    return assemble(entity, body)


def _headers(storage: Any, properties: _Properties) -> StandardMessage:
    """The headers as they came by mail, completed from the properties."""
    from oxmsg.domain import constants as c

    transport = properties.text(c.PID_TRANSPORT_MESSAGE_HEADERS).lstrip()
    transport = re.sub(r"\AMicrosoft Mail Internet Headers Version [\d.]+\r?\n", "", transport)
    parser = BytesFeedParser()
    parser.feed(transport.encode("utf-8", "replace")[:HEADER_BLOCK_BYTES].strip() + b"\r\n\r\n")
    entity = parser.close()
    for name in [key for key in entity.keys() if key.lower().startswith("content-")]:  # noqa: SIM118
        del entity[name]
    sent = properties.moment(c.PID_CLIENT_SUBMIT_TIME)
    known = {
        "From": _sender(properties),
        "Subject": properties.text(c.PID_SUBJECT),
        "Date": format_datetime(sent) if sent else "",
        "Message-ID": properties.text(c.PID_INTERNET_MESSAGE_ID),
        "In-Reply-To": properties.text(c.PID_IN_REPLY_TO_ID),
        "References": properties.text(c.PID_INTERNET_REFERENCES),
        **_recipients(storage),
    }
    for name, value in known.items():
        if value and name not in entity:
            entity[name] = one_line(value)
    return entity


def _sender(properties: _Properties) -> str:
    from oxmsg.domain import constants as c

    name = properties.text(c.PID_SENT_REPRESENTING_NAME) or properties.text(c.PID_SENDER_NAME)
    for number in (
        _SENT_REPRESENTING_SMTP,
        c.PID_SENT_REPRESENTING_EMAIL_ADDRESS,
        c.PID_SENDER_SMTP_ADDRESS,
        c.PID_SENDER_EMAIL_ADDRESS,
    ):
        address = properties.text(number)
        if "@" in address:
            return _mailbox(name, address)
    return _mailbox(name, "")


def _recipients(storage: Any) -> dict[str, str]:
    from oxmsg.domain import constants as c

    found: dict[str, list[str]] = {"To": [], "Cc": []}
    for recipient in list(storage.iter_recipient_storages())[:_MOST_RECIPIENTS]:
        properties = _Properties(recipient, 8)
        kind = _RECIPIENT_KINDS.get(properties.integer(c.PID_RECIPIENT_TYPE))
        if kind is None:
            continue
        smtp = properties.text(c.PID_SMTP_ADDRESS) or properties.text(c.PID_EMAIL_ADDRESS)
        found[kind].append(_mailbox(properties.text(c.PID_DISPLAY_NAME), smtp))
    return {kind: ", ".join(filter(None, mailboxes)) for kind, mailboxes in found.items()}


def _mailbox(name: str, address: str) -> str:
    quoted = one_line(name).replace("\\", "\\\\").replace('"', '\\"')
    if "@" not in address:  # an internal name of Exchange, of no use outside it
        return f'"{quoted}"' if quoted else ""
    return f'"{quoted}" <{one_line(address)}>'


def _words(body: Body, properties: _Properties) -> None:
    """The body: plain text, else HTML, else what the rich text says."""
    from oxmsg.domain import constants as c

    from correspondence.intake.mail.html_text import html_text

    plain = properties.text(c.PID_BODY)
    markup = text_from(properties.binary(c.PID_HTML), _code_page(properties))[0]
    markup = markup or properties.text(c.PID_BODY_HTML)
    packed = properties.binary(c.PID_RTF_COMPRESSED)
    if not plain.strip() and not markup and packed:
        plain, markup = words_of(body, packed)
    if markup:
        body.html.append(markup)
    if plain.strip():
        body.texts.append(text_from(plain.encode("utf-8", "replace"))[0])
    elif markup:
        body.texts.append(html_text(markup))


def _code_page(properties: _Properties) -> str:
    from oxmsg.domain import constants as c

    page = properties.integer(c.PID_INTERNET_CODEPAGE)
    return {65001: "utf-8", 28591: "iso-8859-1", 20127: "ascii"}.get(page, f"cp{page}")


def _attachment(body: Body, storage: Any, assemble: Assemble) -> None:
    from oxmsg.domain import constants as c

    embedded = next((s for s in storage.storages if s.name == _EMBEDDED), None)
    if embedded is not None:
        if body.depth >= 10:
            body.defect(
                "Messages were nested too deeply in one another; the innermost was not read."
            )
            return
        inner = Body(body.open_message, body.budget, body.depth + 1)
        body.forwarded.append(_message(embedded, _EMBEDDED_HEADER, inner, assemble))
        return
    properties = _Properties(storage, 8)
    name = properties.text(c.PID_ATTACH_LONG_FILENAME) or properties.text(c.PID_ATTACH_FILENAME)
    kind = one_line(properties.text(c.PID_ATTACH_MIME_TAG)).lower() or "application/octet-stream"
    content = properties.binary(c.PID_ATTACH_DATA_BINARY)
    if not content:
        body.defect("An attachment holds no content: it may only have been a link to a file.")
    content_id = one_line(properties.text(_ATTACH_CONTENT_ID)).strip("<> ")[:500]
    attach(body, name or properties.text(c.PID_DISPLAY_NAME), kind, content, content_id=content_id)


def _signed(body: Body) -> None:
    """Outlook keeps a signed or encrypted message as one attachment of the message it shows."""
    for attachment in body.attachments[:1]:
        if opened(body, attachment.content):
            body.attachments.remove(attachment)
        else:
            body.sealed = ENCRYPTED.format("S/MIME")
