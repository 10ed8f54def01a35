"""What Outlook packed into a winmail.dat (MS-OXTNEF): the files, and the words where it has any.

Two layers of records, each with its own length. Lengths are held to the bytes that are there; what
is cut short gives as much as came.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from correspondence.intake.mail.decoding import one_line, text_from

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC: Final = b"\x78\x9f\x3e\x22"
MOST_FILES: Final = 500

_HEADER: Final = 6  # magic and key
_RECORD: Final = struct.Struct("<BII")  # level, kind, length; a checksum of two bytes follows
_CHECKSUM: Final = 2
_LEAST: Final = 40  # bytes; Outlook's own first records are longer

_BODY, _CODE_PAGE, _PROPERTIES = 0x800C, 0x9007, 0x9003
_NEW_FILE, _TITLE, _DATA, _FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005

# Property numbers (MS-OXPROPS).
_PLAIN, _RTF, _HTML = 0x1000, 0x1009, 0x1013
_LONG_NAME, _SHORT_NAME, _SHOWN_NAME = 0x3707, 0x3704, 0x3001
_KIND, _CONTENT, _CONTENT_ID = 0x370E, 0x3701, 0x3712

# How long a value is, by its type; those of no fixed length say it themselves.
_SIZES: Final = {
    0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8,
    0x48: 16,
}  # fmt: skip
_OBJECT, _NARROW, _WIDE, _BINARY = 0x0D, 0x1E, 0x1F, 0x102
_MANY: Final = 0x1000
_NAMED: Final = 0x8000
_INTERFACE: Final = 16  # bytes before an object's own
_MOST_PROPERTIES: Final = 5_000


@dataclass(slots=True)
class PackedFile:
    """One file as it was packed; a message within the message is a winmail.dat again."""

    name: str = ""
    kind: str = ""
    content: bytes = b""
    content_id: str = ""


@dataclass(slots=True)
class Packed:
    """All that was found; `cut_short` where the records end before their time."""

    plain: str = ""
    html: str = ""
    rtf: bytes = b""  # compressed (MS-OXRTFCP)
    files: list[PackedFile] = field(default_factory=list)
    cut_short: bool = False


class NotTnef(ValueError):
    """The bytes are no winmail.dat."""


def unpacked(content: bytes) -> Packed:
    """The files and words in a winmail.dat. Raises NotTnef where it is something else."""
    if not content.startswith(MAGIC):
        raise NotTnef("The file named winmail.dat is not one of Outlook's.")
    packed = Packed()
    charset = ""
    files: list[PackedFile] = []
    for kind, value in _records(content, packed):
        if kind == _CODE_PAGE:
            charset = f"cp{int.from_bytes(value[:4], 'little')}"
        elif kind == _BODY:
            packed.plain = _text(value, charset)
        elif kind == _PROPERTIES:
            _take_words(packed, dict(_properties(value, packed)), charset)
        elif kind == _NEW_FILE:
            files.append(PackedFile())
        elif files and kind == _TITLE:
            files[-1].name = files[-1].name or one_line(_text(value, charset))
        elif files and kind == _DATA:
            files[-1].content = value
        elif files and kind == _FILE_PROPERTIES:
            _take_file(files[-1], dict(_properties(value, packed)), charset)
        if len(files) > MOST_FILES:
            packed.cut_short = True
            break
    packed.files = files[:MOST_FILES]
    nothing = not (files or packed.plain or packed.html or packed.rtf)
    packed.cut_short = packed.cut_short or (nothing and len(content) < _LEAST)
    return packed


def _records(content: bytes, packed: Packed) -> Iterator[tuple[int, bytes]]:
    position = _HEADER
    while position + _RECORD.size <= len(content):
        level, kind, length = _RECORD.unpack_from(content, position)
        if level not in {1, 2}:
            return  # what follows the last record
        start = position + _RECORD.size
        value = content[start : start + length]
        if len(value) < length:
            packed.cut_short = True
        yield kind & 0xFFFF, value
        position = start + length + _CHECKSUM


def _properties(content: bytes, packed: Packed) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """Each property's number with its type and first value."""
    reader = _Reader(content)
    try:
        for _ in range(min(reader.number(), _MOST_PROPERTIES)):
            tag = reader.number()
            kind, number = tag & 0xFFFF, tag >> 16
            if number >= _NAMED:
                reader.skip_name()
            yield number, (kind & ~_MANY, reader.value(kind))
    except EOFError:
        packed.cut_short = True


class _Reader:
    """A place in a list of properties."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._position = 0

    def number(self) -> int:
        return int.from_bytes(self.take(4), "little")

    def take(self, length: int) -> bytes:
        """So many bytes, padded to four. Raises EOFError where they are not there."""
        found = self._content[self._position : self._position + length]
        if len(found) < length:
            raise EOFError
        self._position += length + -length % 4
        return found

    def skip_name(self) -> None:
        self.take(16)
        if self.number() == 0:
            self.take(4)
        else:
            self.take(self.number())

    def value(self, kind: int) -> bytes:
        """The first value of a property; the others are passed over."""
        base = kind & ~_MANY
        size = _SIZES.get(base)
        if size is None and base not in {_OBJECT, _NARROW, _WIDE, _BINARY}:
            raise EOFError
        counted = size is None or bool(kind & _MANY)
        count = self.number() if counted else 1
        if count > len(self._content):
            raise EOFError
        first = b""
        for index in range(count):
            found = self.take(self.number() if size is None else size)
            first = found if index == 0 else first
        return first


def _take_words(packed: Packed, found: dict[int, tuple[int, bytes]], charset: str) -> None:
    packed.plain = packed.plain or _string(found, _PLAIN, charset)
    packed.html = packed.html or _string(found, _HTML, charset)
    packed.rtf = packed.rtf or found.get(_RTF, (0, b""))[1]


def _take_file(file: PackedFile, found: dict[int, tuple[int, bytes]], charset: str) -> None:
    name = next(
        filter(None, (_string(found, n, charset) for n in (_LONG_NAME, _SHOWN_NAME, _SHORT_NAME))),
        "",
    )
    file.name = one_line(name) or file.name
    file.kind = one_line(_string(found, _KIND, charset)).lower() or file.kind
    file.content_id = one_line(_string(found, _CONTENT_ID, charset)).strip("<> ")
    kind, content = found.get(_CONTENT, (0, b""))
    if kind == _OBJECT and content[_INTERFACE:].startswith(MAGIC):
        file.content, file.kind = content[_INTERFACE:], "application/ms-tnef"
    elif content and not file.content:
        file.content = content[_INTERFACE:] if kind == _OBJECT else content


def _string(found: dict[int, tuple[int, bytes]], number: int, charset: str) -> str:
    kind, value = found.get(number, (0, b""))
    if kind == _WIDE:
        return text_from(value, "utf-16-le")[0].rstrip("\0")
    return _text(value, charset)


def _text(value: bytes, charset: str) -> str:
    return text_from(value.rstrip(b"\0"), charset)[0]
