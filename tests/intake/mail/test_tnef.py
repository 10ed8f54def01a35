"""What Outlook packs into a winmail.dat comes out again."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake.mail.tnef import NotTnef, unpacked
from correspondence.intake.parsing import parse
from tests.intake.mail.packed import (
    BINARY,
    LONG,
    NARROW,
    OBJECT,
    WIDE,
    packed_file,
    properties,
    record,
    winmail,
)
from tests.intake.mail.test_attachments import pdf
from tests.intake.written_mail import multipart, part

NAMED = (0x8001, NARROW, b"left out\0")
WHOLE = winmail(
    record(0x00069003, properties(NAMED, (0x1000, WIDE, "Caf\u00e9\0".encode("utf-16-le")))),
    packed_file(
        "Letter from the landlord.pdf",
        pdf("Our decision"),
        (0x370E, NARROW, b"application/pdf\0"),
    ),
    packed_file(
        "wall.png",
        b"\x89PNG",
        (0x3712, NARROW, b"<one@x>\0"),
        (0x0E20, LONG, struct.pack("<I", 4)),
    ),
)


def sent(content: bytes, words: str = "See attached") -> bytes:
    return multipart(
        part(words),
        part(
            content,
            "application/ms-tnef",
            encoding="base64",
            disposition="attachment; filename=winmail.dat",
        ),
    )


def test_the_files_come_out_with_their_long_names_and_are_read() -> None:
    message = parse(sent(WHOLE))
    letter, picture, whole = message.attachments
    assert (letter.name, letter.text) == ("Letter from the landlord.pdf", "Our decision")
    assert (picture.name, picture.content, picture.content_id) == ("wall.png", b"\x89PNG", "one@x")
    assert (whole.name, whole.content) == ("winmail.dat", WHOLE)
    assert message.text == "See attached"
    assert message.defects == ()


def test_words_that_are_only_in_the_package_are_the_messages_text() -> None:
    assert parse(sent(WHOLE, words="")).text == "Caf\u00e9"


def test_words_in_the_old_record_are_read_in_their_code_page() -> None:
    assert (
        unpacked(winmail(record(0x0002800C, b"caf\xe9 \xa3250\0"))).plain == "caf\u00e9 \u00a3250"
    )


def test_html_and_rich_text_are_read_as_words() -> None:
    markup = winmail(record(0x00069003, properties((0x1013, BINARY, b"<p>It <b>leaks</b></p>"))))
    assert parse(sent(markup, words="")).text == "It leaks"
    rich = b"{\\rtf1 It leaks}"
    stored = struct.pack("<4I", len(rich) + 12, len(rich), 0x414C454D, 0) + rich
    packed = winmail(record(0x00069003, properties((0x1009, BINARY, stored))))
    assert parse(sent(packed, words="")).text == "It leaks"


def test_a_message_packed_in_the_message_is_unpacked_too() -> None:
    inner = b"\0" * 16 + winmail(packed_file("inner.txt", b"Within"))
    outer = winmail(packed_file("message", b"", (0x3701, OBJECT, inner)))
    names = [item.name for item in parse(sent(outer)).attachments]
    assert names == ["inner.txt", "message", "winmail.dat"]


def test_packages_in_packages_without_end_are_left() -> None:
    content = winmail(packed_file("last.txt", b"Within"))
    for _ in range(60):
        content = winmail(packed_file("message", b"", (0x3701, OBJECT, b"\0" * 16 + content)))
    message = parse(sent(content))
    assert any("too deeply" in defect for defect in message.defects)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_package_cut_short_gives_what_came_and_says_so(share: float) -> None:
    message = parse(sent(WHOLE[: int(len(WHOLE) * share)]))
    assert any("cut short" in defect for defect in message.defects)
    assert message.attachments[-1].name == "winmail.dat"


def test_a_file_of_that_name_that_is_something_else_is_kept_and_said_to_be_unread() -> None:
    message = parse(sent(b"I am none of Outlook's."))
    assert "could not be opened" in message.attachments[0].unread_because
    with pytest.raises(NotTnef):
        unpacked(b"")


def test_a_package_that_came_by_itself_is_unpacked() -> None:
    message = parse(WHOLE, "winmail.dat")
    assert message.unreadable
    assert message.attachments[0].text == "Our decision"
    assert message.text == "Caf\u00e9"


def test_lengths_that_lie_take_nothing_from_outside() -> None:
    for length in (0x7FFFFFFF, 0xFFFFFFFF):
        lying = WHOLE[:6] + struct.pack("<BII", 2, 0x0006800F, length) + b"abc"
        assert unpacked(lying).cut_short
        many = properties((0x3707, WIDE, b"x"))
        assert unpacked(winmail(record(0x00069003, struct.pack("<I", length) + many[4:]))).cut_short


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255), st.integers(0, len(WHOLE)))
def test_any_damage_is_survived(at: int, value: int, end: int) -> None:
    damaged = bytearray(WHOLE)
    damaged[at] = value
    parse(sent(bytes(damaged[:end])))
