"""The tree of a message's parts: the standard library's, built by hand where there is but one part.

Most mail that people write by telephone is a single part, of which the headers have been found
already when its limits were held; reading it line by line once more would take as long again.
"""

from __future__ import annotations

import re
from email.feedparser import BytesFeedParser  # its default policy is compat32
from email.message import Message as StandardMessage
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_OF_PARTS: Final = re.compile(rb"(?i)multipart|message/")
_END_OF_HEADERS: Final = re.compile(rb"\r\n|\n|\r")


def tree_of(raw: bytes, spans: Sequence[tuple[int, int]] = ()) -> StandardMessage:
    """The tree; `spans` are where the headers stand, as `limits.header_spans` finds them."""
    if spans and (single := _single_part(raw, spans)) is not None:
        return single
    parser = BytesFeedParser()
    parser.feed(raw)
    return parser.close()


def _single_part(raw: bytes, spans: Sequence[tuple[int, int]]) -> StandardMessage | None:
    """What the standard parser makes of a message in one part; None where it is no such message."""
    end = spans[-1][1]
    blank = _END_OF_HEADERS.match(raw, end)
    if blank is None or _OF_PARTS.search(raw, 0, end):
        return None
    message = StandardMessage()
    for start, stop in spans:
        name, colon, value = raw[start:stop].decode("ascii", "surrogateescape").partition(":")
        if not name or not colon or name[0] in " \t" or name.startswith(("From ", ">From ")):
            return None
        message.set_raw(name, value.lstrip(" \t").rstrip("\r\n"))
    message.set_payload(raw[blank.end() :].decode("ascii", "surrogateescape"))
    return message
