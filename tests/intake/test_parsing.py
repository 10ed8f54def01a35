# ruff: noqa: E501  mail is shown as it comes, long lines and all
from __future__ import annotations

import base64
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from correspondence.intake.message import Address, Message
from correspondence.intake.parsing import parse
from tests.intake.written_mail import OFFICE, eml, group, multipart, part


def test_an_ordinary_message_is_read_whole() -> None:
    message = parse(
        eml(
            "The boiler is broken.\r\n",
            headers={"Cc": "Cllr B <b@council.example>", "In-Reply-To": "<x@landlord.example>"},
            raw_headers=b"Received: from a by b; Tue, 3 Mar 2026 09:15:04 +0000\r\n",
        )
    )
    assert message.message_id == "abc123@example.net"
    assert message.sender == Address("Jo Tenant", "jo.tenant@example.net")
    assert message.to == (Address("", OFFICE),)
    assert message.cc == (Address("Cllr B", "b@council.example"),)
    assert message.subject == "Boiler"
    assert message.sent_at == datetime(2026, 3, 3, 9, 15, tzinfo=UTC)
    assert message.server_received_at == datetime(2026, 3, 3, 9, 15, 4, tzinfo=UTC)
    assert message.in_reply_to == ("x@landlord.example",)
    assert message.text == "The boiler is broken."
    assert message.header("mime-version") == "1.0"
    assert (message.unreadable, message.defects) == ("", ())


@pytest.mark.parametrize("line_end", [b"\r\n", b"\n", b"\r"])
def test_line_ends_of_any_kind_are_understood(line_end: bytes) -> None:
    raw = multipart(part("One"), part("Two")).replace(b"\r\n", line_end)
    assert parse(raw).text == "One\n\nTwo"


@pytest.mark.parametrize(
    "raw",
    [b"", b"\r\n\r\n", b"\0" * 50, bytes(range(256)) * 20, b"\x7fELF\x02\x01\x01" + b"\0" * 99],
)
def test_what_is_no_message_says_so_in_a_sentence(raw: bytes) -> None:
    message = parse(raw)
    assert message.unreadable.startswith("The ")
    assert message.unreadable.endswith(".")


def test_a_document_in_place_of_a_message_is_kept_and_read() -> None:
    message = parse(b"{\\rtf1\\ansi My boiler is broken.\\par}", "letter.rtf")
    assert "rich-text document, not a mail message" in message.unreadable
    assert message.attachments[0].name == "letter.rtf"
    assert message.attachments[0].text == "My boiler is broken."


def test_text_without_headers_is_all_body() -> None:
    message = parse(b"Dear Sirs,\nthe boiler: it is broken.\n\nJo")
    assert message.text == "Dear Sirs,\nthe boiler: it is broken.\n\nJo"
    assert message.unreadable == ""
    assert "no headers" in message.defects[0]


def test_a_first_line_that_looks_like_a_header_is_still_body_where_mail_has_none_such() -> None:
    assert parse(b"Complaint: the boiler\nis broken").text == "Complaint: the boiler\nis broken"


@pytest.mark.parametrize(
    "before",
    [b"\r\n\r\n", b"\xef\xbb\xbf", b" \n", b"From jo@example.net Tue Mar  3 09:15:00 2026\n"],
)
def test_blank_lines_marks_and_mailbox_separators_before_the_headers_are_passed_over(
    before: bytes,
) -> None:
    message = parse(before + eml("Words"))
    assert (message.subject, message.text) == ("Boiler", "Words")


def test_a_message_saved_as_utf_16_is_read() -> None:
    assert parse(eml("Siân’s boiler").decode("utf-8").encode("utf-16")).text == "Siân’s boiler"


def test_headers_that_are_missing_are_empty_and_noted() -> None:
    message = parse(b"Date: Tue, 03 Mar 2026 09:15:00 +0000\r\n\r\nWords")
    assert (message.sender, message.to, message.subject) == (Address(), (), "")
    assert message.message_id == ""
    assert any("no sender" in defect for defect in message.defects)
    assert any("no Message-ID" in defect for defect in message.defects)


