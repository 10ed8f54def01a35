# ruff: noqa: E501  bytes are shown as they lie
"""A winmail.dat in every shape that Outlook gives it, whole, cut short and made with malice."""

from __future__ import annotations

import struct
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake.mail.compressed_rtf import unpacked as rich_unpacked
from correspondence.intake.mail.tnef import MAGIC, MOST_FILES, NotTnef, unpacked
from correspondence.intake.parsing import parse
from tests.intake.mail.packed import (
    BINARY,
    NARROW,
    OBJECT,
    WIDE,
    packed_file,
    properties,
    record,
    winmail,
)
from tests.intake.mail.test_tnef import sent

SAID: Final = "The café ceiling leaks, and the repair cost me £250."
_PRIMED: Final = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


def squeezed(rich: bytes, *, references: bool = True) -> bytes:
    """Rich text compressed as Outlook does (MS-OXRTFCP), by references to what stood before."""
    window = bytearray(_PRIMED.ljust(4096, b"\0"))
    write, position, out = len(_PRIMED), 0, bytearray()
    tokens: list[bytes] = []
    flags: list[bool] = []

    def put(piece: bytes) -> None:
        nonlocal write
        for byte in piece:
            window[write % 4096] = byte
            write += 1

    while position < len(rich):
        length = min(17, len(rich) - position)
        found = -1
        while references and length >= 3:
            found = bytes(window).find(rich[position : position + length])
            apart = found >= 0 and not found <= write % 4096 < found + length
            if apart and found != write % 4096:
                break
            found, length = -1, length - 1
        if found >= 0:
            tokens.append(struct.pack(">H", found << 4 | (length - 2)))
            flags.append(True)
        else:
            length = 1
            tokens.append(rich[position : position + 1])
            flags.append(False)
        put(rich[position : position + length])
        position += length
    tokens.append(struct.pack(">H", (write % 4096) << 4))
    flags.append(True)
    for start in range(0, len(tokens), 8):
        control = sum(1 << bit for bit, flag in enumerate(flags[start : start + 8]) if flag)
        out += bytes([control]) + b"".join(tokens[start : start + 8])
    return struct.pack("<4I", len(out) + 12, len(rich), 0x75465A4C, 0) + bytes(out)


def stored(rich: bytes) -> bytes:
    """Rich text that is not compressed."""
    return struct.pack("<4I", len(rich) + 12, len(rich), 0x414C454D, 0) + rich


def escaped(text: str) -> bytes:
    return "".join(c if c.isascii() else f"\\'{c.encode('cp1252').hex()}" for c in text).encode()


RICH: Final = (
    b"{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\\f0\\fs20 %s\\par}" % escaped(SAID)
)
FROM_TEXT: Final = b"{\\rtf1\\ansi\\ansicpg1252\\fromtext \\fbidi \\deff0 %s\\par}" % escaped(SAID)
FROM_HTML: Final = (
    b"{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\*\\htmltag64 <html><body>}"
    b"{\\*\\htmltag72 <p>}\\htmlrtf {\\htmlrtf0 %s\\htmlrtf \\par}\\htmlrtf0 "
    b"{\\*\\htmltag80 </p>}{\\*\\htmltag58 </body></html>}}" % escaped(SAID)
)


def words(*found: tuple[int, int, bytes]) -> bytes:
    return record(0x00069003, properties(*found))


BODIES: Final = {
    "old record": record(0x0002800C, SAID.encode("cp1252") + b"\0"),
    "plain, wide": words((0x1000, WIDE, (SAID + "\0").encode("utf-16-le"))),
    "plain, narrow": words((0x1000, NARROW, SAID.encode("cp1252") + b"\0")),
    "html, binary": words((0x1013, BINARY, f"<p>{SAID}</p>".encode("cp1252"))),
    "html, wide": words((0x1013, WIDE, f"<html><p>{SAID}</p></html>\0".encode("utf-16-le"))),
    "html that says its charset": words(
        (0x1013, BINARY, f'<meta charset="utf-8"><p>{SAID}</p>'.encode())
    ),
    "rich, stored": words((0x1009, BINARY, stored(RICH))),
    "rich, compressed": words((0x1009, BINARY, squeezed(RICH))),
    "rich, compressed letter by letter": words((0x1009, BINARY, squeezed(RICH, references=False))),
    "rich from text": words((0x1009, BINARY, squeezed(FROM_TEXT))),
    "rich from html": words((0x1009, BINARY, squeezed(FROM_HTML))),
}  # fmt: skip
NESTED: Final = b"\0" * 16 + winmail(BODIES["rich, compressed"], packed_file("inner.txt", b"In"))
FILES: Final = {
    "none": ((), ()),
    "one": ((packed_file("letter.txt", b"One"),), ("letter.txt",)),
    "three": (
        tuple(packed_file(f"photo {n}.jpg", b"\xff\xd8\xff" + bytes([n])) for n in range(3)),
        ("photo 0.jpg", "photo 1.jpg", "photo 2.jpg"),
    ),
    "accented": ((packed_file("café £250.txt", b"One"),), ("café £250.txt",)),
    "a message": (
        (packed_file("Re the leak", b"", (0x3701, OBJECT, NESTED)),),
        ("inner.txt", "Re the leak"),
    ),
}


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("files", FILES)
def test_words_and_files_come_out_of_every_shape(body: str, files: str) -> None:
    packed, names = FILES[files]
    message = parse(sent(winmail(BODIES[body], *packed), words=""))
    assert SAID in message.text
    assert tuple(one.name for one in message.attachments) == (*names, "winmail.dat")
    assert message.unreadable == ""


