"""The parts of a message, walked once: its words, its files, the messages inside it."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass, field
from email.message import Message as StandardMessage
from typing import TYPE_CHECKING, Final

from correspondence.intake.attachments import LONGEST_HTML
from correspondence.intake.decoding import (
    text_from,
    transfer_decoded,
    uuencoded_files,
)
from correspondence.intake.filenames import safe_name
from correspondence.intake.headers import parameters, raw_headers, raw_payload, surrogate_bytes
from correspondence.intake.message import Attachment

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from correspondence.intake.message import Message

ENCRYPTED: Final = "The message is encrypted ({}); it must be opened with the key it was sent to."

_DESCRIBING: Final = frozenset({"content-type", "content-disposition", "content-transfer-encoding"})
_REPORT_TYPES: Final = frozenset(
    {"message/delivery-status", "message/global-delivery-status", "text/rfc822-headers"}
)
_MESSAGE_TYPES: Final = frozenset({"message/rfc822", "message/global", "message/news"})
_SMIME_TYPES: Final = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_TNEF_TYPES: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_ONLY_BOILERPLATE: Final = re.compile(
    r"(?i)\s*(this is (a|an)( cryptographically signed)? (multi-?part )?(mime|message)|"
    r"this is a multi-?part|this message is in mime|if you (can )?(see|read) this)"
)
_SEE_HTML: Final = re.compile(
    r"(?i)\bhtml\b|view (this|it) (e-?mail|message|online)|does not support|cannot be displayed"
    r"|your (e-?mail|mail) (client|program|reader)|(in|with) (your|a) (web )?browser"
)
_BOUNDARY_LINE: Final = re.compile(
    rb"(?:\A|[\r\n])--([^\r\n]{1,200}?)[ \t]*(?:\r\n|\n|\r)(?=[Cc][Oo][Nn][Tt][Ee][Nn][Tt]-)"
)
_TRIVIAL_WORDS: Final = 40  # a plain part this short may only point to the HTML part


@dataclass(slots=True)
class Budget:
    """How many documents may still be read, the messages inside a message included."""

    documents: int
    markup: int = LONGEST_HTML  # characters of HTML that may still be turned into text

    def take(self) -> bool:
        """Use one up; False where none is left."""
        self.documents -= 1
        return self.documents >= 0


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
    encrypted: str = ""
    used_names: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        """All visible text, the parts one after another."""
        return "\n\n".join(filter(None, (text.strip("\n") for text in self.texts)))

    def defect(self, sentence: str) -> None:
        """Note something odd; an empty sentence is nothing."""
        if sentence:
            self.defects[sentence] = None


@dataclass(frozen=True, slots=True)
class _Part:
    """One part's own description of itself."""

    entity: StandardMessage
    kind: str
    parameters: dict[str, str]
    encoding: str
    is_attachment: bool
    name: str

    @classmethod
    def of(cls, entity: StandardMessage) -> _Part:
        raw = raw_headers(entity, _DESCRIBING)

        def first(name: str) -> bytes:
            return raw.get(name, [b""])[0]

        kind, described = parameters(first("content-type"))
        disposition, placed = parameters(first("content-disposition"))
        if not re.fullmatch(r"[a-z0-9.+_-]+/[a-z0-9.+_*-]+", kind):
            kind = "text/plain" if not kind or kind == "text" else "application/octet-stream"
            if not first("content-type"):
                kind = entity.get_default_type()
        return cls(
            entity=entity,
            kind=kind,
            parameters=described,
            encoding=first("content-transfer-encoding").decode("ascii", "replace").split(";")[0],
            is_attachment=disposition == "attachment",
            name=placed.get("filename") or described.get("name") or "",
        )

    def content(self) -> tuple[bytes, str]:
        """The part's bytes, transfer encoding undone, and what had to be repaired."""
        content = raw_payload(self.entity)
        if str(self.entity.get("content-transfer-encoding", "")).lower() == "quoted-printable":
            return content, ""  # undone already
        return transfer_decoded(content, self.encoding)


def gather(body: Body, entity: StandardMessage) -> None:
    """Walk a part and all within it. The tree's depth has been limited before."""
    part = _Part.of(entity)
    main = part.kind.partition("/")[0]
    if entity.is_multipart() and main == "multipart":
        _multipart(body, part)
    elif main == "multipart":
        _lost_boundary(body, part)
    elif part.kind in _REPORT_TYPES:
        _report_part(body, part)
    elif main == "message":
        _message_part(body, part)
    elif part.kind in _SMIME_TYPES:
        _smime(body, part)
    elif main == "text" and not part.is_attachment and _is_body_text(body, part):
        _text_part(body, part)
    else:
        _file(body, part)


def _children(part: _Part) -> list[StandardMessage]:
    payload = part.entity.get_payload()
    if not isinstance(payload, list):
        return []
    return [child for child in payload if isinstance(child, StandardMessage)]