def test_more_than_one_sender_is_a_sign_of_forgery() -> None:
    message = parse(eml(raw_headers=b"From: Boss <boss@landlord.example>\r\n"))
    assert message.sender.address == "jo.tenant@example.net"
    assert any("more than one sender" in defect for defect in message.defects)


def test_a_sender_is_looked_for_where_from_is_empty() -> None:
    raw = eml(headers={"From": ""}, raw_headers=b"Return-Path: <jo@example.net>\r\n")
    assert parse(raw).sender.address == "jo@example.net"


def test_raw_eight_bit_headers_are_read() -> None:
    raw = eml(
        headers={"Subject": "", "From": ""},
        raw_headers=b"Subject: caf\xe9 \xa3250\r\nFrom: Si\xc3\xa2n <s@example.net>\r\n",
    )
    assert parse(raw).subject == "café £250"
    assert parse(raw).sender == Address("Siân", "s@example.net")


def test_nothing_can_be_smuggled_into_a_header_by_an_encoded_line_break() -> None:
    message = parse(eml(headers={"Subject": "=?utf-8?q?x=0D=0AFrom:_boss@landlord.example?="}))
    assert message.subject == "x From: boss@landlord.example"
    assert message.sender.address == "jo.tenant@example.net"


def test_a_date_that_is_none_is_noted_and_the_message_read() -> None:
    message = parse(eml(headers={"Date": "last Tuesday"}))
    assert message.sent_at is None
    assert message.text == "The boiler is broken."
    assert any("not a date" in defect for defect in message.defects)


def test_all_text_parts_are_joined() -> None:
    raw = multipart(part("One"), part("<p>Two</p>", "text/html"), part("Three"))
    assert parse(raw).text == "One\n\nTwo\n\nThree"


def test_plain_text_is_preferred_to_html_and_the_html_is_kept() -> None:
    raw = multipart(part("Plain words"), part("<p>Rich words</p>", "text/html"), kind="alternative")
    message = parse(raw)
    assert message.text == "Plain words"
    assert message.html == "<p>Rich words</p>"


@pytest.mark.parametrize(
    "plain",
    ["", "  \r\n", "Please see the HTML version.", "Your email client does not support this", "Hi"],
)
def test_html_is_read_where_the_plain_part_only_points_to_it(plain: str) -> None:
    rich = "<p>" + "My boiler has been broken since Monday and nobody came. " * 5 + "</p>"
    raw = multipart(part(plain), part(rich, "text/html"), kind="alternative")
    assert parse(raw).text.startswith("My boiler has been broken")


def test_html_in_a_part_that_calls_itself_plain_is_read_as_html() -> None:
    assert parse(eml("<html><body><p>Words</p></body></html>")).text == "Words"


def test_alternatives_with_pictures_and_files_inside_keep_them() -> None:
    picture = part(b"\x89PNG...", "image/png", encoding="base64", disposition="inline")
    rich = group(part("<p>Rich</p>", "text/html"), picture, kind="related", boundary="b3")
    message = parse(multipart(part("Plain"), rich, kind="alternative"))
    assert message.text == "Plain"
    assert [item.name for item in message.attachments] == ["attachment.png"]
    assert message.attachments[0].content == b"\x89PNG..."


@pytest.mark.parametrize(
    "end", [b"", b"\r\n--b1", b"\r\n--b1\r\n", b"\r\n--b1\r\nContent-Type: text"]
)
def test_a_message_cut_short_anywhere_keeps_what_came(end: bytes) -> None:
    raw = multipart(part("One"), part("Two"))
    assert parse(raw[: raw.rindex(b"\r\n--b1--")] + end).text.startswith("One\n\nTwo")


@pytest.mark.parametrize(
    "declared",
    ["multipart/mixed; boundary=other", "multipart/mixed", 'multipart/alternative; boundary=""'],
)
def test_parts_are_found_where_the_boundary_is_wrong_or_missing(declared: str) -> None:
    body = (
        b"--real\r\n"
        + part("Words")
        + b"\r\n--real\r\n"
        + part(
            b"abc", "application/pdf", encoding="base64", disposition='attachment; filename="a.pdf"'
        )
        + b"\r\n--real--"
    )
    message = parse(eml(body, content_type=declared))
    assert message.text == "Words"
    assert [item.name for item in message.attachments] == ["a.pdf"]


