# ruff: noqa: E501  oddities are shown as they come
"""Messages whose sender, recipients, subject, words and files are known: sound, odd and damaged.

Each oddity is one that mail programs, gateways or copiers make. What is right was written with the
message and not taken from any parser.
"""

from __future__ import annotations

import base64
import hashlib
import quopri
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Known:
    """A message and what is right about it; files are (name, SHA-256 of the content).

    What is None is not judged.
    """

    raw: bytes
    sender: str | None
    to: tuple[str, ...] | None
    cc: tuple[str, ...] | None
    subject: str | None
    body: str | None
    files: tuple[tuple[str, str], ...] | None = ()


SENDERS: Final = (
    (b"Jo Tenant <jo@example.net>", "jo@example.net"),
    (b"jo@example.net", "jo@example.net"),
    (b'"Tenant, Jo (flat 4)" <jo@example.net>', "jo@example.net"),
    (b"Tenant, Jo <jo@example.net>", "jo@example.net"),
    (b"jo@example.net (Jo Tenant)", "jo@example.net"),
    (b"=?utf-8?B?Sm8gVMOpbmFudA==?= <jo@example.net>", "jo@example.net"),
    (b'"=?iso-8859-1?Q?T=E9nant=2C_Jo?=" <jo@example.net>', "jo@example.net"),
    (b"Jo T\xe9nant <jo@example.net>", "jo@example.net"),
    ("Jo Ténant <jo@example.net>".encode(), "jo@example.net"),
    (b"Jo <jo@example.net", "jo@example.net"),
    (b'"boss@landlord.example" <jo@example.net>', "jo@example.net"),
    (b"boss@landlord.example <jo@example.net>", "jo@example.net"),
    (b"<mailto:jo@example.net>", "jo@example.net"),
)
RECIPIENTS: Final = (
    (b"c@landlord.example", ("c@landlord.example",)),
    (b"C <c@landlord.example>, d@landlord.example", ("c@landlord.example", "d@landlord.example")),
    (b"c@landlord.example; d@landlord.example", ("c@landlord.example", "d@landlord.example")),
    (b"Team: c@landlord.example, d@landlord.example;", ("c@landlord.example", "d@landlord.example")),
    (b"undisclosed-recipients:;", ()),
    (b'"C, the team" <c@landlord.example>,\r\n\t<d@landlord.example>', ("c@landlord.example", "d@landlord.example")),
)  # fmt: skip
SUBJECTS: Final = (
    (b"Boiler", "Boiler"),
    (b"=?utf-8?Q?Caf=C3=A9_=C2=A3250?=", "Café £250"),
    (b"=?utf-8?B?Q2Fmww==?= =?utf-8?B?qSDCozI1MA==?=", "Café £250"),
    (b"=?UTF-8?Q?Caf=C3=A9 =C2=A3250?=", "Café £250"),
    (b"Re: =?windows-1252?Q?the_=93leak=94?=", "Re: the “leak”"),
    (b"=?x-nobody-knows?Q?Caf=E9?=", "Café"),
    (b"Caf\xe9 \xa3250", "Café £250"),
    ("Café £250".encode(), "Café £250"),
    (b"The boiler\r\n in the kitchen\r\n\tis broken", "The boiler in the kitchen is broken"),
    (b"=?utf-8?B?Q2Fmw6kgwqMyNTA?=", "Café £250"),
    (b"", ""),
)
WORDS: Final = "The café charged £250 and the boiler is still broken.\nNobody has come — not once."
_BODIES: Final = (
    ("utf-8", "utf-8", "8bit"),
    ("utf-8", "utf-8", "quoted-printable"),
    ("utf-8", "utf-8", "base64"),
    ("cp1252", "windows-1252", "quoted-printable"),
    ("cp1252", "iso-8859-1", "8bit"),
    ("cp1252", "", "8bit"),
    ("utf-8", "us-ascii", "8bit"),
    ("utf-8", "iso-8859-1", "quoted-printable"),
    ("cp1252", "utf-8", "8bit"),
    ("utf-8", "x-nobody-knows", "base64"),
    ("utf-16", "utf-16", "base64"),
)
_CONTENT: Final = bytes(range(256)) * 20
FILES: Final = (
    (b'attachment; filename="letter.pdf"', "letter.pdf"),
    (b"attachment; filename=letter of June.pdf", "letter of June.pdf"),
    (b"attachment; filename*=UTF-8''Caf%C3%A9.pdf", "Café.pdf"),
    (b"attachment; filename*0*=UTF-8''Caf%C3; filename*1*=%A9%20; filename*2=bill.pdf", "Café bill.pdf"),
    (b'attachment; filename="=?utf-8?B?Q2Fmw6kucGRm?="', "Café.pdf"),
    (b'attachment; filename="Caf\xe9.pdf"', "Café.pdf"),
    ('attachment; filename="Café.pdf"'.encode(), "Café.pdf"),
    (b'inline; filename="photo.pdf"', "photo.pdf"),
)  # fmt: skip


