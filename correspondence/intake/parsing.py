"""Bytes become a Message, whatever the bytes are.

The standard library's tree (its compat32 policy, which neither guesses nor raises) gives the parts;
character sets, headers, addresses and names are read by our own rules. Limits are held on the raw
bytes before that. An ordinary message is read here and now; one that is large, beyond a limit or in
a foreign format, and every document and picture, is read in a process of its own (`apart`). What
cannot be read is said in `unreadable`, with all that could be.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from email.message import Message as StandardMessage
from typing import Final

from correspondence.intake import received
from correspondence.intake.apart import limits as apart
from correspondence.intake.apart.attached import Reader
from correspondence.intake.apart.clock import Clock
from correspondence.intake.apart.process import Lost, run_apart
from correspondence.intake.mail.addresses import addresses
from correspondence.intake.mail.beginning import SEARCHED, begun, has_mail_headers
from correspondence.intake.mail.body import gather
from correspondence.intake.mail.decoding import eight_bit
from correspondence.intake.mail.delivery_words import ADDRESS
from correspondence.intake.mail.headers import decoded, message_ids, moment, raw_headers
from correspondence.intake.mail.limits import MESSAGE_BYTES, header_spans, within_limits
from correspondence.intake.mail.parts import NO_MESSAGE_ID, NO_SENDER, Body, Budget, attach
from correspondence.intake.mail.tree import tree_of
from correspondence.intake.message import Address, Message

ORDINARY_BYTES: Final = 1_000_000
_BEGINNING: Final = 200_000  # bytes read of a message that cannot be read to its end

OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_NOT_MAIL: Final = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a Word file or another archive"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x78\x9f\x3e\x22", "a winmail.dat of Outlook's"),
)
_SAMPLE: Final = 4_000
_CONTROL_BYTES: Final = bytes(set(range(32)) - set(b"\t\n\r\x0c\x1b"))


def parse(raw: bytes, name: str = "") -> Message:
    """Read one message (.eml or .msg bytes). Never raises, and ends within `apart.limits.SECONDS`
    and a little more for every megabyte.

    `name` is the file's name where it has one; a file that is no message is kept under it. The
    answer's `unreadable` is a sentence saying why the message, or part of it, could not be read;
    headers and text are given as far as they go.
    """
    clock = Clock(apart.SECONDS + len(raw) / apart.BYTES_A_SECOND)
    message = _structure(raw, name)
    try:
        return Reader(clock).completed(message)
    except Exception as error:  # noqa: BLE001 the message is read; its documents must not lose it
        note = f"The documents in the message could not be read ({type(error).__name__})."
        return replace(message, defects=(*message.defects, note))


def parse_here(raw: bytes, name: str = "", *, ordinary: bool = False) -> Message:
    """Read a message in this process, its documents and pictures left for later.

    May raise anything. With `ordinary`, raises BeyondLimits for a message that passes a limit.
    """
    return _open(raw, 0, Budget(ordinary=ordinary), name)


class BeyondLimits(ValueError):
    """The message is no ordinary one: it passes a limit, or holds a file of Outlook's."""


def _structure(raw: bytes, name: str) -> Message:
    """All of a message but the text of its documents; elsewhere, unless that is plainly needless.

    A message so small costs little whatever it holds, and the other process would cost more.
    """
    if len(raw) <= ORDINARY_BYTES and not raw.startswith(OLE_MAGIC):
        with suppress(Exception):  # it is then read where it can do no harm
            return parse_here(raw, name, ordinary=True)
    why = ""
    for part, seconds in (
        (raw, apart.MESSAGE_SECONDS + len(raw) / apart.BYTES_A_SECOND),
        (raw[:_BEGINNING], apart.BEGINNING_SECONDS),
    ):
        try:
            answer = run_apart("message", seconds, part, name)
        except Lost as lost:
            answer = str(lost)
        if isinstance(answer, Message):
            return replace(answer, unreadable=answer.unreadable or why)
        why = why or f"The message could not be read to its end: {answer}."
    return _salvaged(raw, why)


def _open(content: StandardMessage | bytes, depth: int, budget: Budget, name: str = "") -> Message:
    """A message at any depth: the file itself, one attached to it, or a part of the tree."""
    if isinstance(content, StandardMessage):
        return _message(content, depth, budget)
    if content.startswith(OLE_MAGIC):
        return _outlook(content, depth, budget, name)
    refused = _not_a_message(content)
    if refused:
        return _other_file(content, name, refused, budget)
    mended, note = begun(content)
    measured = within_limits(mended, depth=depth)
    if measured.excess and budget.ordinary:
        raise BeyondLimits(measured.excess)
    tree = tree_of(measured.safe, measured.spans)
    message = _message(tree, depth, budget, excess=measured.excess)
    return replace(message, defects=(note, *message.defects)) if note else message


def _outlook(content: bytes, depth: int, budget: Budget, name: str) -> Message:
    from correspondence.intake.mail import outlook

    if budget.ordinary:
        raise BeyondLimits("A file of Outlook's is opened in a process of its own.")
    try:
        return outlook.read(content, Body(_open, budget, depth), _assembled)
    except outlook.NotMail as error:
        return _other_file(content, name, str(error), budget)
    except outlook.Damaged as error:
        return Message(unreadable=str(error))


