"""What gateways, exports and broken programs do to a message, one thing at a time.

None of them takes a word away, so a message that has suffered any two of them still says what it
said: who wrote, about what, in which words, with which files.
"""

from __future__ import annotations

import base64
import re
from itertools import combinations
from typing import TYPE_CHECKING, Final

from tests.intake.written_mail import group, multipart_body, part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SAID: Final = "The ceiling in the café leaks & it cost us £250."
SUBJECT: Final = "The café – it leaks"
CONTENT: Final = bytes(range(256)) * 3
_CODED_SUBJECT: Final = f"=?UTF-8?B?{base64.b64encode(SUBJECT.encode()).decode()}?="
_QUOTED: Final = "The ceiling in the caf=C3=A9 leaks & it cost=\r\n us =C2=A3250."
_FILE: Final = part(
    CONTENT, "application/pdf", encoding="base64", disposition='attachment; filename="letter.pdf"'
)


def _head(kind: str, encoding: str = "") -> bytes:
    fields = [
        "From: Jo Tenant <jo@example.net>",
        "To: c@landlord.example",
        f"Subject: {_CODED_SUBJECT}",
        "Date: Tue, 3 Mar 2026 09:15:00 +0000",
        "Message-ID: <1@example.net>",
        "MIME-Version: 1.0",
        f"Content-Type: {kind}",
        *([f"Content-Transfer-Encoding: {encoding}"] if encoding else []),
    ]
    return "\r\n".join(fields).encode() + b"\r\n\r\n"


def _coded(text: str) -> bytes:
    return base64.encodebytes(text.encode()).replace(b"\n", b"\r\n")


_HTML: Final = f"<html><body><p>{SAID.replace('&', '&amp;')}</p></body></html>"
_QUOTED_PART: Final = part(_QUOTED, encoding="quoted-printable")
_MIXED: Final = 'multipart/mixed; boundary="b1"'

SOUND: Final = {
    "quoted": (_head("text/plain; charset=utf-8", "quoted-printable") + _QUOTED.encode(), False),
    "coded": (_head("text/plain; charset=utf-8", "base64") + _coded(SAID), False),
    "html": (_head("text/html; charset=utf-8", "base64") + _coded(_HTML), False),
    "with a file": (_head(_MIXED) + multipart_body(_QUOTED_PART, _FILE), True),
    "both and a file": (
        _head(_MIXED)
        + multipart_body(
            group(_QUOTED_PART, part(_HTML, "text/html; charset=utf-8", encoding="base64")), _FILE
        ),
        True,
    ),
}
"""Messages as they should be, and whether a file goes with each."""


def _above(*lines: bytes) -> Callable[[bytes], bytes]:
    return lambda raw: b"\r\n".join(lines) + b"\r\n" + raw


def _below(*lines: bytes) -> Callable[[bytes], bytes]:
    """Lines at the end of the headers."""

    def added(raw: bytes) -> bytes:
        end = _end_of_headers(raw)
        return raw[:end] + b"\r\n" + b"\r\n".join(lines) + raw[end:]

    return added


def _end_of_headers(raw: bytes) -> int:
    first = len(raw) - len(raw.lstrip())
    found = re.compile(rb"(?:\r\r\n|\r\n|\n|\r(?![\r\n])){2}").search(raw, first)
    return found.start() if found else len(raw)


def _swapped(old: bytes, new: bytes, count: int = 1) -> Callable[[bytes], bytes]:
    return lambda raw: raw.replace(old, new, count)


