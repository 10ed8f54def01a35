"""Messages damaged at random and by rule: flipped bits, cuts, lines that do not belong there."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from tests.intake.apart.drawn import picture, picture_file
from tests.intake.compound_file import compound_file, storage
from tests.intake.mail.packed import packed_file, winmail
from tests.intake.mail.test_attachments import pdf
from tests.intake.written_mail import eml, group, multipart, part

if TYPE_CHECKING:
    from collections.abc import Iterator

_REPORT: Final = (
    "Reporting-MTA: dns; mx.landlord.example\r\n\r\nFinal-Recipient: rfc822; jo@example.net\r\n"
    "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\r\n"
)


def whole_messages() -> list[bytes]:
    """Sound messages of every build that the parser knows."""
    html = "<div style='color:#fff'><table><tr><td>Caf\u00e9</td><td>&pound;250</td></tr></table>"
    return [
        eml("The boiler is broken.\r\n\r\nSent from my iPhone"),
        eml(
            "On 3 Mar 2026, at 09:15, A <a@example.net> wrote:\r\n> When?\r\n\r\nNever.",
            headers={"Subject": "=?utf-8?B?UmU6IENhZsOp?= =?utf-8?Q?_=C2=A3250?="},
        ),
        eml(html, content_type="text/html; charset=utf-8", encoding="quoted-printable"),
        multipart(
            group(part("Plain"), part(html, "text/html", encoding="base64")),
            part(
                pdf("A letter", "of two pages"),
                "application/pdf",
                encoding="base64",
                disposition="attachment; filename*0*=UTF-8''Caf%C3%A9; filename*1=.pdf",
            ),
            b"Content-Type: message/rfc822\r\n\r\n" + eml("Inner"),
        ),
        multipart(
            part("It was not delivered."),
            part(_REPORT, "message/delivery-status"),
            part("Message-ID: <ours@landlord.example>", "text/rfc822-headers"),
            kind="report",
        ),
        multipart(
            part("See attached"),
            part(winmail(packed_file("a.txt", b"File")), "application/ms-tnef", encoding="base64"),
        ),
        multipart(
            part("Scan"),
            part(
                picture_file(picture("x").resize((290, 400)), "PNG"),
                "image/png",
                encoding="base64",
                disposition="attachment; filename=scan.png",
            ),
        ),
        compound_file(storage(32, texts={0x0037: "Boiler", 0x1000: "It is broken.", 0x0C1A: "Jo"})),
    ]


_INJECTED: Final = (
    b"\r\n", b"\r", b"\n", b"\0", b"\r\n\r\n", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b$B", b"--",
    b"Content-Type: multipart/mixed; boundary=b1\r\n",
    b'Content-Type: multipart/alternative; boundary="b1\r\n',
    b"Content-Type: message/rfc822\r\n\r\n",
    b"Content-Type: message/delivery-status\r\n\r\n",
    b"Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: quoted-printable\r\n",
    b"Content-Transfer-Encoding: x-uuencode\r\n",
    b"Content-Disposition: attachment; filename*0*=utf-16''%FF\r\n",
    b"\r\n--b1\r\n", b"\r\n--b1--\r\n",
    b"From: =?utf-7?b?////?= <\r\n", b'From: "(<' * 40, b"To: " + b"a@b.example, " * 200,
    b"Subject: " + b"=?utf-8?q?x?= " * 100 + b"\r\n",
    b"Date: Fri, 99 Foo 0000 99:99:99 +9999\r\n",
    b"Received: ; 31 Dec 9999 23:59:59 -2359\r\n",
    b"References: " + b"<a@b> " * 200,
    b"; charset=utf-16", b"; charset=\xff", b"; format=flowed; delsp=yes", b"; boundary=",
    b"<table><td>" * 50, b"<div>" * 300, b"<!--", b"<style>", b"&#xd800;", b"begin 644 x\nM\nend\n",
    b"{\\rtf1{\\u1 ", b"%PDF-1.7\n1 0 obj<</Kids[1 0 R]>>", b"\x78\x9f\x3e\x22",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"-----BEGIN PGP MESSAGE-----\r\n", b"=ybegin line=128", b"> " * 200, b"x" * 2_000,
)  # fmt: skip


def mutated(messages: list[bytes], count: int, seed: int) -> Iterator[bytes]:
    """So many damaged messages; the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        raw = bytearray(chance.choice(messages))
        for _ in range(chance.choice((1, 1, 2, 4, 12))):
            at = chance.randrange(len(raw) + 1)
            match chance.randrange(7):
                case 0 if raw:
                    raw[min(at, len(raw) - 1)] ^= 1 << chance.randrange(8)
                case 1:
                    raw[at:at] = chance.choice(_INJECTED)
                case 2:
                    del raw[at : at + chance.randrange(1, 200)]
                case 3:
                    raw[at:at] = raw[at : at + chance.randrange(1, 400)]
                case 4:
                    raw[at : at + 1] = chance.randbytes(chance.randrange(1, 30))
                case 5:  # among the headers, where it does most
                    place = raw.find(b"\n", chance.randrange(400)) + 1
                    raw[place:place] = chance.choice(_INJECTED)
                case _:
                    if chance.random() < 0.2:
                        del raw[at:]
        yield bytes(raw)
