"""The compressed rich text in Outlook message files, unpacked (MS-OXRTFCP)."""

from __future__ import annotations

import struct
from typing import Final

LARGEST: Final = 10_000_000  # bytes once unpacked

_COMPRESSED: Final = 0x75465A4C
_UNCOMPRESSED: Final = 0x414C454D
_WINDOW: Final = 4096
_PRIMED: Final = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


def unpacked(content: bytes) -> bytes:
    """The rich text itself; as much as there is where the content is cut short.

    Raises ValueError where it is not compressed rich text at all.
    """
    if len(content) < 16:
        raise ValueError("The rich text is too short to hold its own header.")
    _, _, kind, _ = struct.unpack("<4I", content[:16])
    if kind == _UNCOMPRESSED:
        return content[16 : 16 + LARGEST]
    if kind != _COMPRESSED:
        raise ValueError("The rich text is packed in an unknown way.")
    return _unpack(content)


def _unpack(content: bytes) -> bytes:
    """LZ77 over a window of 4,096 bytes: eight runs or single bytes behind each control byte."""
    window = bytearray(_PRIMED.ljust(_WINDOW, b"\0"))
    write = len(_PRIMED)
    out = bytearray()
    position = 16
    while position < len(content) and len(out) < LARGEST:
        control = content[position]
        position += 1
        for bit in range(8):
            if position >= len(content):
                return bytes(out)
            if not control & (1 << bit):
                window[write] = content[position]
                out.append(content[position])
                write = (write + 1) % _WINDOW
                position += 1
                continue
            reference = int.from_bytes(content[position : position + 2], "big")
            position += 2
            read, length = reference >> 4, (reference & 0xF) + 2
            if read == write:
                return bytes(out)
            for _ in range(length):
                byte = window[read]
                window[write] = byte
                out.append(byte)
                read, write = (read + 1) % _WINDOW, (write + 1) % _WINDOW
    return bytes(out)
