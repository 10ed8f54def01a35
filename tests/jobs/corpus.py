"""Invented mail for the tests of the main job: every kind a complaints mailbox gets.

Nobody here is real: mail domains and telephone numbers come from the ranges kept free for
examples and drama, and no postcode begins HX0. Everything follows from the numbers given, so that
two corpora made alike are the same byte for byte.
"""

from __future__ import annotations

import base64
import os
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

COMPLAINTS = "complaints@harrowmere.example"


@dataclass(frozen=True, slots=True)
class Letter:
    """One file for the inbox. `at` is when it was received, and the file's time."""

    name: str
    raw: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented."""

    name: str
    address: str
    home: str
    phone: str


_GIVEN = [
    "Sorrel",
    "Teasel",
    "Bryony",
    "Juniper",
    "Clover",
    "Tansy",
    "Larkin",
    "Merrin",
    "Perran",
    "Jory",
    "Wenna",
    "Digory",
    "Senara",
    "Hale",
    "Corin",
    "Fennel",
    "Linnet",
    "Avens",
    "Burnet",
    "Campion",
]
_FAMILY = [
    "Attwater",
    "Broadmeadow",
    "Coppersmith",
    "Dunmallard",
    "Eldershaw",
    "Fenwright",
    "Garsdale",
    "Hollowell",
    "Inglebrook",
    "Jessamy",
    "Kettlewick",
    "Loxborough",
    "Merrowdown",
    "Netherfold",
    "Oakenshaw",
    "Pellowby",
    "Quarmstone",
    "Rushyford",
    "Skelwyth",
    "Thornebury",
]
_STREETS = (
    "Coppergate Lane",
    "Rope Walk",
    "Tenter Close",
    "Millrace Court",
    "Fuller Street",
    "Weavers Row",
)


def person(number: int) -> Person:
    """The invented person of that number; 400 of them differ."""
    given = _GIVEN[number % len(_GIVEN)]
    family = _FAMILY[(number // len(_GIVEN) + 7 * number) % len(_FAMILY)]
    street = _STREETS[number % len(_STREETS)]
    return Person(
        name=f"{given} {family}",
        address=f"{given}.{family}{number}@example.net".lower(),
        home=f"{number + 1} {street}, Harrowmere HX0 {number % 9 + 1}QD",
        phone=f"01632 960{number % 1000:03d}",
    )


def mail(
    text: str,
    *,
    sender: str = "Sorrel Attwater <sorrel.attwater@example.net>",
    to: str = COMPLAINTS,
    subject: str = "Complaint",
    message_id: str = "",
    sent: datetime | None = None,
    received: datetime | None = None,
    hops: int = 1,
    headers: tuple[str, ...] = (),
    content_type: str = "text/plain; charset=utf-8",
) -> bytes:
    """A message as a mail server leaves it. No Date, no Received line where none is given."""
    lines = [
        f"Received: from relay{hop}.example.net (relay{hop}.example.net [192.0.2.{hop + 10}])\r\n"
        f"\tby mx1.harrowmere.example with ESMTPS; {format_datetime(received)}"
        for hop in range(hops)
        if received
    ]
    if sent:
        lines.append(f"Date: {format_datetime(sent)}")
    lines += [f"From: {sender}", f"To: {to}", f"Subject: {subject}"]
    if message_id:
        lines.append(f"Message-ID: <{message_id}>")
    lines += [*headers, "MIME-Version: 1.0", f"Content-Type: {content_type}"]
    lines += ["Content-Transfer-Encoding: 8bit", "", *text.split("\n"), ""]
    return "\r\n".join(lines).encode()


_MATTERS = (
    (
        "the repairs service. The gutter above my back door has leaked since March and I "
        "reported it three times. Two appointments were missed and nobody told me. I want the "
        "gutter mended and an apology."
    ),
    (
        "the damp and mould in my bedroom. I reported it in January and again in April, and the "
        "surveyor never came. My son has asthma and coughs every night. I want the mould "
        "treated and the cause found."
    ),
    (
        "my heating. The boiler has broken down four times this autumn and your contractor "
        "leaves it half mended every time. We had no hot water for nine days. I want a new "
        "boiler and compensation."
    ),
    (
        "the way you dealt with the noise from the flat above. I sent in diary sheets in August "
        "and have heard nothing since. Nobody rings back. I want somebody to take the case on "
        "and tell me what happens next."
    ),
    (
        "the stairwell in our block. The lights have been out for six weeks and the lift is "
        "filthy. I rang the office five times and was told it would be looked into. I want the "
        "lights repaired."
    ),
)


def complaint(
    number: int, at: datetime, *, who: Person | None = None, subject: str = "Formal complaint"
) -> bytes:
    """A complaint, in so many words."""
    who = who or person(number)
    text = (
        "Dear Housing Team,\n\n"
        f"I wish to make a formal complaint about {_MATTERS[number % len(_MATTERS)]}\n\n"
        f"Yours faithfully,\n\n{who.name}\n{who.home}\n{who.phone}"
    )
    return mail(
        text,
        sender=f"{who.name} <{who.address}>",
        subject=subject,
        message_id=f"complaint.{number}@mail.example.net",
        sent=at - timedelta(seconds=4),
        received=at,
    )


def escalation(number: int, at: datetime, *, reference: str, who: Person | None = None) -> bytes:
    """A request for stage 2."""
    who = who or person(number)
    text = (
        f"I am not happy with your stage 1 answer to my complaint {reference}. Please take my "
        "complaint to stage 2.\n\n"
        f"{who.name}\n{who.home}"
    )
    return mail(
        text,
        sender=f"{who.name} <{who.address}>",
        subject=f"Stage 2 please: {reference}",
        message_id=f"escalation.{number}@mail.example.net",
        sent=at - timedelta(seconds=4),
        received=at,
    )


def chaser(number: int, at: datetime, *, reference: str, who: Person, answers: str = "") -> bytes:
    """Somebody asks how their complaint stands."""
    return mail(
        f"Is there any news about my complaint {reference}? Please let me know what is "
        f"happening.\n\n{who.name}",
        sender=f"{who.name} <{who.address}>",
        subject=f"Re: {reference}",
        message_id=f"chaser.{number}@mail.example.net",
        sent=at,
        received=at,
        headers=(f"In-Reply-To: <{answers}>",) if answers else (),
    )


def web_form(number: int, at: datetime) -> bytes:
    """A complaint by a web form, which sends from the landlord's own address."""
    who = person(number)
    text = (
        'A resident has filled in the form "Make a housing complaint".\n\n'
        f"Reference: HBF-{number:05d}\n\nYour name: {who.name}\nYour address: {who.home}\n"
        f"Telephone: {who.phone}\nEmail: {who.address}\n\n"
        "What is your complaint about? Repairs\n\nPlease tell us what has gone wrong\n"
        "The back door was promised for June and has not come. I took two mornings off and nobody "
        "turned up.\n\nWhat would you like us to do to put it right?\nFit the door."
    )
    return mail(
        text,
        sender="Harrowmere Online Forms <forms@harrowmere.example>",
        subject=f"New form: Make a housing complaint (HBF-{number:05d})",
        message_id=f"form.{number}@forms.harrowmere.example",
        sent=at,
        received=at,
        headers=("Auto-Submitted: auto-generated", "X-Form-Name: housing-complaint"),
    )