def _multipart(body: Body, part: _Part) -> None:
    _beside(body, part.entity.preamble)
    if part.kind == "multipart/alternative":
        _alternative(body, part)
    else:
        if part.kind == "multipart/encrypted":
            protocol = part.parameters.get("protocol", "")
            body.encrypted = ENCRYPTED.format("PGP" if "pgp" in protocol.lower() else "S/MIME")
        body.depth += 1
        for child in _children(part):
            if part.kind == "multipart/report" and child.get_content_maintype() == "message":
                _report_part(body, _Part.of(child))
            else:
                gather(body, child)
        body.depth -= 1
    _beside(body, part.entity.epilogue)


def _beside(body: Body, text: str | None) -> None:
    """Words before the first boundary or after the last: kept, unless they are the usual note."""
    if not text or not text.strip():
        return
    words, _ = text_from(surrogate_bytes(text))
    if words.strip() and not (_ONLY_BOILERPLATE.match(words) and len(words) < 600):
        body.texts.append(words)
        body.defect("There was text outside the parts of the message; it was kept.")


def _alternative(body: Body, part: _Part) -> None:
    """One matter in several forms: plain text is taken, HTML where the plain is trivial."""
    plain: list[str] = []
    rich: list[str] = []
    for child in _children(part):
        form = Body(body.open_message, body.budget, body.depth + 1, used_names=body.used_names)
        gather(form, child)
        body.attachments += form.attachments
        body.forwarded += form.forwarded
        body.reports += form.reports
        body.defects |= form.defects
        body.encrypted = body.encrypted or form.encrypted
        body.html += form.html
        if form.text:
            (rich if form.html else plain).append(form.text)
    best_plain = max(plain, key=len, default="")
    best_rich = max(rich, key=len, default="")
    if best_plain and not (best_rich and _is_trivial(best_plain, best_rich)):
        body.texts.append(best_plain)
    elif best_rich:
        body.texts.append(best_rich)


def _is_trivial(plain: str, rich: str) -> bool:
    """Whether the plain part only stands in for the HTML part."""
    count, rich_count = len(plain.split()), len(rich.split())
    if count >= rich_count:
        return False
    if count <= _TRIVIAL_WORDS and _SEE_HTML.search(plain):
        return True
    return count * 5 < rich_count and rich_count - count > _TRIVIAL_WORDS // 2


def _lost_boundary(body: Body, part: _Part) -> None:
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
    _reopened(body, head + content)


def _reopened(body: Body, raw: bytes) -> None:
    """Parts found by search, or inside a signed envelope, belong to this message itself."""
    inner = body.open_message(raw, body.depth + 1, body.budget)
    body.texts.append(inner.text)
    if inner.html:
        body.html.append(inner.html)
    body.attachments += inner.attachments
    body.forwarded += inner.forwarded
    body.encrypted = body.encrypted or inner.unreadable
    for sentence in inner.defects:
        if "no sender" not in sentence:
            body.defect(sentence)


def _is_body_text(body: Body, part: _Part) -> bool:
    if part.kind not in {"text/plain", "text/html", "text/enriched", "text/richtext"}:
        return (
            part.kind
            not in {
                "text/calendar",
                "text/csv",
                "text/vcard",
                "text/x-vcard",
                "text/directory",
                "text/rtf",
                "text/x-amp-html",
            }
            and not part.name
        )
    return not part.name or not body.texts


def _text_part(body: Body, part: _Part) -> None:
    content, note = part.content()
    body.defect(note)
    text, note = text_from(content, part.parameters.get("charset", ""))
    body.defect(note)
    if part.kind == "text/html" or _is_html(text):
        _html_part(body, text)
        return
    if part.kind in {"text/enriched", "text/richtext"}:
        text = re.sub(r"<[^<>]*>", "", text.replace("<<", "\x00")).replace("\x00", "<")
    elif part.parameters.get("format", "").lower() == "flowed":
        text = unflowed(text, delete_space=part.parameters.get("delsp", "").lower() == "yes")
    text, files = uuencoded_files(text)
    for name, file_content in files:
        attach(body, name, "application/octet-stream", file_content)
    if "=ybegin line=" in text:
        body.defect("The text holds a yEnc file, which was not decoded.")
    if "-----BEGIN PGP MESSAGE-----" in text:
        body.encrypted = ENCRYPTED.format("PGP")
    body.texts.append(text)


def _html_part(body: Body, markup: str) -> None:
    """HTML, kept and turned into text while the budget for it lasts."""
    from correspondence.intake.html_text import html_text

    body.html.append(markup)
    body.texts.append(html_text(markup[: body.budget.markup]))
    if len(markup) > body.budget.markup:
        body.defect(f"The HTML is over {LONGEST_HTML:,} characters; the rest was not read.")
    body.budget.markup = max(0, body.budget.markup - len(markup))


