"""How much of a message is read: measured on the raw bytes, in one pass, before any parser sees it.

A message beyond a limit is still a message. `within_limits` says in a sentence what was too much
and gives the bytes that can safely be read: the headers, and the parts before the limit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message as StandardMessage
from typing import Final

MESSAGE_BYTES: Final = 60_000_000  # 40 MB of photographs, which base64 makes a third larger
LINES: Final = 1_000_000  # 60 MB in base64 have fewer; the parser works line by line
HEADER_BLOCK_BYTES: Final = 256_000
HEADER_BYTES: Final = 32_000
PARTS: Final = 500
DEPTH: Final = 30

# Of a message that is too large only this much is read: text comes before attachments.
_READ_OF_OVERSIZE: Final = 2_000_000

# One header with the lines that continue it, as the standard parser knows them.
_REST_OF_LINE: Final = rb"[^\r\n]*(?:\r\n|\n|\r|\Z)"
_HEADER: Final = re.compile(
    rb"(?:[\x21-\x39\x3b-\x7e]*:|[ \t]|>?From )"
    + _REST_OF_LINE
    + rb"(?:[ \t]"
    + _REST_OF_LINE
    + rb")*"
)
_CONTENT_TYPE: Final = re.compile(rb"(?i)content-type:[ \t]*")


@dataclass(frozen=True, slots=True)
class Measured:
    """The bytes that can safely be read, and why they are not all of them (else empty).

    `spans` are where the headers stand in them, where nothing had to be left out.
    """

    safe: bytes
    excess: str = ""
    spans: tuple[tuple[int, int], ...] = ()


def within_limits(raw: bytes, *, depth: int = 0) -> Measured:
    """Hold a message against every limit; `depth` is how deep in other messages it lies."""
    excess = ""
    if len(raw) > MESSAGE_BYTES:
        excess = (
            f"The message is {_megabytes(len(raw))} long, over the limit of "
            f"{_megabytes(MESSAGE_BYTES)}; only its beginning was read."
        )
        raw = raw[:_READ_OF_OVERSIZE]
    count = raw.count(b"\n") + raw.count(b"\r") - raw.count(b"\r\n")
    if count > LINES:
        excess = excess or (
            f"The message has {count:,} lines, over the limit of {LINES:,}; "
            "only its beginning was read."
        )
        raw = raw[: _READ_OF_OVERSIZE // 2]
    spans = header_spans(raw)
    whole = raw
    raw, too_much = _headers_within_limits(raw, spans)
    cut, too_many = _structure(raw, depth, spans if raw is whole else header_spans(raw))
    excess = excess or too_much or too_many
    return Measured(raw[:cut], excess, () if excess else tuple(spans))


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB"


def header_spans(raw: bytes, position: int = 0) -> list[tuple[int, int]]:
    """Where each header that begins at `position` starts and ends, continuation lines included.

    The headers end at the first line that cannot be one: the blank line, as a rule.
    """
    spans: list[tuple[int, int]] = []
    while (match := _HEADER.match(raw, position)) and match.end() > position:
        spans.append(match.span())
        position = match.end()
    return spans


def _headers_within_limits(raw: bytes, spans: list[tuple[int, int]]) -> tuple[bytes, str]:
    """The message, its headers shortened where they pass a limit, and the sentence saying so."""
    size = spans[-1][1] if spans else 0
    longest = max((end - start for start, end in spans), default=0)
    if size <= HEADER_BLOCK_BYTES and longest <= HEADER_BYTES:
        return raw, ""
    if longest > HEADER_BYTES:
        excess = (
            f"One header is {longest:,} bytes long, over the limit of {HEADER_BYTES:,}; "
            "it was read only in part."
        )
    else:
        excess = (
            f"The headers are {size:,} bytes long, over the limit of "
            f"{HEADER_BLOCK_BYTES:,}; they were read only in part."
        )
    kept: list[bytes] = []
    kept_size = 0
    for start, end in spans:
        line = raw[start : min(end, start + HEADER_BYTES)].rstrip(b"\r\n")
        kept_size += len(line) + 1
        if kept_size > HEADER_BLOCK_BYTES:
            break
        kept.append(line)
    return b"\n".join(kept) + b"\n\n" + raw[size:].lstrip(b"\r\n"), excess


def _structure(raw: bytes, depth: int, spans: list[tuple[int, int]]) -> tuple[int, str]:
    """Walk the parts by their boundary lines; where a limit is passed, that place and why.

    The walk knows what the parser will do: a line of two hyphens and an open boundary begins a
    part, and with two more hyphens closes it; parts within hold their own boundaries.
    """
    walk = _Walk(raw, depth, spans)
    position, parts = 0, 0
    while position < len(raw):
        parts += 1
        if parts > PARTS:
            return position, f"The message has more than {PARTS} parts; those beyond were not read."
        too_deep = walk.enter(position)
        if too_deep:
            return position, too_deep
        position = walk.next_part()
    return len(raw), ""


class _Walk:
    """A place in the raw bytes, and the boundaries that are open there."""

    def __init__(self, raw: bytes, depth: int, spans: list[tuple[int, int]]) -> None:
        self._raw = raw
        self._first = spans  # the message's own headers
        self._position = 0
        self._depth = depth
        self._open: list[tuple[bytes, int]] = []  # boundary, and the depth outside it
        self._content_type_bytes = 0

    def enter(self, position: int) -> str:
        """Read the headers of the part at `position`; a sentence where they pass a limit."""
        while True:
            declared, end = self._headers(position)
            self._position = end
            if len(declared) > HEADER_BYTES or self._content_type_bytes > HEADER_BLOCK_BYTES:
                return (
                    f"A part describes itself in {len(declared):,} bytes, over the limit of "
                    f"{HEADER_BYTES:,}; the parts from there on were not read."
                )
            kind = declared[:80].strip().lower()
            if kind.startswith(b"multipart/"):
                boundary = _boundary(declared)
                if boundary:
                    self._open.append((boundary, self._depth))
                    self._depth += 1
            elif kind.startswith(b"message/"):
                self._depth += 1
            if self._depth > DEPTH:
                return (
                    f"The message nests more than {DEPTH} messages or groups of parts in one "
                    "another; those further in were not read."
                )
            if not kind.startswith(b"message/") or end >= len(self._raw):
                return ""
            position = end
            while self._raw[position : position + 1] in {b"\r", b"\n"}:
                position += 1

    def _headers(self, position: int) -> tuple[bytes, int]:
        """The Content-Type of the part that begins at `position`, and where its headers end."""
        declared, end = b"", position
        spans = header_spans(self._raw, position) if position else self._first
        for start, end in spans:
            match = None if declared else _CONTENT_TYPE.match(self._raw, start, end)
            if match:
                declared = self._raw[match.end() : end].rstrip(b"\r\n")
                self._content_type_bytes += len(declared)
        return declared, end

    def next_part(self) -> int:
        """Where the next part begins: after the next line that is an open boundary."""
        while self._open:
            mark = self._marks().search(self._raw, self._position)
            if mark is None:
                break
            self._position = mark.end()
            level = max(i for i, (boundary, _) in enumerate(self._open) if boundary == mark[1])
            outside = self._open[level][1]
            if mark[2]:
                self._depth = outside
                del self._open[level:]
            else:
                self._depth = outside + 1
                del self._open[level + 1 :]
                return self._position + (2 if self._raw.startswith(b"\r\n", mark.end()) else 1)
        return len(self._raw)

    def _marks(self) -> re.Pattern[bytes]:
        """A line that is one of the open boundaries, or one of them closed."""
        names = b"|".join(re.escape(boundary) for boundary, _ in reversed(self._open))
        return re.compile(rb"[\r\n]--(" + names + rb")(--)?[ \t]*(?=[\r\n]|\Z)")


def _boundary(declared: bytes) -> bytes:
    """The boundary as the standard parser will understand this Content-Type."""
    message = StandardMessage()
    message["content-type"] = declared.decode("ascii", "surrogateescape")
    boundary = message.get_boundary()
    # A boundary that is not ASCII parts nothing the library finds; it is measured as it stands.
    return boundary.encode("utf-8", "surrogateescape") if boundary else b""
