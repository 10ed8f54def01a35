"""Header fields of the standard library's tree, read from their raw bytes by our own rules."""

from __future__ import annotations

import re
from copy import copy
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

from correspondence.intake.mail.decoding import (
    eight_bit,
    encoded_words,
    header_text,
    one_line,
    text_from,
)

if TYPE_CHECKING:
    from email.message import Message as StandardMessage

_MESSAGE_ID: Final = re.compile(r"<([^<>\s]{1,998})>")
_CONTINUED: Final = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?")
_USUAL: Final = 60  # bytes
_DATE_LENGTH: Final = 120
_FIRST_YEAR, _LAST_YEAR = 1970, 9000  # outside them a date is damage, and cannot be reckoned with
_ZONE_NAME: Final = re.compile(r"\(.*")


def raw_headers(
    entity: StandardMessage, wanted: frozenset[str] | None = None
) -> dict[str, list[bytes]]:
    """Headers of a part by lower-cased name, all or those wanted: the bytes as they came."""
    found: dict[str, list[bytes]] = {}
    for name, value in entity.raw_items():
        key = name.strip().lower()
        if wanted is None or key in wanted:
            found.setdefault(key, []).append(surrogate_bytes(str(value)))
    return found


def surrogate_bytes(text: str) -> bytes:
    """The bytes behind the text that the standard parser holds."""
    return text.encode("utf-8", "surrogateescape")


def raw_payload(entity: StandardMessage) -> bytes:
    """A leaf's bytes as they came, no transfer encoding undone.

    Asked for its payload as text, the standard library reads eight-bit bytes in the declared
    character set and loses what does not fit; asked for bytes, it undoes the transfer encoding and
    loses the rest of what is damaged. So they are taken from a part that names no encoding.
    """
    encoding = str(entity.get("content-transfer-encoding", "")).lower()
    if "64" in encoding or "uu" in encoding or "quoted" in encoding:
        entity = copy(entity)
        del entity["content-transfer-encoding"]  # of the copy alone: this makes it a new list
    content = entity.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def decoded(raw: dict[str, list[bytes]]) -> dict[str, tuple[str, ...]]:
    """The same headers in words."""
    return {name: tuple(header_text(value) for value in values) for name, values in raw.items()}


def parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    """A header such as Content-Type: its value in lower case, and its parameters (RFC 2231).

    Names of parameters are in lower case. Continued and percent-encoded values are put together,
    encoded words (not allowed there, and common) are read.
    """
    if len(raw) <= _USUAL and b"name" not in raw:  # one of a few that nearly all mail has
        value, found = _usual_parameters(raw)
        return value, dict(found)
    return _read_parameters(raw)


@lru_cache(maxsize=64)
def _usual_parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    return _read_parameters(raw)


def _read_parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    text = eight_bit(raw)
    value, _, rest = text.partition(";")
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for name, content in _pairs(rest):
        match = _CONTINUED.fullmatch(name)
        if match:
            key, number, encoded = match.groups()
            known = pieces.setdefault(key, [])
            if encoded and number is None:  # the whole, encoded, goes before one without (2231, 4)
                pieces[key] = [(0, True, content)]
            elif all(int(number or 0) != place for place, _, _ in known):  # said twice, the first
                known.append((int(number or 0), bool(encoded), content))
    return one_line(value).lower(), {key: _put_together(found) for key, found in pieces.items()}


def _pairs(text: str) -> list[tuple[str, str]]:
    """name=value pairs between semicolons; a quote that never closes ends at the semicolon."""
    out: list[tuple[str, str]] = []
    position = 0
    while position < len(text):
        semicolon = text.find(";", position)
        semicolon = len(text) if semicolon < 0 else semicolon
        equals = text.find("=", position, semicolon)
        if equals < 0:
            position = semicolon + 1
            continue
        name = one_line(text[position:equals]).lower().replace(" ", "")
        start = equals + 1
        while start < len(text) and text[start] in " \t\r\n":
            start += 1
        value, end = _quoted(text, start) if text[start : start + 1] == '"' else (None, start)
        if value is None:
            semicolon = text.find(";", start)
            end = len(text) if semicolon < 0 else semicolon
            value = text[start:end].strip().strip('"')
        out.append((name, value))
        following = text.find(";", end)
        position = len(text) if following < 0 else following + 1
    return out


def _quoted(text: str, start: int) -> tuple[str | None, int]:
    out: list[str] = []
    position = start + 1
    while position < len(text):
        char = text[position]
        if char == '"':
            return "".join(out), position + 1
        if char == "\\" and text[position + 1 : position + 2] in {'"', "\\"}:
            position += 1
            char = text[position]
        out.append(char)
        position += 1
    return None, len(text)


def _put_together(pieces: list[tuple[int, bool, str]]) -> str:
    pieces.sort(key=lambda piece: piece[0])
    if not any(encoded for _, encoded, _ in pieces):
        return one_line(encoded_words("".join(content for _, _, content in pieces)))
    charset = ""
    out = b""
    for index, (_, encoded, piece) in enumerate(pieces):
        content = piece
        if encoded and index == 0 and piece.count("'") >= 2:  # charset'language'value
            charset, _, content = piece.split("'", 2)
        raw = content.encode("utf-8", "surrogateescape")
        out += unquote_to_bytes(raw) if encoded else raw
    return one_line(text_from(out, charset)[0])


def moment(value: str) -> datetime | None:
    """A date header as UTC; without a time zone it is taken to be UTC. None where it is no date."""
    value = value[:_DATE_LENGTH].strip()
    for attempt in (value, _ZONE_NAME.sub("", value)):
        try:
            found = parsedate_to_datetime(attempt)
        except (ValueError, TypeError, IndexError, OverflowError):
            try:
                found = datetime.fromisoformat(attempt)
            except ValueError:
                continue
        try:
            found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        except (ValueError, OverflowError):
            continue
        if _FIRST_YEAR <= found.year <= _LAST_YEAR:
            return found
    return None


def message_ids(value: str) -> tuple[str, ...]:
    """Message-IDs in a header, without their brackets, each once, in order."""
    found = _MESSAGE_ID.findall(value)
    if not found:
        found = [word.strip("<>,;") for word in value.split() if "@" in word]
    return tuple(dict.fromkeys(item[:998] for item in found if item))