def test_a_multipart_without_any_parts_is_text() -> None:
    message = parse(eml("Just words, no parts", content_type="multipart/mixed; boundary=x"))
    assert message.text == "Just words, no parts"


def test_words_outside_the_parts_are_kept_but_for_the_usual_note() -> None:
    raw = multipart(
        part("Inside"),
        preamble=b"This is a multi-part message in MIME format.",
        epilogue=b"List footer",
    )
    assert parse(raw).text == "Inside\n\nList footer"
    raw = multipart(part("Inside"), preamble=b"My boiler is broken")
    assert parse(raw).text == "My boiler is broken\n\nInside"


def test_a_broken_attachment_does_not_lose_the_message() -> None:
    broken = part(b"", "application/pdf", encoding="", disposition='attachment; filename="a.pdf"')
    broken = broken.replace(
        b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBER!!!", 1
    )
    message = parse(multipart(part("Words"), broken))
    assert message.text == "Words"
    assert message.attachments[0].unread_because
    assert any("base64" in defect for defect in message.defects)


def test_attachment_names_are_safe_and_unlike() -> None:
    files = [
        part(b"x", "text/plain", disposition='attachment; filename="../../etc/passwd"'),
        part(b"y", "text/plain", disposition='attachment; filename="PASSWD"'),
    ]
    assert [a.name for a in parse(multipart(*files)).attachments] == ["passwd", "PASSWD (2)"]


def test_binary_attachments_keep_every_byte() -> None:
    content = bytes(range(256)) * 10
    plain = part(content, "application/x-thing", encoding="binary", disposition="attachment")
    packed = part(content, "application/x-thing", encoding="base64", disposition="attachment")
    assert parse(multipart(part("x"), packed)).attachments[0].content == content
    assert parse(multipart(part("x"), plain)).attachments[0].content == content


def test_calendar_parts_are_kept_and_read() -> None:
    ics = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Inspection\r\nEND:VEVENT\r\nEND:VCALENDAR"
    raw = multipart(
        part("See invite"), part(ics, "text/calendar; method=REQUEST"), kind="alternative"
    )
    message = parse(raw)
    assert message.text == "See invite"
    assert [(a.name, a.text) for a in message.attachments] == [
        ("attachment.ics", "Summary: Inspection")
    ]


def test_softly_broken_lines_are_joined() -> None:
    body = "The boiler \r\nis broken.\r\n> quoted \r\n> text\r\n-- \r\nJo"
    raw = eml(body, content_type="text/plain; charset=utf-8; format=flowed")
    assert parse(raw).text == "The boiler is broken.\n> quoted text\n-- \nJo"


def test_a_uuencoded_file_in_the_text_is_an_attachment() -> None:
    message = parse(eml("See.\r\nbegin 644 note.txt\r\n+:&5L;&\\@=V]R;&0\r\n`\r\nend\r\n"))
    assert message.text.strip() == "See."
    assert (message.attachments[0].name, message.attachments[0].text) == ("note.txt", "hello world")


def test_a_message_attached_is_opened() -> None:
    inner = b"Content-Type: message/rfc822\r\n\r\n" + eml(
        "Inner words", headers={"Subject": "Inner"}
    )
    message = parse(multipart(part("See attached"), inner))
    assert message.text == "See attached"
    assert [(m.subject, m.text) for m in message.forwarded] == [("Inner", "Inner words")]


@pytest.mark.parametrize("kind", ["application/octet-stream", "message/rfc822", "text/plain"])
def test_a_message_attached_as_a_file_is_opened_and_kept(kind: str) -> None:
    inner = part(
        eml("Inner words"), kind, encoding="base64", disposition='attachment; filename="fwd.eml"'
    )
    message = parse(multipart(part("See attached"), inner))
    assert [m.text for m in message.forwarded] == ["Inner words"]
    (kept,) = message.attachments
    assert kept.name == "fwd.eml"
    assert (kept.text, kept.opened_text) == ("", "Inner words")  # its words count once
    assert parse(kept.content).text == "Inner words"


