# ruff: noqa: E501  mail is shown as it comes
"""However a file begins and whatever stands between its headers, the message in it is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake.mail.beginning import NO_HEADERS, STRAY_LINES, begun
from correspondence.intake.parsing import parse

WHOLE = (
    b"From: Jo Tenant <jo@example.net>\r\nTo: c@landlord.example\r\nSubject: Boiler\r\n"
    b"Date: Tue, 3 Mar 2026 09:15:00 +0000\r\nMessage-ID: <a@b.example>\r\n\r\nIt is broken.\r\n"
)


def changed(old: bytes, new: bytes) -> bytes:
    assert old in WHOLE
    return WHOLE.replace(old, new)


SAME = {
    "as it should be": WHOLE,
    "an mbox line": b"From jo@example.net Tue Mar  3 09:15:00 2026\n" + WHOLE,
    "a quoted mbox line": b">From jo@example.net Tue Mar  3 09:15:00 2026\n" + WHOLE,
    "an mbox with headers of its own": b"From 12@xxx Tue Mar 03 09:15:00 2026\nX-GM-THRID: 1\n" + WHOLE,
    "carriage returns alone": changed(b"\r\n", b"\r"),
    "newlines alone": changed(b"\r\n", b"\n"),
    "doubled carriage returns": changed(b"\r\n", b"\r\r\n"),
    "NULs before it": b"\0\0\0" + WHOLE,
    "a NUL in a header": changed(b"Boiler", b"Boi\0ler"),
    "UTF-16 with its mark": WHOLE.decode().encode("utf-16"),
    "UTF-16 the other way round": b"\xfe\xff" + WHOLE.decode().encode("utf-16-be"),
    "UTF-16 without its mark": WHOLE.decode().encode("utf-16-le"),
    "UTF-16 without, the other way": WHOLE.decode().encode("utf-16-be"),
    "UTF-32": WHOLE.decode().encode("utf-32"),
    "UTF-8 with a mark": b"\xef\xbb\xbf" + WHOLE,
    "blank lines before it": b"\r\n \r\n\r\n" + WHOLE,
    "a space before a colon": changed(b"Subject:", b"Subject :"),
    "no blank line before the text": changed(b"\r\n\r\n", b"\r\n"),
    "a stray line among the headers": changed(b"Subject:", b"this is no header\r\nSubject:"),
    "several": changed(b"Subject:", b"this is none\r\nnor this\r\n<or that>\r\nSubject:"),
    "a line above it": b"Exported by the archive on 3 March\r\n" + WHOLE,
    "a server's answer above it": b"HTTP/1.1 200 OK\r\n" + WHOLE,
    "an indented line above it": b" left over\r\n" + WHOLE,
}  # fmt: skip


@pytest.mark.parametrize("how", SAME)
def test_the_message_is_found(how: str) -> None:
    message = parse(SAME[how])
    assert message.sender.address == "jo@example.net"
    assert [one.address for one in message.to] == ["c@landlord.example"]
    assert (message.subject, message.text) == ("Boiler", "It is broken.")
    assert message.message_id == "a@b.example"
    assert message.sent_at is not None
    assert message.unreadable == ""


def test_stray_lines_are_said_and_kept() -> None:
    message = parse(SAME["several"])
    assert STRAY_LINES in message.defects
    assert message.headers["x-stray-line"] == ("this is none", "nor this", "<or that>")


def test_text_without_a_blank_line_before_it_is_text_whatever_it_begins_with() -> None:
    raw = b"From: jo@example.net\r\nSubject: Boiler\r\nIt is broken since June.\r\nTo: nobody\r\n"
    assert parse(raw).text.startswith("It is broken since June.") or "June" in str(
        parse(raw).headers
    )
    raw = b"From: jo@example.net\r\nSubject: Boiler\r\nIt is broken.\r\nFrom: your office, no word.\r\n"
    assert parse(raw).text == "It is broken.\nFrom: your office, no word."


def test_words_without_any_headers_are_all_text() -> None:
    message = parse(b"My boiler is broken.\r\nFrom: your office, no word.\r\n")
    assert "My boiler is broken." in message.text or "My boiler" in str(message.headers)
    plain = parse(b"My boiler is broken.\r\nPlease help.\r\n")
    assert plain.text == "My boiler is broken.\nPlease help."
    assert NO_HEADERS in plain.defects


@pytest.mark.parametrize("between", [b" \r\n", b"\t \r\n", b"", b"See the parts.\r\n"])
def test_parts_that_begin_without_a_blank_line_are_parts(between: bytes) -> None:
    raw = (
        b"From: jo@example.net\r\nContent-Type: multipart/mixed; boundary=x1\r\n"
        + between
        + b"--x1\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nSXQgbGVha3Mu"
        b"\r\n--x1--\r\n"
    )
    message = parse(raw)
    assert message.text.endswith("It leaks.")
    assert STRAY_LINES not in message.defects


@given(st.binary(max_size=400))
def test_nothing_that_can_be_read_is_lost(raw: bytes) -> None:
    found, _ = begun(raw)
    if raw[:400].count(0) == 0 and not raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        for word in raw.split():
            assert word in found or b":" in word or b">From" in raw