def _in_headers(pattern: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def changed(raw: bytes) -> bytes:
        end = _end_of_headers(raw)
        return re.sub(pattern, new, raw[:end]) + raw[end:]

    return changed


FAULTS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "lines end in LF": _swapped(b"\r\n", b"\n", -1),
    "some lines end in LF": lambda raw: re.sub(rb"\r\n(?=[A-Z])", b"\n", raw),
    "lines end in CR CR LF": lambda raw: re.sub(rb"(?<!\r)\r?\n", b"\r\r\n", raw),
    "an mbox line": _above(b"From jo@example.net Tue Mar  3 09:15:00 2026"),
    "a quoted mbox line": _above(b">From jo@example.net Tue Mar  3 09:15:00 2026"),
    "a byte order mark": lambda raw: b"\xef\xbb\xbf" + raw,
    "blank lines above": lambda raw: b"\r\n\r\n" + raw,
    "NULs at the end": lambda raw: raw + b"\0" * 300,
    "a NUL in a header": _below(b"X-Gate\0way: passed"),
    "a stray line": _swapped(b"To: c@", b"this line is no header\r\nTo: c@"),
    "a second subject": _below(b"Subject: something else"),
    "a second Content-Type": _below(b"Content-Type: application/octet-stream"),
    "no MIME-Version": _swapped(b"MIME-Version: 1.0", b"X-Mime: gone"),
    "names in capitals": _in_headers(rb"(?m)^(From|To|Date|Subject|Content-Type)", rb"\1 "),
    "a header of 20 kB": _below(b"X-Long: " + b"a" * 20_000),
    "a hundred Received": _above(*[b"Received: from a.example by b.example"] * 100),
    "8-bit headers": _below(b"X-Office: B\xfcro caf\xe9", b"X-Place: caf\xc3\xa9"),
    "an unended encoded word": _below(b"X-Word: =?utf-8?B?4pyT"),
    "an epilogue": lambda raw: raw + b"\r\n-- \r\n",
    "a Content-Length that lies": _below(b"Content-Length: 3"),
    "a comment in the type": _in_headers(rb"(?i)(content-type[ ]?: [\w/]+)", rb"\1 (as sent)"),
    "the charset in quotes": _swapped(b"charset=utf-8", b"charset='UTF-8'", -1),
    "a charset nobody knows": _swapped(b"charset=utf-8", b"charset=x-unheard-of", -1),
    "the charset left out": _swapped(b"; charset=utf-8", b"", -1),
    "a charset that lies": _swapped(b"charset=utf-8", b"charset=us-ascii", -1),
    "the encoding in capitals": lambda raw: re.sub(
        rb"Encoding: (\S+)", lambda m: b"Encoding:   " + m[1].upper() + b" ", raw
    ),
    "folded by tabs": _in_headers(rb"; boundary", rb";\r\n\tboundary"),
    "no last boundary": _swapped(b"--b1--\r\n", b""),
    "half a last boundary": _swapped(b"--b1--\r\n", b"--b1"),
    "spaces behind boundaries": lambda raw: re.sub(rb"(?m)^(--b\d)(?=\r?$)", rb"\1   ", raw),
    "words before the first part": _swapped(b"\r\n--b1", b"This is MIME.\r\n--b1"),
    "a type that lies": _swapped(b"application/pdf", b"image/jpeg"),
    "the type left out of a file": _swapped(b"Content-Type: application/pdf\r\n", b""),
    "a name in two ways": _swapped(
        b'filename="letter.pdf"', b"filename=\"x.bin\"; filename*=UTF-8''letter.pdf"
    ),
    "a name in pieces": _swapped(
        b'filename="letter.pdf"', b"filename*0*=UTF-8''let; filename*1=ter; filename*2=.pdf"
    ),
    "a name turned round": _swapped(
        b'filename="letter.pdf"', 'filename="\u202eletter.pdf"'.encode()
    ),
    "a name that climbs": _swapped(b'filename="letter.pdf"', b'filename="../../letter.pdf"'),
}
"""Each leaves every word and every byte of a file where it was."""


def twice_broken() -> Iterator[tuple[str, bytes, bool]]:
    """Every two faults, on the sound messages in turn: a name, the bytes, whether it has a file."""
    kinds = list(SOUND)
    for number, (first, second) in enumerate(combinations(FAULTS, 2)):
        if (first, second) == ("blank lines above", "a hundred Received"):
            continue  # the blank lines then end the headers, as they should
        kind = kinds[number % len(kinds)]
        raw, has_file = SOUND[kind]
        yield f"{kind}: {first}, {second}", FAULTS[second](FAULTS[first](raw)), has_file
