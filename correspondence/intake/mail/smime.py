"""The message inside an S/MIME signature envelope (CMS SignedData, RFC 5652), opened unchecked.

Only the outline of the ASN.1 is walked, iteratively and within the bytes that are there. What is
not plainly a signed envelope gives nothing: the caller then treats it as encrypted.
"""

from __future__ import annotations

from typing import Final

_SIGNED_DATA: Final = bytes.fromhex("2a864886f70d010702")
_DATA: Final = bytes.fromhex("2a864886f70d010701")
_SEQUENCE, _SET, _OBJECT_ID, _OCTETS, _CONTEXT_0 = 0x30, 0x31, 0x06, 0x04, 0xA0
_CONSTRUCTED: Final = 0x20
_MOST_CHUNKS: Final = 100_000


class _NotSigned(ValueError):
    """The bytes are not what a signed envelope looks like at this place."""


def signed_content(content: bytes) -> bytes:
    """The bytes that were signed, or none where this is no signed envelope."""
    try:
        return _signed_content(content)
    except (_NotSigned, IndexError):
        return b""


def _signed_content(content: bytes) -> bytes:
    position = _inside(content, 0, _SEQUENCE)
    position = _after_object_id(content, position, _SIGNED_DATA)
    position = _inside(content, position, _CONTEXT_0)
    position = _inside(content, position, _SEQUENCE)
    position = _skip(content, position)  # version
    position = _skip(content, position)  # digest algorithms
    position = _inside(content, position, _SEQUENCE)
    position = _after_object_id(content, position, _DATA)
    position = _inside(content, position, _CONTEXT_0)
    return _octets(content, position)


def _head(content: bytes, position: int) -> tuple[int, int, int]:
    """Tag, where the value starts, and its length (-1: until the end mark)."""
    tag, first = content[position], content[position + 1]
    if tag & 0x1F == 0x1F:
        raise _NotSigned
    if first < 0x80:
        return tag, position + 2, first
    if first == 0x80:
        return tag, position + 2, -1
    count = first & 0x7F
    if count > 4:
        raise _NotSigned
    start = position + 2 + count
    return tag, start, int.from_bytes(content[position + 2 : start], "big")


def _inside(content: bytes, position: int, wanted: int) -> int:
    tag, start, _ = _head(content, position)
    if tag != wanted:
        raise _NotSigned
    return start


def _skip(content: bytes, position: int) -> int:
    _, start, length = _head(content, position)
    if length < 0:
        return _skip_open(content, start)
    return start + length


def _skip_open(content: bytes, position: int) -> int:
    """Past the end mark of a value of open length, and of those within it."""
    level = 1
    for _ in range(_MOST_CHUNKS):
        if content[position : position + 2] == b"\0\0":
            level -= 1
            position += 2
            if level == 0:
                return position
            continue
        _, start, length = _head(content, position)
        if length < 0:
            level += 1
            position = start
        else:
            position = start + length
    raise _NotSigned


def _after_object_id(content: bytes, position: int, wanted: bytes) -> int:
    tag, start, length = _head(content, position)
    if tag != _OBJECT_ID or content[start : start + length] != wanted:
        raise _NotSigned
    return start + length


def _octets(content: bytes, position: int) -> bytes:
    """An octet string, whole or in pieces."""
    tag, start, length = _head(content, position)
    if tag == _OCTETS and length >= 0:
        return content[start : start + length]
    if tag != _OCTETS | _CONSTRUCTED:
        raise _NotSigned
    end = len(content) if length < 0 else min(len(content), start + length)
    out: list[bytes] = []
    position = start
    while position < end and len(out) < _MOST_CHUNKS:
        if content[position : position + 2] == b"\0\0":
            break
        tag, start, length = _head(content, position)
        if tag != _OCTETS or length < 0:
            raise _NotSigned
        out.append(content[start : start + length])
        position = start + length
    return b"".join(out)
