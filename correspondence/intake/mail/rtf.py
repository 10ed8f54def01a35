"""The words in a rich-text document, or the HTML that Outlook wrapped in one (MS-OXRTFEX).

One pass over the control words; groups are kept on a list, so no nesting costs the stack.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from correspondence.intake.mail.decoding import clean

LARGEST: Final = 10_000_000  # bytes; what lies beyond is not read

_TOKEN: Final = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])"
    rb"|([{}])|[\r\n]+|([^\\{}\r\n]+|.)",
    re.DOTALL,
)
_NOT_WORDS: Final = frozenset(
    {
        b"fonttbl",
        b"colortbl",
        b"stylesheet",
        b"info",
        b"pict",
        b"object",
        b"objdata",
        b"themedata",
        b"datastore",
        b"listtable",
        b"listoverridetable",
        b"rsidtbl",
        b"generator",
        b"latentstyles",
        b"xmlnstbl",
        b"fldinst",
        b"nonshppict",
        b"filetbl",
        b"revtbl",
    }
)
_CHARACTERS: Final = {
    b"par": "\n",
    b"line": "\n",
    b"sect": "\n",
    b"page": "\n",
    b"row": "\n",
    b"cell": "\t",
    b"tab": "\t",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"endash": "–",
    b"emdash": "—",
    b"~": " ",
    b"_": "-",
}


def is_rtf(content: bytes) -> bool:
    """Whether the bytes begin as rich text does."""
    return content.lstrip()[:5] == rb"{\rtf"


def rtf_words(content: bytes) -> tuple[str, bool]:
    """What a rich-text document says, and whether that is HTML (wrapped in it by Outlook)."""
    reader = _Reader(is_html=b"\\fromhtml1" in content[:2_000])
    for match in _TOKEN.finditer(content[:LARGEST]):
        reader.token(match)
    return clean(reader.text()).strip(), reader.is_html


@dataclass(slots=True)
class _Group:
    """What holds within the innermost braces."""

    silent: bool = False  # a destination that holds no words
    tag: bool = False  # a fragment of the wrapped HTML
    fallback: bool = False  # rich text that repeats what the HTML says
    skip: int = 1  # characters to leave out after a Unicode character
    starred: bool = False


@dataclass(slots=True)
class _Reader:
    is_html: bool
    _group: _Group = field(default_factory=_Group)
    _outer: list[_Group] = field(default_factory=list)
    _out: list[str] = field(default_factory=list)
    _bytes: bytearray = field(default_factory=bytearray)  # escaped bytes not yet decoded
    _charset: str = "cp1252"
    _to_skip: int = 0
    _high: int = 0  # the first half of a surrogate pair

    def token(self, match: re.Match[bytes]) -> None:
        word, number, escaped, symbol, brace, text = match.groups()
        if escaped is not None:
            self._byte(int(escaped, 16))
            return
        self._flush()
        if brace == b"{":
            self._outer.append(self._group)
            group = self._group
            self._group = _Group(group.silent, group.tag, group.fallback, group.skip)
            self._to_skip = 0
        elif brace == b"}":
            self._group = self._outer.pop() if self._outer else _Group()
            self._to_skip = 0
        elif word is not None:
            self._word(word.lower(), int(number) if number else None)
        elif symbol is not None:
            self._symbol(symbol)
        elif text is not None:
            self._text(text)

    def _word(self, word: bytes, number: int | None) -> None:
        group = self._group
        if word in _NOT_WORDS or (group.starred and word not in {b"htmltag", b"shppict"}):
            group.silent = True
        elif word == b"htmltag":
            group.tag, group.silent = True, not self.is_html
        elif word == b"htmlrtf":
            group.fallback = number != 0
        elif word == b"ansicpg" and number:
            self._charset = f"cp{number}" if number != 65001 else "utf-8"
        elif word == b"uc":
            group.skip = min(max(number or 0, 0), 8)
        elif word == b"u" and number is not None:
            self._unicode(number & 0xFFFF)
        elif word in _CHARACTERS and not group.tag:
            self._say(_CHARACTERS[word])
        elif word in {b"par", b"tab", b"line"}:
            self._say("\t" if word == b"tab" else "\n")
        group.starred = False

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._group.starred = True
        elif symbol in _CHARACTERS:
            self._say(_CHARACTERS[symbol])
        elif symbol in {b"\\", b"{", b"}"}:
            self._text(symbol)
        elif symbol in {b"\n", b"\r"}:
            self._say("\n")

    def _unicode(self, code: int) -> None:
        self._to_skip = self._group.skip
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return
        if 0xDC00 <= code < 0xE000 and self._high:
            code = 0x10000 + ((self._high - 0xD800) << 10) + (code - 0xDC00)
        self._high = 0
        self._say(chr(code))

    def _byte(self, byte: int) -> None:
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._bytes.append(byte)

    def _text(self, text: bytes) -> None:
        if self._to_skip:
            cut = min(self._to_skip, len(text))
            self._to_skip -= cut
            text = text[cut:]
        self._say(self._decoded(text))

    def _flush(self) -> None:
        if self._bytes:
            escaped = bytes(self._bytes)
            self._bytes.clear()
            self._say(self._decoded(escaped))

    def _decoded(self, content: bytes) -> str:
        try:
            return content.decode(self._charset, "replace")
        except LookupError:
            return content.decode("cp1252", "replace")

    def _say(self, text: str) -> None:
        group = self._group
        if group.silent or (self.is_html and group.fallback and not group.tag):
            return
        self._out.append(text)

    def text(self) -> str:
        self._flush()
        return "".join(self._out)
