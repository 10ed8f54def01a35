# ruff: noqa: E501  mail is shown as it comes, long lines and all
from __future__ import annotations

import struct
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake.message import Address
from correspondence.intake.parsing import parse
from tests.intake.compound_file import Tree, compound_file, storage
from tests.intake.written_mail import eml, multipart, part

SENT = datetime(2026, 3, 3, 9, 15, tzinfo=UTC)
DELIVERED = datetime(2026, 3, 3, 9, 16, tzinfo=UTC)

SUBJECT, BODY, HTML, RTF, HEADERS = 0x0037, 0x1000, 0x1013, 0x1009, 0x007D
NAME, MAILBOX, SMTP, MESSAGE_ID, MESSAGE_CLASS = 0x0C1A, 0x0C1F, 0x5D01, 0x1035, 0x001A
SUBMIT_TIME, DELIVERY_TIME = 0x0039, 0x0E06
FILE_NAME, SHORT_NAME, FILE_CONTENT, MIME_TYPE = 0x3707, 0x3704, 0x3701, 0x370E
DISPLAY_NAME, SMTP_ADDRESS, RECIPIENT_TYPE = 0x3001, 0x39FE, 0x0C15


def recipient(number: int, name: str, address: str, kind: int) -> Tree:
    inner = storage(
        8, texts={DISPLAY_NAME: name, SMTP_ADDRESS: address}, integers={RECIPIENT_TYPE: kind}
    )
    return {f"__recip_version1.0_#{number:08X}": inner}


def attached(number: int, inner: Tree) -> Tree:
    return {f"__attach_version1.0_#{number:08X}": inner}


def file(name: str, content: bytes, kind: str = "") -> Tree:
    texts = {FILE_NAME: name} | ({MIME_TYPE: kind} if kind else {})
    return storage(8, texts=texts, binaries={FILE_CONTENT: content})


def msg(
    *others: Tree,
    header: int = 32,
    texts: dict[int, str] | None = None,
    binaries: dict[int, bytes] | None = None,
) -> Tree:
    """One Outlook message; `texts` replace or add to the usual properties, empty ones leave out."""
    usual = {
        SUBJECT: "Boiler",
        BODY: "The boiler is broken.",
        NAME: "Jo Tenant",
        SMTP: "Jo@Example.net",
        MESSAGE_ID: "<abc@example.net>",
    }
    kept = {number: text for number, text in (usual | (texts or {})).items() if text}
    moments = {SUBMIT_TIME: SENT, DELIVERY_TIME: DELIVERED}
    tree = storage(header, texts=kept, binaries=binaries, moments=moments)
    for other in others:
        tree |= other
    return tree


def test_an_outlook_message_is_read_whole() -> None:
    tree = msg(
        recipient(0, "Complaints", "complaints@landlord.example", 1),
        recipient(1, "Cllr B", "b@council.example", 2),
        recipient(2, "Hidden", "x@example.org", 3),
        attached(0, file("mould.jpg", b"\xff\xd8\xff" + b"x" * 9_000, "image/jpeg")),
        attached(1, file("../note.txt", b"Words")),
    )
    message = parse(compound_file(tree), "boiler.msg")
    assert message.sender == Address("Jo Tenant", "jo@example.net")
    assert message.to == (Address("Complaints", "complaints@landlord.example"),)
    assert message.cc == (Address("Cllr B", "b@council.example"),)
    assert (message.subject, message.text) == ("Boiler", "The boiler is broken.")
    assert message.message_id == "abc@example.net"
    assert message.sent_at == SENT
    assert message.server_received_at == DELIVERED
    assert [(a.name, a.size) for a in message.attachments] == [
        ("mould.jpg", 9_003),
        ("note.txt", 5),
    ]
    assert message.attachments[1].text == "Words"
    assert message.unreadable == ""


def test_the_headers_it_came_with_count_before_its_properties() -> None:
    headers = "Received: from a by b; Tue, 3 Mar 2026 09:20:00 +0000\r\nFrom: Jo <other@example.net>\r\nAuto-Submitted: auto-replied\r\nContent-Type: multipart/mixed; boundary=x\r\n"
    message = parse(compound_file(msg(texts={HEADERS: headers})))
    assert message.sender.address == "other@example.net"
    assert message.header("auto-submitted") == "auto-replied"
    assert message.subject == "Boiler"
    assert message.server_received_at == datetime(2026, 3, 3, 9, 20, tzinfo=UTC)
    assert message.text == "The boiler is broken."


def test_an_address_inside_exchange_is_no_address() -> None:
    message = parse(
        compound_file(msg(texts={SMTP: "", MAILBOX: "/O=LANDLORD/CN=RECIPIENTS/CN=JO"}))
    )
    assert message.sender == Address("Jo Tenant", "")


def test_no_header_can_be_smuggled_in_by_a_property() -> None:
    message = parse(
        compound_file(
            msg(
                texts={
                    SUBJECT: "x\r\nFrom: boss@landlord.example",
                    NAME: 'Jo" <boss@landlord.example>, "',
                }
            )
        )
    )
    assert message.sender.address == "jo@example.net"
    assert message.subject == "x From: boss@landlord.example"