def _not_a_message(raw: bytes) -> str:
    """Why these bytes are no message at all, or empty."""
    if not raw.strip(b" \t\r\n\0"):
        return "The message is empty: it holds no bytes." if not raw else "The message is blank."
    for magic, what in _NOT_MAIL:
        if raw.startswith(magic):
            return f"The file is {what}, not a mail message."
    sample = raw[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    if controls * 10 > len(sample) and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        if has_mail_headers(begun(raw)[0]):
            return ""
        return "The file is not a mail message: it holds binary data and no headers."
    return ""


def _other_file(content: bytes, name: str, why: str, budget: Budget) -> Message:
    """A file that is no message: kept as an attachment, read as far as such a file can be."""
    if not content.strip(b" \t\r\n\0"):
        return Message(unreadable=why)
    body = Body(_open, budget)
    attach(body, name, "application/octet-stream", content[:MESSAGE_BYTES])
    return Message(unreadable=why, text=body.text, attachments=tuple(body.attachments))


def _message(entity: StandardMessage, depth: int, budget: Budget, *, excess: str = "") -> Message:
    body = Body(_open, budget, depth)
    gather(body, entity)
    return _assembled(entity, body, excess)


def _assembled(entity: StandardMessage, body: Body, excess: str = "") -> Message:
    """The message that these headers and this body make."""
    # Imported here, since their many patterns take longer to compile than all else to import.
    from correspondence.intake.mail.delivery import delivery_report
    from correspondence.intake.mail.forwarding import forwarded_inline
    from correspondence.intake.quoting import split

    raw = raw_headers(entity)
    headers = decoded(raw)
    sender, senders = _sender(raw)
    if len(raw.get("from", ())) > 1 or senders > 1:
        body.defect("The message names more than one sender, as forged mail does.")
    if "@" in sender.name and _other_address(sender):
        body.defect("The sender's name is another mail address than the one it was sent from.")
    if not sender.address:
        body.defect(NO_SENDER)
    if not headers.get("message-id"):
        body.defect(NO_MESSAGE_ID)
    sent_at = moment(_first(headers, "date"))
    if headers.get("date") and sent_at is None:
        body.defect("The Date header is not a date.")
    subject = _first(headers, "subject")
    text = body.text
    words = text.split("-----BEGIN PGP MESSAGE-----")[0] if body.sealed else text
    sealed = "" if words.strip() else body.sealed
    if body.sealed and not sealed:
        body.defect("A part of the message is encrypted and could not be read.")
    parts = split(text, subject)
    inline = forwarded_inline(parts.forwarded_text) if parts.forwarded_text else None
    return Message(
        message_id=next(iter(message_ids(_first(headers, "message-id"))), ""),
        sender=sender,
        reply_to=_all(raw, "reply-to"),
        to=_all(raw, "to"),
        cc=_all(raw, "cc"),
        subject=subject,
        sent_at=sent_at,
        server_received_at=received.by_header(headers, sent_at) or body.delivered_at,
        in_reply_to=message_ids(" ".join(headers.get("in-reply-to", ()))),
        references=message_ids(" ".join(headers.get("references", ()))),
        text=text,
        new_text=parts.new_text,
        quoted_text=parts.quoted_text,
        signature=parts.signature,
        html="\n".join(body.html),
        forwarded=(*((inline,) if inline else ()), *body.forwarded),
        attachments=tuple(body.attachments),
        headers=headers,
        delivery_report=body.delivery_report
        or delivery_report(headers, sender, text, body.reports, body.returned_id, body.forwarded),
        unreadable=excess or sealed,
        defects=tuple(body.defects),
    )


def _other_address(sender: Address) -> bool:
    """Whether the name a sender goes by holds a mail address, and not their own."""
    claimed = ADDRESS.search(sender.name.lower())
    return claimed is not None and claimed.group() != sender.address


def _first(headers: dict[str, tuple[str, ...]], name: str) -> str:
    return next(iter(headers.get(name, ())), "")


def _all(raw: dict[str, list[bytes]], name: str) -> tuple[Address, ...]:
    """Every address in every header of that name, each once."""
    found = [item for value in raw.get(name, ()) for item in addresses(eight_bit(value))]
    return tuple(dict.fromkeys(found))


def _sender(raw: dict[str, list[bytes]]) -> tuple[Address, int]:
    """Who wrote it, and how many addresses claim to: From, else Sender, else the envelope."""
    claimed = [item for item in _all(raw, "from") if item.address]
    if claimed:
        return claimed[0], len(claimed)
    named = next(iter(_all(raw, "from")), Address())
    for header in ("sender", "resent-from", "return-path"):
        for item in _all(raw, header):
            if item.address:
                return Address(name=named.name or item.name, address=item.address), 1
    return named, 0


def _salvaged(raw: bytes, why: str) -> Message:
    """What the headers say, where reading the whole has failed."""
    try:
        spans = header_spans(raw[:SEARCHED])
        head = raw[: spans[-1][1]] if spans else b""
        message = _message(tree_of(head + b"\n\n"), 0, Budget())
    except Exception:  # noqa: BLE001
        return Message(unreadable=why)
    return replace(message, unreadable=why)