def _is_html(text: str) -> bool:
    return text[:200].lstrip().lower().startswith(("<!doctype html", "<html"))


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """Join the lines that a format=flowed text broke softly (RFC 3676)."""
    out: list[str] = []
    flowing = ""  # the quote marks of the paragraph that is still open, with a leading +
    for line in text.split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        mark = ">" * depth
        if flowing == f"+{mark}" and bare != "-- ":
            out.append(bare[:-1] if delete_space and bare.endswith(" ") else bare)
        else:
            start = "\n" if out else ""
            quote = f"{mark} " if mark else ""
            soft = delete_space and bare.endswith(" ") and bare != "-- "
            out.append(start + quote + (bare[:-1] if soft else bare))
        flowing = f"+{mark}" if bare.endswith(" ") and bare != "-- " else ""
    return "".join(out)


def _report_part(body: Body, part: _Part) -> None:
    """A machine's delivery report, kept for `delivery`; its words are part of the text."""
    if part.kind in _MESSAGE_TYPES:
        _returned(body, part)
        return
    blocks = []
    for child in _children(part):
        blocks += [
            b"%s: %s" % (surrogate_bytes(name), surrogate_bytes(str(value)))
            for name, value in child.raw_items()
        ]
        blocks.append(raw_payload(child))
        blocks.append(b"")
    content = b"\n".join(blocks) if blocks else part.content()[0]
    body.reports.append((part.kind, content))
    attach(body, part.name or part.kind.partition("/")[2] + ".txt", "text/plain", content)


def _returned(body: Body, part: _Part) -> None:
    """The message that comes back with a report: a file, not matter passed on."""
    from email.generator import BytesGenerator

    for child in _children(part)[:1]:
        inner = body.open_message(child, body.depth + 1, body.budget)
        body.returned_id = body.returned_id or inner.message_id
        out = io.BytesIO()
        try:
            BytesGenerator(out, mangle_from_=False, policy=child.policy).flatten(child)
        except (ValueError, KeyError, AttributeError, TypeError):
            body.defect("The message that came back could not be kept as a file of its own.")
        _keep(body, "returned message.eml", part.kind, out.getvalue(), text=inner.text)


def _message_part(body: Body, part: _Part) -> None:
    """A message inside the message: opened, and kept as matter of its own."""
    children = _children(part)
    if children and part.kind not in {"message/partial", "message/external-body"}:
        child = children[0]
        payload = child.get_payload()
        encoded = part.encoding.strip().lower() in {"base64", "quoted-printable"}
        if encoded and isinstance(payload, str):
            content, _ = transfer_decoded(raw_payload(child), part.encoding)
            body.defect("A message inside the message was encoded, against the standard.")
            body.forwarded.append(body.open_message(content, body.depth + 1, body.budget))
        else:
            body.forwarded.append(body.open_message(child, body.depth + 1, body.budget))
        return
    if part.kind == "message/partial":
        body.defect("The message is one piece of a longer one that was sent in pieces.")
    for child in children:
        gather(body, child)
    if not children:
        _file(body, part)


def _smime(body: Body, part: _Part) -> None:
    """An S/MIME envelope: a signed one is opened, an encrypted one cannot be."""
    from correspondence.intake.smime import signed_content

    content, note = part.content()
    body.defect(note)
    inner = signed_content(content)
    if inner:
        body.defect("The message was signed (S/MIME); the signature was not checked.")
        _reopened(body, inner)
        return
    attach(body, part.name or "smime.p7m", part.kind, content)
    if part.parameters.get("smime-type", "").lower() not in {"certs-only", "signed-receipt"}:
        body.encrypted = body.encrypted or ENCRYPTED.format("S/MIME")


def opened(body: Body, content: bytes) -> bool:
    """Take in a signed message kept as bytes, whether as MIME or as an S/MIME envelope."""
    from correspondence.intake.smime import signed_content

    inner = signed_content(content) or (
        content if b"multipart/" in content[:4_000].lower() else b""
    )
    if inner:
        _reopened(body, inner)
    return bool(inner)


def _file(body: Body, part: _Part) -> None:
    content, note = part.content()
    body.defect(note)
    attach(body, part.name, part.kind, content, part.parameters.get("charset", ""))


def attach(body: Body, name: str, kind: str, content: bytes, charset: str = "") -> None:
    """Keep a file; read the text in it, or open it where it is a message."""
    from correspondence.intake import attachments

    safe = safe_name(name, kind, body.used_names)
    text, unread = "", ""
    if kind in _TNEF_TYPES or safe.lower() == "winmail.dat":
        unread = "Outlook packed the attachments into winmail.dat, which cannot be opened here."
        body.defect(unread)
    elif attachments.is_message(safe, kind, content):
        inner = body.open_message(content, body.depth + 1, body.budget)
        body.forwarded.append(inner)
        text = inner.text
    elif attachments.is_document(safe, kind, content) and not body.budget.take():
        unread = (
            f"more than {attachments.MOST_DOCUMENTS} documents came together; this was not read"
        )
    else:
        text, unread = attachments.read_text(safe, kind, content, charset)
    _keep(body, safe, kind, content, text=text, unread=unread)


def _keep(
    body: Body, name: str, kind: str, content: bytes, *, text: str = "", unread: str = ""
) -> None:
    body.attachments.append(
        Attachment(
            name=name,
            content_type=kind,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            text=text,
            unread_because=unread,
        )
    )
