"""Where a message begins, and its headers put right: marks, wide letters, stray and broken lines.

Programs that export mail write lines of their own above it or between its headers; gateways double
the ends of lines. What a parser would stumble over is mended first, and every mending is said.
"""

from __future__ import annotations

import re
from typing import Final

from correspondence.intake.mail.decoding import text_from
from correspondence.intake.mail.limits import header_spans

SEARCHED: Final = 64_000  # bytes in which headers are looked for

_MAIL_HEADERS: Final = frozenset(
    b"from to cc subject date message-id received return-path delivered-to mime-version "
    b"content-type content-transfer-encoding reply-to sender in-reply-to references resent-from "
    b"x-mailer auto-submitted list-id dkim-signature authentication-results".split()
)
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_MARK: Final = b"\xef\xbb\xbf"
_MARKED_HEADER: Final = re.compile(rb"(?m)^\xef\xbb\xbf(?=[A-Za-z][A-Za-z-]{1,40}:)")
_ENVELOPE: Final = re.compile(rb">From [^\r\n]*(?:\r\n|\n|\r)")
_LINE: Final = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_BLANK_END: Final = re.compile(rb"(?:\A|[\r\n])[ \t]+(?:\r\n|\n|\r)\Z")
_SPACED_NAME: Final = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,40})[ \t]+:")
_NUL_IN_NAME: Final = re.compile(rb"(?m)^([A-Za-z][A-Za-z0-9-]{0,60})\0+([A-Za-z0-9-]{0,60}:)")
_MOST_STRAY: Final = 20  # lines among the headers that are none
_AHEAD: Final = 4  # lines after a stray one in which a header must come
_STRAY: Final = b"X-Stray-Line: "

NO_HEADERS: Final = "The message has no headers; all of it was read as its text."
STRAY_LINES: Final = "Among the headers were lines that are none; they were passed over."


def begun(raw: bytes) -> tuple[bytes, str]:
    """The message from its first header on, mended, and a sentence on what was found wrong.

    One without headers begins with a newline, so that all of it is text.
    """
    raw = _narrow(raw)
    if _MARK in raw[:SEARCHED]:
        raw = _MARKED_HEADER.sub(b"", raw.removeprefix(_MARK), count=1)
    if b"\r\r\n" in raw[:SEARCHED]:
        raw = raw.replace(b"\r\r\n", b"\r\n")
    bare = raw.lstrip(b" \t\r\n\0")
    bare = bare[found.end() :] if (found := _ENVELOPE.match(bare)) else bare
    if b"From " in bare[:SEARCHED]:
        bare = _without_envelopes(bare)
    if _is_whole(bare):
        return bare, ""
    if b"\0" in bare[:SEARCHED]:
        bare = _NUL_IN_NAME.sub(rb"\1\2", bare[:SEARCHED]) + bare[SEARCHED:]
    mended, strays = _mended(bare)
    if has_mail_headers(mended):
        return mended, STRAY_LINES if strays else ""
    return b"\n" + raw, NO_HEADERS


def _without_envelopes(raw: bytes) -> bytes:
    """Lines of an mbox that stand among the headers left out; `From :` is a header all the same."""
    spans = header_spans(raw[:SEARCHED])
    kept = []
    for number, (start, end) in enumerate(spans):
        line = raw[start:end]
        if named := _SPACED_NAME.match(line):
            kept.append(named.group(1) + b":" + line[named.end() :])
        elif number == 0 or not line.startswith((b"From ", b">From ")):
            kept.append(line)
    return b"".join(kept) + raw[spans[-1][1] if spans else 0 :]


def has_mail_headers(raw: bytes) -> bool:
    """Whether the first lines are headers, and one of them a header that mail has."""
    head = raw[:SEARCHED]
    return _has_mail_headers(head, header_spans(head))


def _has_mail_headers(head: bytes, spans: list[tuple[int, int]]) -> bool:
    return any(
        head[start : head.find(b":", start, end)].strip().lower() in _MAIL_HEADERS
        for start, end in spans
    )


def _narrow(raw: bytes) -> bytes:
    """UTF-16 and UTF-32, with or without their mark, as UTF-8."""
    if raw.startswith(_WIDE_MARKS):
        return text_from(raw)[0].encode("utf-8")
    sample = raw[:400]
    half = len(sample) // 2
    for start, charset in ((1, "utf-16-le"), (0, "utf-16-be")):
        if half > 20 and sample[start::2].count(0) > half * 0.9 > sample[1 - start :: 2].count(0):
            return raw.decode(charset, "replace").encode("utf-8", "replace")
    return raw


def _is_whole(raw: bytes) -> bool:
    """Whether the headers run without a break to a blank line, or to the end."""
    head = raw[:SEARCHED]
    spans = header_spans(head)
    if not spans:
        return False
    end = spans[-1][1]
    return (end >= len(head) or head[end : end + 1] in {b"\r", b"\n"}) and (
        _has_mail_headers(head, spans)
    )


def _mended(raw: bytes) -> tuple[bytes, int]:
    """Headers with a space before their colon closed up, and stray lines made headers."""
    head, kept, strays, position = raw[:SEARCHED], [], 0, 0
    known: set[bytes] = set()
    while position < len(head):
        spans = header_spans(head, position)
        if spans:
            known |= {_name(head[start:end]) for start, end in spans}
            kept.append(head[position : spans[-1][1]])
            position = spans[-1][1]
        line = _LINE.match(head, position)
        blank_before = _BLANK_END.search(head, max(0, position - 400), position)
        if line is None or not line.group().strip() or (spans and blank_before):
            break
        spaced = _SPACED_NAME.match(line.group())
        if spaced and spaced.group(1).lower() in _MAIL_HEADERS:
            kept.append(spaced.group(1) + b":" + line.group()[spaced.end() :])
            known.add(spaced.group(1).lower())
        elif (
            strays < _MOST_STRAY
            and not line.group().startswith(b"--")  # a part begins
            and _headers_follow(head, line.end(), known)
        ):
            kept.append(_STRAY + line.group().lstrip())
            strays += 1
        else:  # the text begins without a blank line before it
            break
        position = line.end()
    return b"".join(kept) + raw[position:], strays


def _headers_follow(head: bytes, position: int, known: set[bytes]) -> bool:
    """Whether, after a line that is no header, one comes that mail has and that was not there."""
    for _ in range(_AHEAD):
        line = _LINE.match(head, position)
        if line is None or not line.group().strip() or line.group().startswith(b"--"):
            return False
        name = _name(line.group())
        if name in _MAIL_HEADERS and name not in known:
            return True
        position = line.end()
    return False


def _name(line: bytes) -> bytes:
    return line.partition(b":")[0].strip().lower() if b":" in line else b""
