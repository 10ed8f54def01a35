"""Labelled messages as the product meets them: parsed mail, with what its attachments say."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any

from correspondence.intake.landlord_signs import LandlordSigns
from correspondence.intake.message import Message
from correspondence.intake.parsing import parse

LABELLED = Path(__file__).parents[1] / "tests" / "intake" / "labelled"
"""A folder of JSONL files; each message is written to the landlord in its To line."""
_DOCUMENTS = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)


@dataclass(frozen=True)
class Labelled:
    """A message, the landlord it was sent to, and what a reader should make of it."""

    id: str
    message: Message
    landlord: LandlordSigns
    labels: dict[str, Any]


def labelled_messages(source: Path = LABELLED) -> list[Labelled]:
    """Every labelled message of a JSONL file, or of a folder of them, in their order."""
    files = sorted(source.glob("*.jsonl")) if source.is_dir() else [source]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    entries = [json.loads(line) for line in lines if line.strip()]
    return [
        Labelled(entry["id"], as_message(entry), landlord_of(entry), entry["labels"])
        for entry in entries
    ]


def landlord_of(entry: dict[str, Any]) -> LandlordSigns:
    """The landlord an entry was written to, known by its own domain."""
    name, address = parseaddr(entry["to"])
    domain = address.rpartition("@")[2]
    return LandlordSigns(name=name or domain, own_addresses=(address,), staff_domains=(domain,))


def as_message(entry: dict[str, Any]) -> Message:
    """The message as it would be parsed from the mailbox."""
    message = parse(mail_bytes(entry))
    written = {item["name"]: item["text"] for item in entry["attachments"]}
    attachments = tuple(
        replace(part, text=written[part.name], unread_because="")
        if part.content_type in _DOCUMENTS and part.name in written
        else part
        for part in message.attachments
    )
    return replace(message, attachments=attachments)


def mail_bytes(entry: dict[str, Any]) -> bytes:
    """The entry as mail. Attachments get stand-in bytes: what they say is put in after parsing."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["To"] = entry["from"], entry["to"]
    if entry["cc"]:
        mail["Cc"] = entry["cc"]
    mail["Subject"] = entry["subject"]
    mail["Date"] = format_datetime(datetime.fromisoformat(entry["date"]))
    mail["Message-ID"] = f"<{entry['id'].lower()}@labelled.example>"
    for name, value in entry["headers"].items():
        mail[name] = value
    if entry["body_text"] or not entry["body_html"]:
        mail.set_content(entry["body_text"])
    if entry["body_html"]:
        if entry["body_text"]:
            mail.add_alternative(entry["body_html"], subtype="html")
        else:
            mail.set_content(entry["body_html"], subtype="html")
    for item in entry["attachments"]:
        main, _, sub = item["content_type"].partition("/")
        mail.add_attachment(b"stand-in", maintype=main, subtype=sub, filename=item["name"])
    return bytes(mail)