def test_messages_in_one_another_are_all_opened() -> None:
    raw = eml("Innermost")
    for _ in range(5):
        raw = multipart(
            part("Outer"), b"Content-Type: message/rfc822\r\n\r\n" + raw, boundary=f"b{len(raw)}"
        )
    message = parse(raw)
    for _ in range(5):
        message = message.forwarded[0]
    assert message.text == "Innermost"


def signed_envelope(content: bytes, *, open_length: bool = False) -> bytes:
    """The outline of a CMS SignedData, as S/MIME wraps a message in it."""

    def wrapped(tag: int, inside: bytes) -> bytes:
        if open_length and tag & 0x20:
            return bytes([tag, 0x80]) + inside + b"\0\0"
        size = len(inside).to_bytes(4, "big")
        return bytes([tag, 0x84]) + size + inside

    octets = wrapped(0x24, wrapped(0x04, content[:50]) + wrapped(0x04, content[50:]))
    data = wrapped(0x30, b"\x06\x09" + bytes.fromhex("2a864886f70d010701") + wrapped(0xA0, octets))
    signed = wrapped(0x30, b"\x02\x01\x01" + wrapped(0x31, b"") + data)
    return wrapped(0x30, b"\x06\x09" + bytes.fromhex("2a864886f70d010702") + wrapped(0xA0, signed))


@pytest.mark.parametrize("open_length", [False, True])
def test_a_message_signed_with_s_mime_is_opened(open_length: bool) -> None:
    envelope = signed_envelope(
        part("Signed words, rather many of them so that they fill two pieces"),
        open_length=open_length,
    )
    raw = eml(
        base64.encodebytes(envelope),
        content_type='application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"',
        encoding="base64",
    )
    message = parse(raw)
    assert message.text.startswith("Signed words")
    assert message.unreadable == ""


def test_a_clear_signed_message_is_read_and_its_signature_kept() -> None:
    raw = multipart(
        part("Signed words"),
        part(
            b"0\x80",
            "application/pkcs7-signature",
            encoding="base64",
            disposition="attachment; filename=smime.p7s",
        ),
        kind="signed",
    )
    message = parse(raw)
    assert message.text == "Signed words"
    assert [(a.name, a.unread_because) for a in message.attachments] == [("smime.p7s", "")]


def test_an_encrypted_message_says_that_it_is() -> None:
    smime = eml(
        base64.encodebytes(b"0\x82\x01\x00" + b"x" * 256),
        content_type="application/pkcs7-mime; smime-type=enveloped-data",
        encoding="base64",
    )
    assert "encrypted (S/MIME)" in parse(smime).unreadable
    pgp = multipart(
        part("Version: 1", "application/pgp-encrypted"),
        part("-----BEGIN PGP MESSAGE-----", "application/octet-stream"),
        kind="encrypted",
        parameters='; protocol="application/pgp-encrypted"',
    )
    assert "encrypted (PGP)" in parse(pgp).unreadable
    inline = eml("-----BEGIN PGP MESSAGE-----\r\n\r\nabc\r\n-----END PGP MESSAGE-----")
    assert "encrypted (PGP)" in parse(inline).unreadable


def test_winmail_dat_is_named_as_unread() -> None:
    raw = multipart(
        part("See attached"),
        part(
            b"\x78\x9f\x3e\x22abc",
            "application/ms-tnef",
            encoding="base64",
            disposition="attachment; filename=winmail.dat",
        ),
    )
    message = parse(raw)
    assert "winmail.dat" in message.attachments[0].unread_because
    assert any("winmail.dat" in defect for defect in message.defects)


def test_history_signature_and_new_words_are_told_apart() -> None:
    body = "No.\r\n\r\nSent from my iPhone\r\n\r\nOn 3 Mar 2026, at 09:15, Office <o@landlord.example> wrote:\r\n> Is it mended?\r\n"
    message = parse(eml(body, headers={"Subject": "Re: Boiler"}))
    assert message.new_text == "No."
    assert message.signature == "Sent from my iPhone"
    assert message.quoted_text.endswith("> Is it mended?")


def test_a_message_over_a_limit_still_says_who_and_what() -> None:
    message = parse(multipart(part("First words"), *[part("x")] * 50_000))
    assert "more than 500 parts" in message.unreadable
    assert message.sender.address == "jo.tenant@example.net"
    assert message.subject == "Boiler"
    assert message.sent_at is not None
    assert message.message_id == "abc123@example.net"
    assert message.text.startswith("First words")


