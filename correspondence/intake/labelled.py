"""Labelled messages: what an office corrected, or the project invented, as the reader meets them.

A line of JSON holds one message in words (from, to, cc, subject, date, headers, body_text,
body_html, attachments) and `labels`: what a reader should make of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Any

from correspondence.intake.landlord_signs import LandlordSigns
from correspondence.intake.message import Message
from correspondence.intake.parsing import parse

_DOCUMENTS = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
_DECIDED_BY_PARTS = frozenset({"content-type", "content-transfer-encoding", "mime-version"})


@dataclass(frozen=True)
class Labelled:
    """A message, the landlord it was sent to, and what a reader should make of it."""

    id: str
    message: Message
    landlord: LandlordSigns
    labels: dict[str, Any]
    author: str  # who wrote it: the name of the file it stands in
    unsaid: frozenset[str] = frozenset()  # labels it was not given, which it teaches nothing of


def labelled(text: str, author: str) -> list[Labelled]:
    """The messages of a JSONL text. ValueError names the line that holds none."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            labels = {**_NOTHING, **entry["labels"]}
            _ = labels["kind"]
            message = as_message(entry)
            unsaid = frozenset(_NOTHING.keys() - entry["labels"].keys())
            landlord = landlord_of(entry)
            found.append(Labelled(entry["id"], message, landlord, labels, author, unsaid))
        except (KeyError, TypeError, AttributeError, ValueError) as cause:
            raise ValueError(f"Line {number} holds no labelled message ({cause}).") from cause
    return found


_NOTHING: dict[str, Any] = {
    "service_area": "",
    "points": [],
    "outcome_sought": "",
    "flags": [],
    "resident": {"name": "", "postcode": "", "phone": "", "reference": ""},
}


def landlord_of(entry: dict[str, Any]) -> LandlordSigns:
    """The landlord an entry was written to, known by its own domain."""
    name, address = parseaddr(entry["to"])
    domain = address.rpartition("@")[2]
    return LandlordSigns(name=name or domain, own_addresses=(address,), staff_domains=(domain,))


def as_message(entry: dict[str, Any]) -> Message:
    """The message as it would be parsed from the mailbox."""
    message = parse(mail_bytes(entry))
    written = {item["name"]: item.get("text", "") for item in entry.get("attachments") or ()}
    attachments = tuple(
        replace(part, text=written[part.name], unread_because="")
        if part.content_type in _DOCUMENTS and part.name in written
        else part
        for part in message.attachments
    )
    return replace(message, attachments=attachments)


def mail_bytes(entry: dict[str, Any]) -> bytes:
    """The entry as mail. Documents and pictures get stand-in bytes: what they say comes later.

    The parts decide the type of the whole, so an entry's own Content-Type is left out.
    """
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["To"] = entry["from"], entry["to"]
    if entry.get("cc"):
        mail["Cc"] = entry["cc"]
    mail["Subject"] = " ".join(entry.get("subject", "").split())
    mail["Date"] = format_datetime(datetime.fromisoformat(entry["date"]))
    for name, value in (entry.get("headers") or {}).items():
        if name.lower() not in _DECIDED_BY_PARTS and name not in mail:
            mail[name] = " ".join(str(value).split())
    if "Message-ID" not in mail:
        mail["Message-ID"] = f"<{entry['id'].lower()}@labelled.example>"
    plain, markup = entry.get("body_text", ""), entry.get("body_html", "")
    if plain or not markup:
        mail.set_content(plain)
        if markup:
            mail.add_alternative(markup, subtype="html")
    else:
        mail.set_content(markup, subtype="html")
    for item in entry.get("attachments") or ():
        main, _, sub = item["content_type"].partition("/")
        if main == "message":
            main, sub = "application", "octet-stream"
        content = item.get("text", "") if main == "text" else "stand-in"
        mail.add_attachment(content.encode(), maintype=main, subtype=sub, filename=item["name"])
    return bytes(mail)