def test_html_is_read_where_there_is_no_plain_text() -> None:
    message = parse(
        compound_file(msg(texts={BODY: ""}, binaries={HTML: "<p>Siân’s boiler</p>".encode()}))
    )
    assert message.text == "Siân’s boiler"
    assert message.html == "<p>Siân’s boiler</p>"


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (rb"{\rtf1\ansi The boiler\par is broken.}", "The boiler\nis broken."),
        (rb"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}The boiler{\*\htmltag72 </p>}}", "The boiler"),
    ],
)
def test_rich_text_is_read_where_there_is_nothing_else(rtf: bytes, text: str) -> None:
    packed = struct.pack("<4I", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf
    message = parse(compound_file(msg(texts={BODY: ""}, binaries={RTF: packed})))
    assert message.text == text
    assert any("rich text" in defect for defect in message.defects)


def test_rich_text_that_cannot_be_unpacked_is_said() -> None:
    message = parse(compound_file(msg(texts={BODY: ""}, binaries={RTF: b"x" * 30})))
    assert any("could not be unpacked" in defect for defect in message.defects)


def test_a_message_inside_an_outlook_message_is_opened() -> None:
    inner = msg(header=24, texts={SUBJECT: "Inner", BODY: "Inner words"})
    message = parse(compound_file(msg(attached(0, storage(8) | {"__substg1.0_3701000D": inner}))))
    assert [(m.subject, m.text) for m in message.forwarded] == [("Inner", "Inner words")]


def test_files_that_are_messages_are_opened_both_ways_round() -> None:
    message = parse(compound_file(msg(attached(0, file("a.eml", eml("Inner words"))))))
    assert [m.text for m in message.forwarded] == ["Inner words"]
    packed = part(
        compound_file(msg()),
        "application/octet-stream",
        encoding="base64",
        disposition="attachment; filename=a.msg",
    )
    message = parse(multipart(part("See attached"), packed))
    assert [m.text for m in message.forwarded] == ["The boiler is broken."]
    assert message.attachments[0].opened_text == "The boiler is broken."


def test_a_signed_message_kept_as_an_attachment_is_opened() -> None:
    mime = multipart(part("Signed words"), part(b"0", "application/pkcs7-signature"), kind="signed")
    tree = msg(
        attached(0, file("smime.p7m", mime, "multipart/signed")),
        texts={BODY: "", MESSAGE_CLASS: "IPM.Note.SMIME.MultipartSigned"},
    )
    assert parse(compound_file(tree)).text == "Signed words"
    sealed = msg(
        attached(0, file("smime.p7m", b"0\x82ab", "application/pkcs7-mime")),
        texts={BODY: "", MESSAGE_CLASS: "IPM.Note.SMIME"},
    )
    assert "encrypted" in parse(compound_file(sealed)).unreadable


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_short_says_so(share: float) -> None:
    whole = compound_file(msg(attached(0, file("a.jpg", b"\xff\xd8\xff" * 20_000))))
    message = parse(whole[: int(len(whole) * share)])
    assert message.unreadable
    assert "cut short" in message.unreadable or "damaged" in message.unreadable


def test_an_old_office_document_is_no_message_and_is_kept() -> None:
    message = parse(compound_file({"WordDocument": b"x" * 5_000}), "letter.doc")
    assert "not a mail message" in message.unreadable
    assert message.attachments[0].name == "letter.doc"
    assert "old Word file" in message.attachments[0].unread_because


def test_many_streams_that_share_the_same_bytes_are_refused() -> None:
    whole = bytearray(
        compound_file(msg(*[attached(n, file("a", b"x" * 5_000)) for n in range(30)]))
    )
    entry = "__substg1.0_37010102".encode("utf-16-le")
    at = whole.find(entry)
    while at >= 0:
        whole[at + 116 : at + 128] = struct.pack("<IQ", 0, 150_000)
        at = whole.find(entry, at + 1)
    assert parse(bytes(whole)).unreadable


def test_a_property_that_is_damaged_costs_only_itself() -> None:
    tree = msg(recipient(0, "A", "a@example.net", 1))
    tree["__substg1.0_0037001F"] = b"\x00"
    assert parse(compound_file(tree)).text == "The boiler is broken."
    del tree["__substg1.0_0C1A001F"]
    assert parse(compound_file(tree)).sender.address == "jo@example.net"


@given(st.data())
def test_a_damaged_outlook_message_gives_a_message(data: st.DataObject) -> None:
    raw = bytearray(
        compound_file(
            msg(recipient(0, "A", "a@example.net", 1), attached(0, file("a.txt", b"Words")))
        )
    )
    for _ in range(data.draw(st.integers(1, 12))):
        raw[data.draw(st.integers(8, len(raw) - 1))] = data.draw(st.integers(0, 255))
    message = parse(bytes(raw))
    assert "could not be read (" not in message.unreadable
