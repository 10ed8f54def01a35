"""A winmail.dat, written for the tests as MS-OXTNEF lays it out."""

from __future__ import annotations

import struct

NARROW, WIDE, OBJECT, BINARY, LONG = 0x1E, 0x1F, 0x0D, 0x102, 0x03


def record(kind: int, value: bytes, level: int = 1) -> bytes:
    """One record with its checksum."""
    return (
        struct.pack("<BII", level, kind, len(value))
        + value
        + struct.pack("<H", sum(value) & 0xFFFF)
    )


def padded(value: bytes) -> bytes:
    return struct.pack("<I", len(value)) + value + b"\0" * (-len(value) % 4)


def properties(*given: tuple[int, int, bytes]) -> bytes:
    """A list of properties: number, type, value."""
    out = struct.pack("<I", len(given))
    for number, kind, value in given:
        out += struct.pack("<HH", kind, number)
        if number >= 0x8000:
            out += b"\0" * 16 + struct.pack("<I", 1) + padded("Named".encode("utf-16-le"))
        out += value if kind == LONG else struct.pack("<I", 1) + padded(value)
    return out


def packed_file(name: str, content: bytes, *more: tuple[int, int, bytes]) -> bytes:
    """The records of one attachment, its long name as a property."""
    long_name = (0x3707, WIDE, (name + "\0").encode("utf-16-le"))
    return (
        record(0x00069002, b"\1\0" + b"\0" * 12, 2)
        + record(0x00018010, name[:8].encode("cp1252", "replace") + b"\0", 2)
        + record(0x0006800F, content, 2)
        + record(0x00069005, properties(long_name, *more), 2)
    )


def winmail(*records: bytes) -> bytes:
    """The whole file."""
    version = record(0x00089006, b"\0\0\1\0")
    code_page = record(0x00069007, struct.pack("<II", 1252, 0))
    return b"\x78\x9f\x3e\x22\x01\x00" + version + code_page + b"".join(records)
