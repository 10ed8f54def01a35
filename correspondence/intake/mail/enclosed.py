"""Mail within mail: messages attached, reports, signed envelopes, and parts gone astray."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from correspondence.intake.mail.decoding import text_from, transfer_decoded
from correspondence.intake.mail.filenames import safe_name
from correspondence.intake.mail.headers import raw_payload, surrogate_bytes
from correspondence.intake.mail.parts import (
    ENCRYPTED,
    NO_MESSAGE_ID,
    NO_SENDER,
    Body,
    Part,
    attach,
    attach_part,
    children_of,
    keep,
)

if TYPE_CHECKING:
    from email.message import Message as StandardMessage

_MESSAGE_TYPES: Final = frozenset({"message/rfc822", "message/global", "message/news"})
_BOUNDARY_LINE: Final = re.compile(
    rb"(?:\A|[\r\n])--([^\r\n]{1,200}?)[ \t]*(?:\r\n|\n|\r)(?=[Cc][Oo][Nn][Tt][Ee][Nn][Tt]-)"
)


def report_part(body: Body, part: Part) -> None:
    """A machine's delivery report, kept for `delivery`; its words are part of the text."""
    if part.kind in _MESSAGE_TYPES:
        _returned(body, part)
        return
    blocks = []
    for child in children_of(part):
        blocks += [
            b"%s: %s" % (surrogate_bytes(name), surrogate_bytes(str(value)))
            for name, value in child.raw_items()
        ]
        blocks.append(raw_payload(child))
        blocks.append(b"")
    content = b"\n".join(blocks) if blocks else part.content()[0]
    body.reports.append((part.kind, content))
    attach(body, part.name or part.kind.partition("/")[2] + ".txt", "text/plain", content)


def _returned(body: Body, part: Part) -> None:
    """The message that comes back with a report: a file, not matter passed on."""
    for child in children_of(part)[:1]:
        inner = body.open_message(child, body.depth + 1, body.budget)
        body.returned_id = body.returned_id or inner.message_id
        name = safe_name("returned message.eml", part.kind, body.used_names)
        keep(body, name, part.kind, _as_file(body, child) or b"", text=inner.text)


def _as_file(body: Body, message: StandardMessage) -> bytes | None:
    """A message within the message as a file of its own; None where that takes too much."""
    from email.generator import BytesGenerator

    out = io.BytesIO()
    try:
        if body.budget.copies > 0:
            BytesGenerator(out, mangle_from_=False, policy=message.policy).flatten(message)
    except (ValueError, KeyError, AttributeError, TypeError, LookupError, RecursionError):
        body.defect("A message inside the message could not be kept as a file of its own.")
        return None
    body.budget.copies -= out.tell()
    return out.getvalue() or None


def message_part(body: Body, part: Part) -> None:
    """A message inside the message: opened, and kept as matter of its own."""
    if part.kind == "message/partial":
        body.defect("The message is one piece of a longer one that was sent in pieces.")
    children = children_of(part)
    if not children:
        attach_part(body, part)
        return
    inside: StandardMessage | bytes = children[0]
    encoded = part.encoding.strip().lower() in {"base64", "quoted-printable"}
    if encoded and not children[0].is_multipart():
        inside, _ = transfer_decoded(raw_payload(children[0]), part.encoding)
        body.defect("A message inside the message was encoded, against the standard.")
    inner = body.open_message(inside, body.depth + 1, body.budget)
    body.forwarded.append(inner)
    content = inside if isinstance(inside, bytes) else _as_file(body, inside)
    if content is not None:
        named = part.name or (f"{inner.subject}.eml" if inner.subject else "message.eml")
        name = safe_name(named, part.kind, body.used_names)
        keep(body, name, part.kind, content, opened_text=inner.text, content_id=part.content_id)


def smime_part(body: Body, part: Part) -> None:
    """An S/MIME envelope: a signed one is opened, an encrypted one cannot be."""
    from correspondence.intake.mail.smime import signed_content

    content, note = part.content()
    body.defect(note)
    inner = signed_content(content)
    if inner:
        body.defect("The message was signed (S/MIME); the signature was not checked.")
        reopened(body, inner)
        return
    attach(body, part.name or "smime.p7m", part.kind, content)
    if part.parameters.get("smime-type", "").lower() not in {"certs-only", "signed-receipt"}:
        body.sealed = body.sealed or ENCRYPTED.format("S/MIME")


def opened(body: Body, content: bytes) -> bool:
    """Take in a signed message kept as bytes, whether as MIME or as an S/MIME envelope."""
    from correspondence.intake.mail.smime import signed_content

    inner = signed_content(content) or (
        content if b"multipart/" in content[:4_000].lower() else b""
    )
    if inner:
        reopened(body, inner)
    return bool(inner)


def lost_boundary(body: Body, part: Part) -> None:
    """A multipart whose boundary never came: look for the line that was meant, else it is text."""
    content = raw_payload(part.entity)
    found = _BOUNDARY_LINE.search(content)
    if not content.strip() and not part.entity.preamble:
        body.defect("The message says it has parts but holds none.")
        return
    body.defect("The parts of the message were not marked as it says; they were found by search.")
    if not found or b'"' in found.group(1) or b"\\" in found.group(1):
        text, note = text_from(content)
        body.texts.append(text)
        body.defect(note)
        return
    kind = part.kind.encode("ascii", "replace")
    head = b"Content-Type: " + kind + b'; boundary="' + found.group(1).strip() + b'"\r\n\r\n'
    reopened(body, head + content)


def reopened(body: Body, raw: bytes) -> None:
    """Parts found by search, or inside a signed envelope, belong to this message itself."""
    inner = body.open_message(raw, body.depth + 1, body.budget)
    body.texts.append(inner.text)
    if inner.html:
        body.html.append(inner.html)
    for item in inner.attachments:
        name = safe_name(item.name, item.content_type, body.used_names)
        body.attachments.append(replace(item, name=name))
    body.forwarded += inner.forwarded
    body.delivery_report = body.delivery_report or inner.delivery_report
    if inner.text.strip():
        body.defect(inner.unreadable)
    else:
        body.sealed = body.sealed or inner.unreadable
    for sentence in inner.defects:
        if sentence not in {NO_SENDER, NO_MESSAGE_ID}:
            body.defect(sentence)