def test_a_file_with_its_short_name_alone_is_named_by_that() -> None:
    alone = record(0x00069002, b"\0" * 14, 2) + record(0x00018010, b"SCAN01.TXT\0", 2)
    (found,) = unpacked(winmail(alone + record(0x0006800F, b"Words", 2))).files
    assert (found.name, found.content) == ("SCAN01.TXT", b"Words")


@pytest.mark.parametrize(
    ("page", "charset"),
    [(1250, "cp1250"), (1251, "cp1251"), (932, "cp932"), (65001, "utf-8"), (874, "cp874")],
)
def test_words_are_read_in_the_code_page_that_is_named(page: int, charset: str) -> None:
    said = {"cp1250": "Zażółć gęślą", "cp1251": "Крыша течёт", "cp932": "雨漏り", "cp874": "น้ำรั่ว"}
    text = said.get(charset, SAID)
    named = record(0x00069007, struct.pack("<II", page, 0))
    whole = MAGIC + b"\1\0" + named + record(0x0002800C, text.encode(charset) + b"\0")
    assert unpacked(whole).plain == text


@given(st.binary(max_size=600))
def test_what_is_compressed_comes_out_as_it_was(rich: bytes) -> None:
    assert rich_unpacked(squeezed(rich)) == rich


EVERYTHING: Final = winmail(BODIES["rich, compressed"], *FILES["three"][0], *FILES["a message"][0])


@pytest.mark.parametrize("end", range(0, len(EVERYTHING), 23))
def test_cut_anywhere_it_gives_what_came(end: int) -> None:
    cut = EVERYTHING[:end]
    if end < len(MAGIC):
        with pytest.raises(NotTnef):
            unpacked(cut)
        return
    whole = {one.name: one.content for one in unpacked(EVERYTHING).files}
    for one in unpacked(cut).files:
        assert any(content.startswith(one.content) for content in whole.values())
    message = parse(sent(cut))
    assert message.attachments[-1].content == cut
    assert message.text.startswith("See attached")


HOSTILE: Final = {
    "a length of all ones": MAGIC + b"\1\0" + struct.pack("<BII", 2, 0x0006800F, 0xFFFFFFFF),
    "records of nothing": MAGIC + b"\1\0" + record(0x00069002, b"", 2) * 20_000,
    "properties without end": winmail(words() + record(0x00069003, struct.pack("<I", 0xFFFFFFFF))),
    "values without end": winmail(
        record(0x00069003, struct.pack("<IHHI", 1, 0x101E, 0x3707, 0x00FFFFFF) + b"\0" * 64)
    ),
    "a name of no length": winmail(
        record(0x00069003, struct.pack("<IHH", 1, NARROW, 0x8001) + b"\0" * 16 + b"\1\0\0\0\xff")
    ),
    "a name that climbs": winmail(packed_file("../../etc/passwd", b"x")),
    "a name turned round": winmail(packed_file("letter\u202efdp.exe", b"MZ")),
    "a code page that is none": MAGIC + b"\1\0" + record(0x00069007, b"\xff\xff\xff\xff" * 2)
    + record(0x0002800C, b"words\0"),
    "rich text that refers to itself": winmail(
        words((0x1009, BINARY, struct.pack("<4I", 90, 9, 0x75465A4C, 0) + b"\xff" + b"\xcf\x0f" * 8))
    ),
    "rich text that grows": winmail(
        words((0x1009, BINARY, struct.pack("<4I", 9, 2**31, 0x75465A4C, 0) + b"\xff" + b"\0\x0f" * 9))
    ),
    "a level that is none": MAGIC + b"\1\0" + struct.pack("<BII", 9, 0x0006800F, 4) + b"abcd",
}  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_malice_costs_nothing_and_hides_no_words(content: bytes) -> None:
    assert len(unpacked(content).files) <= MOST_FILES
    message = parse(sent(content))
    assert message.text.startswith("See attached")
    for one in message.attachments:
        assert "/" not in one.name
        assert "\u202e" not in one.name


@given(st.binary(max_size=400))
def test_any_bytes_behind_the_mark_are_survived(content: bytes) -> None:
    unpacked(MAGIC + b"\1\0" + content)