def test_five_thousand_messages_in_one_another_are_no_trouble() -> None:
    raw = b"Content-Type: message/rfc822\r\nSubject: x\r\n\r\n" * 5_000 + b"inner"
    assert "nests more than" in parse(raw).unreadable
    groups = eml(
        content_type="multipart/mixed; boundary=b0",
        body=b"".join(
            b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1)
            for n in range(5_000)
        ),
    )
    assert "nests more than" in parse(groups).unreadable


def test_encoded_messages_in_one_another_are_limited_too() -> None:
    raw = eml("Innermost")
    for _ in range(40):
        raw = multipart(
            part("Level"),
            part(
                raw,
                "application/octet-stream",
                encoding="binary",
                disposition='attachment; filename="a.eml"',
            ),
            boundary=f"b{len(raw)}",
        )
    message, depth = parse(raw), 0
    while message.forwarded:
        message, depth = message.forwarded[0], depth + 1
    assert depth <= 32
    assert "nests more than" in message.unreadable


def test_thirty_megabytes_of_attachment_are_read_whole() -> None:
    content = bytes(range(256)) * (22_000_000 // 256)
    raw = multipart(
        part("Words"),
        part(
            content, "application/zip", encoding="base64", disposition="attachment; filename=a.zip"
        ),
    )
    message = parse(raw)
    assert message.unreadable == ""
    assert message.attachments[0].content == content


def test_one_damaged_message_gives_a_message_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = eml(headers={"Content-Type": "text/plain; charset=" + "x" * 30_000})
    assert isinstance(parse(raw), Message)


def test_importing_the_parser_brings_no_document_readers() -> None:
    code = (
        "import sys, correspondence.intake.parsing;"
        "print([m for m in ('pypdf', 'lxml', 'oxmsg', 'olefile', 'selectolax', 'docx', 'pydantic')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_message_in_the_message_is_shown_with_its_words_as_a_file() -> None:
    inner = b"Content-Type: message/rfc822\r\n\r\n" + eml("Inner words")
    message = parse(multipart(part("See below"), inner))
    (kept,) = message.attachments
    assert (kept.name, kept.opened_text) == (f"{message.forwarded[0].subject}.eml", "Inner words")


def test_messages_in_messages_are_not_kept_over_and_over() -> None:
    raw = eml("x" * 3_000_000)
    for level in range(28):
        raw = multipart(
            part("Outer"), b"Content-Type: message/rfc822\r\n\r\n" + raw, boundary=f"b{level}"
        )
    message: Message | None = parse(raw)
    kept = 0
    while message is not None:
        kept += sum(item.size for item in message.attachments)
        message = next(iter(message.forwarded), None)
    assert kept < 100_000_000


def test_a_part_that_describes_itself_twice_is_known_by_what_it_said_first() -> None:
    twice = (
        b'Content-Type: text/plain; name="a.txt"; name="a.txt"\r\nContent-Disposition: inline\r\n'
        b"Content-Disposition: attachment; filename=a.txt\r\n\r\nFile"
    )
    message = parse(multipart(part("Words"), twice))
    assert [item.name for item in message.attachments] == ["a.txt"]
    assert message.text == "Words"


def test_a_part_that_only_says_it_is_base64_is_read_as_it_stands() -> None:
    message = parse(eml("The boiler has been broken since June.", encoding="base64"))
    assert message.text == "The boiler has been broken since June."
    assert any("says it is base64" in defect for defect in message.defects)


def test_a_name_that_poses_as_another_address_is_noted() -> None:
    posing = parse(eml(headers={"From": "ceo@landlord.example <x@evil.example>"}))
    assert posing.sender.address == "x@evil.example"
    assert any("another mail address" in defect for defect in posing.defects)
    plain = parse(eml(headers={"From": '"jo@example.net" <jo@example.net>'}))
    assert plain.defects == ()


def test_chinese_in_the_wider_of_two_sets_is_read() -> None:
    words = "\u955c\u5934 \u9555".encode("gb18030")
    message = parse(eml(words, content_type="text/plain; charset=gb2312"))
    assert message.text == "\u955c\u5934 \u9555"
