"""The parts of a message as they describe themselves, and what a walk through them gathers."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from email.message import Message as StandardMessage
from typing import TYPE_CHECKING, Final

from correspondence.intake.mail.attachments import LONGEST_HTML
from correspondence.intake.mail.decoding import eight_bit, one_line, transfer_decoded
from correspondence.intake.mail.filenames import safe_name
from correspondence.intake.mail.headers import parameters, raw_headers, raw_payload
from correspondence.intake.mail.limits import DEPTH, MESSAGE_BYTES
from correspondence.intake.message import Attachment

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from correspondence.intake.message import DeliveryReport, Message

ENCRYPTED: Final = "The message is encrypted ({}); it must be opened with the key it was sent to."
NO_SENDER: Final = "The message names no sender."
NO_MESSAGE_ID: Final = "The message has no Message-ID."

_DESCRIBING: Final = frozenset(
    {"content-type", "content-disposition", "content-transfer-encoding", "content-id"}
)
_TNEF_TYPES: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


@dataclass(slots=True)
class Budget:
    """What may still be read, the messages inside a message included."""

    markup: int = LONGEST_HTML  # characters of HTML that may still be turned into text
    copies: int = MESSAGE_BYTES  # bytes of messages within messages that may be kept as files
    ordinary: bool = False  # whether only an ordinary message is to be read, within every limit


@dataclass(slots=True)
class Body:
    """What the walk has found so far."""

    open_message: Callable[[StandardMessage | bytes, int, Budget], Message]
    budget: Budget
    depth: int = 0  # in how many messages and groups of parts this place lies
    texts: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    forwarded: list[Message] = field(default_factory=list)
    reports: list[tuple[str, bytes]] = field(default_factory=list)  # content type, bytes
    defects: dict[str, None] = field(default_factory=dict)  # in order, each once
    delivered_at: datetime | None = None  # the mail server's receipt, where the file itself says it
    returned_id: str = ""  # the Message-ID of a message that came back with a report
    sealed: str = ""  # why there may be no words: the message is encrypted, as a rule
    delivery_report: DeliveryReport | None = None  # as a part of the message gave it
    used_names: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        """All visible text, the parts one after another."""
        return "\n\n".join(filter(None, (text.strip("\n") for text in self.texts)))

    def defect(self, sentence: str) -> None:
        """Note something odd; an empty sentence is nothing."""
        if sentence:
            self.defects[sentence] = None


_KIND: Final = re.compile(r"[a-z0-9.+_-]+/[a-z0-9.+_*-]+(?=[\s;(,]|$)")


@dataclass(frozen=True, slots=True)
class Part:
    """One part's own description of itself."""

    entity: StandardMessage
    kind: str
    parameters: dict[str, str]
    encoding: str
    is_attachment: bool
    name: str
    content_id: str

    @classmethod
    def of(cls, entity: StandardMessage) -> Part:
        raw = raw_headers(entity, _DESCRIBING)

        def first(name: str) -> bytes:
            return raw.get(name, [b""])[0]

        kind, described = parameters(first("content-type"))
        placements = [parameters(value) for value in raw.get("content-disposition", ())[:10]]
        named = (placed.get("filename") for _, placed in placements)
        if not first("content-type"):
            kind = entity.get_default_type()
        elif said := _KIND.match(kind):
            kind = said.group()
        else:  # what cannot be understood is taken for words (RFC 2045, 5.2)
            wordless = "/" in kind and not kind.startswith("text")
            kind = "application/octet-stream" if wordless else "text/plain"
        return cls(
            entity=entity,
            kind=kind,
            parameters=described,
            encoding=first("content-transfer-encoding").decode("ascii", "replace").split(";")[0],
            is_attachment=any(disposition == "attachment" for disposition, _ in placements),
            name=next(filter(None, named), "") or described.get("name") or "",
            content_id=one_line(eight_bit(first("content-id"))).strip("<> ")[:500],
        )

    def content(self) -> tuple[bytes, str]:
        """The part's bytes, transfer encoding undone, and what had to be repaired."""
        return transfer_decoded(raw_payload(self.entity), self.encoding)


def children_of(part: Part) -> list[StandardMessage]:
    """The parts within a part."""
    payload = part.entity.get_payload()
    if not isinstance(payload, list):
        return []
    return [child for child in payload if isinstance(child, StandardMessage)]


def attach_part(body: Body, part: Part) -> None:
    """Keep a part as a file."""
    content, note = part.content()
    body.defect(note)
    charset = part.parameters.get("charset", "")
    attach(body, part.name, part.kind, content, charset, content_id=part.content_id)


def attach(
    body: Body,
    name: str,
    kind: str,
    content: bytes,
    charset: str = "",
    *,
    content_id: str = "",
) -> None:
    """Keep a file; read the text in it, or open it where it is a message."""
    from correspondence.intake.mail import attachments, tnef

    safe = safe_name(name, kind, body.used_names)
    text, unread, opened = "", "", ""
    if kind in _TNEF_TYPES or safe.lower() == "winmail.dat" or content.startswith(tnef.MAGIC):
        unread = _unpack(body, content)
        body.defect(unread)
    elif attachments.is_message(safe, kind, content):
        inner = body.open_message(content, body.depth + 1, body.budget)
        body.forwarded.append(inner)
        opened = inner.text
    elif attachments.is_document(safe, kind, content) or attachments.is_picture(kind, content):
        unread = attachments.IN_TURN
    else:
        text, unread = attachments.read_text(safe, kind, content, charset)
    keep(
        body,
        safe,
        kind,
        content,
        text=text,
        unread=unread,
        content_id=content_id,
        opened_text=opened,
    )


def _unpack(body: Body, content: bytes) -> str:
    """Take in what Outlook packed into a winmail.dat; a sentence where that cannot be done."""
    from correspondence.intake.mail import tnef
    from correspondence.intake.mail.rich_text import words_of

    if body.depth > DEPTH:
        return "Outlook packed messages into one another too deeply; the innermost was not read."
    try:
        packed = tnef.unpacked(content)
    except tnef.NotTnef:
        return "The file winmail.dat, into which Outlook packs attachments, could not be opened."
    if not body.text.strip():
        plain, html = packed.plain, packed.html
        if not plain.strip() and not html.strip() and packed.rtf:
            plain, html = words_of(body, packed.rtf)
        body.html += filter(None, [html])
        body.texts.append(plain if plain.strip() else html_words(html))
    body.depth += 1
    for file in packed.files:
        kind = file.kind or "application/octet-stream"
        attach(body, file.name, kind, file.content, content_id=file.content_id)
    body.depth -= 1
    if packed.cut_short:
        return "The file winmail.dat, into which Outlook packs attachments, is cut short."
    return ""


def html_words(markup: str) -> str:
    """The words of HTML; the reader for it is only loaded where there is any."""
    if not markup.strip():
        return ""
    from correspondence.intake.mail.html_text import html_text

    return html_text(markup[:LONGEST_HTML])


def keep(
    body: Body,
    name: str,
    kind: str,
    content: bytes,
    *,
    text: str = "",
    unread: str = "",
    content_id: str = "",
    opened_text: str = "",
) -> None:
    """Keep a file whose text is known."""
    body.attachments.append(
        Attachment(
            name=name,
            content_type=kind,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            text=text,
            unread_because=unread,
            content_id=content_id,
            opened_text=opened_text,
        )
    )
