# ruff: noqa: E501  mail is shown as it comes, long lines and all
"""Whatever the bytes, `parse` gives a Message: damaged, cut, mixed up or made with malice."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correspondence.intake.content import content_digest
from correspondence.intake.message import Message
from correspondence.intake.parsing import parse
from tests.intake.compound_file import compound_file, storage
from tests.intake.written_mail import eml, group, multipart, part

WHOLE = [
    eml("The boiler is broken.\r\n\r\nSent from my iPhone"),
    eml("On 3 Mar 2026, at 09:15, A <a@example.net> wrote:\r\n> x\r\n\r\nNo.", headers={"Subject": "Re: x"}),
    multipart(
        group(part("Plain"), part("<p>Rich <a href='https://x.example'>y</a></p>", "text/html")),
        part(b"%PDF-1.4 nothing", "application/pdf", encoding="base64", disposition='attachment; filename="a.pdf"'),
        b"Content-Type: message/rfc822\r\n\r\n" + eml("Inner"),
    ),
    multipart(
        part("Not delivered"),
        part("Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; a@example.net\r\nAction: failed\r\nStatus: 5.1.1", "message/delivery-status"),
        part("Message-ID: <ours@landlord.example>", "text/rfc822-headers"),
        kind="report",
    ),
    compound_file(storage(32, texts={0x0037: "Boiler", 0x1000: "It is broken.", 0x0C1A: "Jo"})),
]  # fmt: skip

INJECTED = [
    b"\r\n",
    b"\r",
    b"\0",
    b"Content-Type: multipart/mixed; boundary=b1\r\n",
    b"Content-Type: message/rfc822\r\n\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: x-uuencode\r\n",
    b"\r\n--b1\r\n",
    b"\r\n--b1--\r\n",
    b"From: =?utf-7?b?////?= <\r\n",
    b"Date: Fri, 99 Foo 0000 99:99:99 +9999\r\n",
    b"Received: ; 31 Dec 9999 23:59:59 -2359\r\n",
    b"; charset=utf-16",
    b"; filename*0*=utf-16''%FF",
    b"\xff\xfe\xfd",
    b"<table><td>",
    b"begin 644 x\nM\nend\n",
]


def check(raw: bytes) -> Message:
    """A Message that can be kept: text that can be stored, names that are safe, a digest."""
    message = parse(raw)
    assert isinstance(message, Message)
    assert "could not be read (" not in message.unreadable  # the last resort was not needed
    assert "could not be read to its end" not in message.unreadable
    json.dumps([message.text, message.new_text, message.subject, dict(message.headers)]).encode()
    for text in (message.text, message.new_text, message.html, message.subject):
        text.encode("utf-8")
        assert "\0" not in text
    assert bool(message.new_text.strip()) == bool(message.text.strip())
    assert all("/" not in item.name and item.name for item in message.attachments)
    assert len({item.name.lower() for item in message.attachments}) == len(message.attachments)
    assert len(content_digest(message)) == 64
    return message


@given(st.binary(max_size=2_000))
def test_random_bytes_give_a_message(raw: bytes) -> None:
    check(raw)


@given(
    st.binary(max_size=600),
    st.sampled_from(
        [
            "text/plain",
            "text/html",
            "multipart/mixed; boundary=b1",
            "message/rfc822",
            "multipart/report; boundary=b1",
            "application/pkcs7-mime",
            "text/calendar",
        ]
    ),
    st.sampled_from(["", "base64", "quoted-printable", "8bit", "x-uuencode"]),
)
def test_random_bodies_of_every_kind_give_a_message(body: bytes, kind: str, encoding: str) -> None:
    message = check(eml(body, content_type=kind, encoding=encoding))
    assert message.sender.address == "jo.tenant@example.net"


@settings(max_examples=300)
@given(st.sampled_from(WHOLE), st.data())
def test_a_message_damaged_anywhere_gives_a_message(whole: bytes, data: st.DataObject) -> None:
    raw = bytearray(whole)
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at] ^= 1 << data.draw(st.integers(0, 7))
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at:at] = data.draw(st.sampled_from(INJECTED))
    check(bytes(raw[: data.draw(st.integers(0, len(raw)))]))


@given(st.sampled_from(WHOLE), st.sampled_from(WHOLE), st.integers(0, 800), st.integers(0, 800))
def test_halves_of_two_messages_give_a_message(a: bytes, b: bytes, end: int, start: int) -> None:
    check(a[:end] + b[start:])


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "From",
                "To",
                "Subject",
                "Date",
                "Message-ID",
                "Content-Type",
                "Content-Disposition",
                "Content-Transfer-Encoding",
                "References",
                "Received",
                "Return-Path",
                "MIME-Version",
            ]
        ),
        st.binary(max_size=80),
        max_size=8,
    )
)
def test_random_header_values_give_a_message(values: dict[str, bytes]) -> None:
    head = b"".join(name.encode() + b": " + value + b"\r\n" for name, value in values.items())
    check(b"Subject: x\r\n" + head + b"\r\nWords\r\n")


@pytest.mark.parametrize(
    "raw",
    [
        eml(headers={"Subject": "=?utf-8?q?x?=\r\n " * 2_000}),
        eml(headers={"From": '"(<' * 5_000}),
        eml(headers={"To": ", ".join(f"a{n}@example.net" for n in range(1_500))}),
        eml(headers={"References": "<a@b> " * 5_000}),
        eml(raw_headers=b"Received: x; y\r\n" * 10_000),
        eml("> " * 200_000),
        eml("On 3 Mar 2026 x\r\n" * 50_000),
        eml("From: x\r\n" * 50_000),
        eml("a@b.example wrote: " * 20_000),
        eml("-" * 1_000_000),
        eml("Kind regards\r\n" * 50_000),
        eml("x" * 2_000_000),
        eml("0" * 300_000 + "@"),
        eml("<div>" * 200_000, content_type="text/html"),
        eml(
            "<div style='font-size:0'>" * 1_000
            + "<i style='font-size:0'>x</i>" * 12_000
            + "<b style='font-size:12px'>x</b>",
            content_type="text/html",
        ),
        eml("<style>" + "a," * 200_000 + "</style><p>x", content_type="text/html"),
        eml("<font color=white>x</font>" * 20_000, content_type="text/html"),
        eml("{" * 300_000, content_type="text/rtf"),
        eml("=" * 500_000, encoding="quoted-printable"),
        eml("=" * 500_000, encoding="base64"),
        eml("begin 644 x\n" * 50_000),
        eml('a; b="' * 5_000, content_type="text/plain; " + 'x=";' * 7_000),
        eml(content_type='multipart/mixed; boundary="' + "x" * 20_000 + '"'),
        b"{\\rtf1" + b"{\\u1 \\'" * 100_000,
        b"%PDF-1.7\n" + b"1 0 obj<</Kids[1 0 R]>>" * 20_000,
        b"\r" * 500_000,
        b"a:" * 500_000,
    ],
    ids=range(27),
)  # fmt: skip
def test_a_great_deal_of_one_thing_is_read_without_trouble(raw: bytes) -> None:
    check(raw)


def test_a_part_that_unpacks_to_much_more_is_read_within_limits() -> None:
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 60_000_000 + b"</a>")
    packed = base64.encodebytes(out.getvalue())
    raw = multipart(
        part(b"", "application/octet-stream").rstrip()
        + b"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=a.docx\r\n\r\n"
        + packed
    )
    assert "too large" in check(raw).attachments[0].unread_because