def out_of_office(number: int, at: datetime) -> bytes:
    """A machine's answer."""
    who = person(number)
    return mail(
        "I am away until Monday and will read your message then.",
        sender=f"{who.name} <{who.address}>",
        subject="Automatic reply: Your repair",
        message_id=f"away.{number}@mail.example.net",
        sent=at,
        received=at,
        headers=("Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All"),
    )


def bounce(number: int, at: datetime, *, of: str, recipient: str) -> bytes:
    """A mail server could not deliver the message with the Message-ID `of` (RFC 3464)."""
    text = (
        "--=_bounce\nContent-Type: text/plain; charset=us-ascii\n\n"
        "This is the mail system at host mx1.harrowmere.example.\n\n"
        f"<{recipient}>: 550 5.1.1 user unknown\n\n"
        "--=_bounce\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx1.harrowmere.example\n\n"
        f"Final-Recipient: rfc822; {recipient}\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 user unknown\n\n"
        "--=_bounce\nContent-Type: text/rfc822-headers\n\n"
        f"From: {COMPLAINTS}\nTo: {recipient}\nSubject: Your complaint\nMessage-ID: <{of}>\n\n"
        "--=_bounce--"
    )
    return mail(
        text,
        sender="Mail Delivery System <MAILER-DAEMON@mx1.harrowmere.example>",
        subject="Undelivered Mail Returned to Sender",
        message_id=f"bounce.{number}@mx1.harrowmere.example",
        sent=at,
        received=at,
        headers=("Return-Path: <>", "Auto-Submitted: auto-replied"),
        content_type='multipart/report; report-type=delivery-status; boundary="=_bounce"',
    )


_OTHER = {
    "My kitchen tap drips": "Hello, my kitchen tap has started to drip. Please can somebody come "
    "and mend it? Any day next week suits me.",
    "Thank you": "I just want to thank Tamsin in repairs. The door was done the same day.",
    "Freedom of information request": "Under the Freedom of Information Act 2000 please tell me "
    "how many homes you let last year.",
    "Cheap drain surveys": "Book now and save 40%! Unsubscribe by answering STOP.",
}


def other(number: int, at: datetime, *, who: Person | None = None) -> bytes:
    """A message that is no complaint."""
    who = who or person(number)
    subject, text = list(_OTHER.items())[number % len(_OTHER)]
    return mail(
        f"{text}\n\n{who.name}",
        sender=f"{who.name} <{who.address}>",
        subject=subject,
        message_id=f"other.{number}@mail.example.net",
        sent=at,
        received=at,
    )