def known_messages() -> Iterator[Known]:
    """Every oddity with plain surroundings, then the oddities of the whole."""
    for (sender, right), index in zip(SENDERS, range(99), strict=False):
        yield _known(sender=sender, right_sender=right, subject=SUBJECTS[index % 3])
    for (to, right_to), (cc, right_cc) in product(RECIPIENTS, RECIPIENTS[:3]):
        yield _known(to=to, right_to=right_to, cc=cc, right_cc=right_cc)
    for subject in SUBJECTS:
        yield _known(subject=subject)
    for charset, declared, encoding in _BODIES:
        yield _known(part=_part(WORDS.encode(charset), declared, encoding))
        html = ("<p>" + WORDS.replace("\n", "<br>")).encode(charset)
        yield _known(part=_part(html, declared, encoding, "text/html"))
    for disposition, name in FILES:
        yield _with_file(disposition, name, "base64")
    for encoding in ("quoted-printable", "binary"):
        yield _with_file(*FILES[0], encoding)
    yield from _odd_as_a_whole()


def _known(
    *,
    sender: bytes = SENDERS[0][0],
    right_sender: str = SENDERS[0][1],
    to: bytes = RECIPIENTS[0][0],
    right_to: tuple[str, ...] = RECIPIENTS[0][1],
    cc: bytes = b"",
    right_cc: tuple[str, ...] = (),
    subject: tuple[bytes, str] = SUBJECTS[0],
    part: bytes = b"",
    files: tuple[tuple[str, str], ...] = (),
) -> Known:
    lines = [b"From: " + sender, b"To: " + to]
    lines += [b"Cc: " + cc] if cc else []
    lines += [b"Subject: " + subject[0], b"Date: Tue, 3 Mar 2026 09:15:00 +0000"]
    lines += [b"Message-ID: <1@example.net>", b"MIME-Version: 1.0"]
    part = part or _part(WORDS.encode(), "utf-8", "8bit")
    raw = b"\r\n".join(lines) + b"\r\n" + part
    return Known(raw, right_sender, right_to, right_cc, subject[1], WORDS, files)


def _part(content: bytes, charset: str, encoding: str, kind: str = "text/plain") -> bytes:
    declared = f"; charset={charset}" if charset else ""
    head = f"Content-Type: {kind}{declared}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + _encoded(content, encoding)


def _encoded(content: bytes, encoding: str) -> bytes:
    if encoding == "base64":
        return base64.encodebytes(content)
    if encoding == "quoted-printable":
        return quopri.encodestring(content)
    return content


def _with_file(disposition: bytes, name: str, encoding: str) -> Known:
    content = _CONTENT if encoding != "binary" else b"Plain words of a file"
    file = b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: "
    file += encoding.encode() + b"\r\nContent-Disposition: " + disposition + b"\r\n\r\n"
    file += _encoded(content, encoding)
    text = _part(WORDS.encode(), "utf-8", "8bit")
    part = b"Content-Type: multipart/mixed; boundary=b1\r\n\r\n"
    part += b"\r\n".join((b"--b1", text, b"--b1", file, b"--b1--", b""))
    return _known(part=part, files=((name, hashlib.sha256(content).hexdigest()),))


def _odd_as_a_whole() -> Iterator[Known]:
    plain = _known()
    with_file = _with_file(*FILES[0], "base64")

    def same(raw: bytes, of: Known = plain) -> Known:
        return Known(raw, of.sender, of.to, of.cc, of.subject, of.body, of.files)

    yield same(b"From jo@example.net Tue Mar  3 09:15:00 2026\r\n" + plain.raw)
    yield same(b"\xef\xbb\xbf" + plain.raw)
    yield same(b"\r\n\r\n" + plain.raw)
    yield same(plain.raw.decode().encode("utf-16"))
    for of in (plain, with_file):
        yield same(of.raw.replace(b"\r\n", b"\n"), of)
        yield same(of.raw.replace(b"\r\n", b"\r").replace(b"\n", b"\r"), of)
        yield same(of.raw.replace(b"\r\n", b"\r\r\n"), of)
        yield same(of.raw.replace(b"Subject:", b"no header at all\r\nSubject:"), of)
        yield same(of.raw.replace(b"Subject:", b"Subject :"), of)
    yield same(with_file.raw.replace(b"boundary=b1", b"boundary=b2"), with_file)
    yield same(with_file.raw.replace(b"--b1--", b""), with_file)
    yield same(with_file.raw.replace(b"boundary=b1", b'boundary="b1'), with_file)
    yield same(with_file.raw.replace(b"; boundary=b1", b"; charset=utf-8; boundary=b1"), with_file)
    yield same(plain.raw.replace(b"8bit", b"base64").replace(b"charset=utf-8", b"charset=ascii"))
    yield same(plain.raw.replace(b"text/plain; charset=utf-8", b"text"))
    yield same(plain.raw.replace(b"charset=utf-8", b'charset="utf-8; format=flowed'))