def with_attachment(number: int, at: datetime, size: int) -> bytes:
    """A complaint with a picture of `size` bytes."""
    line = base64.encodebytes(random.Random(number).randbytes(57)).decode()
    picture = line * (size // 57)
    text = (
        "--=_parts\nContent-Type: text/plain; charset=utf-8\n\n"
        f"I want to make a complaint about {_MATTERS[0]}\n\nSee the picture.\n\n"
        '--=_parts\nContent-Type: image/jpeg; name="gutter.jpg"\n'
        'Content-Disposition: attachment; filename="gutter.jpg"\n'
        f"Content-Transfer-Encoding: base64\n\n{picture}\n--=_parts--"
    )
    who = person(number)
    return mail(
        text,
        sender=f"{who.name} <{who.address}>",
        message_id=f"picture.{number}@mail.example.net",
        sent=at,
        received=at,
        content_type='multipart/mixed; boundary="=_parts"',
    )


def broken() -> dict[str, bytes]:
    """Messages that no mail program should have sent, by what is wrong with them."""
    opening = (
        b"From: Hale Oakenshaw <hale.oakenshaw@example.net>\r\n"
        b"To: complaints@harrowmere.example\r\nSubject: "
    )
    body = b"\r\n\r\nI want to make a formal complaint: nobody mends my roof.\r\n"
    return {
        "empty": b"",
        "random": random.Random(4).randbytes(20_000),
        "no headers": b"I want to make a complaint about the lift.\n",
        "only headers": opening + b"Complaint\r\n",
        "unknown charset": opening
        + b"Complaint\r\nContent-Type: text/plain; charset=x-klingon-8"
        + body,
        "raw latin-1 headers": opening + b"R\xe9paration \xa3200 \xff" + body,
        "cut off": with_attachment(399, datetime(2026, 11, 18, 9, tzinfo=UTC), 3000)[:-1500],
        "nul bytes": opening + b"Com\0plaint\r\n\r\nThe \0 roof\0 leaks.\r\n",
        "boundary missing": opening + b"Complaint\r\nContent-Type: multipart/mixed" + body,
        "transfer encoding unheard of": opening
        + b"Complaint\r\nContent-Transfer-Encoding: rot13"
        + body,
        "date of nonsense": opening + b"Complaint\r\nDate: Blursday, 99 Foo 20026 99:99" + body,
        "headers without end": opening + b"x" * 300_000,
    }


def corpus(day: datetime) -> list[Letter]:
    """Some sixty messages of every kind, received over the week before `day`, oldest first.

    The first complaint opens the first case of its year; some later messages quote it.
    """
    began = day - timedelta(days=7)
    reference = f"CMP-{began.year}-000001"
    letters: list[Letter] = []

    def comes(what: str, raw: bytes, *, again_at: datetime | None = None) -> datetime:
        at = again_at or began + timedelta(minutes=97 * len(letters))
        letters.append(Letter(f"{len(letters):03d}-{what}.eml", raw, at))
        return at

    def now() -> datetime:
        return began + timedelta(minutes=97 * len(letters))

    comes("complaint", complaint(0, now()))
    for number in range(1, 14):
        comes("complaint", complaint(number, now()))
    comes("same-bytes", letters[2].raw)
    comes("other-route", other_route(letters[3].raw, now()))
    comes("same-id-other-words", letters[4].raw.replace(b"formal complaint", b"formal COMPLAINT 2"))
    comes("chaser", chaser(20, now(), reference=reference, who=person(0)))
    comes("thread", chaser(21, now(), reference="", who=person(1),
                           answers="complaint.1@mail.example.net"))  # fmt: skip
    comes("stranger", chaser(22, now(), reference=reference, who=person(300)))
    comes("escalation-early", escalation(23, now(), reference=reference, who=person(0)))
    comes("escalation-elsewhere", escalation(24, now(), reference=f"CMP-{began.year}-004711"))
    for number in range(30, 36):
        comes("form", web_form(number, now()))
    for number in range(40, 50):
        comes("other", other(number, now()))
    for number in range(50, 56):
        comes("away", out_of_office(number, now()))
    comes("bounce", bounce(60, now(), of="nobody@harrowmere.example", recipient="a@example.net"))
    comes("picture", with_attachment(61, now(), 200_000))
    for what, raw in broken().items():
        comes(what.replace(" ", "-"), raw)
    comes("same-bytes-once-more", letters[2].raw)
    return letters


def other_route(raw: bytes, at: datetime) -> bytes:
    """The same message by way of another server: one more Received line on top."""
    line = (
        "Received: from lists.harrowmere.example (lists.harrowmere.example [192.0.2.99])\r\n"
        f"\tby mx2.harrowmere.example with ESMTPS; {format_datetime(at)}\r\n"
    )
    return line.encode() + raw


def drop(inbox: Path, letters: list[Letter]) -> None:
    """Put them into an inbox, each with its own time."""
    for letter in letters:
        put(inbox / letter.name, letter.raw, letter.at)


def put(path: Path, raw: bytes, at: datetime) -> Path:
    """A file of that time."""
    path.write_bytes(raw)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path
