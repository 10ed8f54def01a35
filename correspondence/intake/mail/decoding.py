"""Bytes become words: character sets, encoded headers, transfer encodings.

A character set is never guessed from statistics, which turns short British mail into nonsense.
The order is fixed: UTF-8 where the bytes are valid UTF-8, then what the message declares, then
Windows-1252 for whatever bytes are not UTF-8, since most undeclared mail in this country is in it.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import quopri
import re
from functools import lru_cache
from typing import Final

_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Seven-bit or wide character sets, whose bytes may be valid UTF-8 and yet mean something else.
_DECLARATION_FIRST: Final = re.compile(r"(?i)utf-?(16|32|7)|ucs-?[24]|(x-)?iso-?2022|hz(-gb)?")

# What is declared as one of these is written in Windows-1252 in practice (WHATWG Encoding).
_CP1252_IN_PRACTICE: Final = frozenset({"ascii", "iso8859-1", "cp1252"})

# What is declared as one of these is written in the wider set in practice (WHATWG Encoding).
_WIDER: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "cp950",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
}
_TWO_BYTES: Final = frozenset({"gb18030", "cp949", "cp932", "cp950", "euc_jp", "big5hkscs"})

# Python's own codecs that do not turn bytes into words, or have no place in a mail.
_NOT_CHARACTER_SETS: Final = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "mbcs", "oem"}
)

_LINE_ENDS: Final = re.compile("\r\n|\r|\x0b|\x0c|\x85|\u2028|\u2029")
_CONTROLS: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters but tab and newline
    "\u00ad\u034f\u180e\u200b\u2060-\u2064\ufeff\ufffe\uffff"  # invisible, they split words
    "\u202a-\u202e\u2066-\u2069]"  # they turn the reading order round
)
_ASCII_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LONE_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_SPACES: Final = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")

_ENCODED_WORD: Final = re.compile(r"=\?([^?\s]{1,80})\?([bBqQ])\?([^?]*)\?=")
_CUT_WORD: Final = re.compile(r"(=\?[^?\s]{1,80}\?[bBqQ]\?[^?\s]+)\??\s*\Z")
_ENCODED_GAP: Final = re.compile(r"(\?=)[ \t\r\n]+(?==\?[^?\s]{1,80}\?[bBqQ]\?)")
_CP1252_BYTES: Final = "correspondence.cp1252"
_NOT_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/]+")
_UU_BEGIN: Final = re.compile(rb"(?m)^begin [0-7]{3,4} ([^\r\n]{1,200})\r?$")


_LONGEST_NAME: Final = 80  # characters of a character set's name; what is longer is none


def text_from(content: bytes, declared: str = "") -> tuple[str, str]:
    """The words in `content`, and a sentence where something had to be repaired, else empty.

    `declared` is the character set the message names; it may be empty, unknown or wrong.
    """
    for mark, charset in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return clean(content.decode(charset, "replace")), ""
    charset = _known_charset(declared[:_LONGEST_NAME])
    if charset and _DECLARATION_FIRST.match(declared.strip()):
        return clean(content.decode(charset, "replace")), ""
    try:
        return clean(content.decode("utf-8")), ""
    except UnicodeDecodeError:
        pass
    if charset and charset not in _CP1252_IN_PRACTICE and charset != "utf-8":
        charset = _WIDER.get(charset, charset)
        try:
            return clean(content.decode(charset)), ""
        except (UnicodeError, ValueError):
            text = _mostly(content, charset)
            if text:
                note = f"Some of the text is not in the character set it names ({charset})."
                return clean(text), note
    if charset in _CP1252_IN_PRACTICE and charset != "ascii":
        note = ""
    elif not declared:
        note = "The text names no character set and is not UTF-8; it was read as Windows-1252."
    elif not charset:
        note = "The text names an unknown character set; it was read as Windows-1252."
    else:
        note = f"The text is not in the character set it names ({charset}); read as Windows-1252."
    return clean(content.decode("utf-8", _CP1252_BYTES)), note


def _mostly(content: bytes, charset: str) -> str:
    """The text in a character set of two bytes a letter that only here and there does not fit."""
    if charset not in _TWO_BYTES:
        return ""
    text = content.decode(charset, "replace")
    return text if text.count("\ufffd") * 20 <= len(text) else ""


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Read only the bytes that are not UTF-8 as Windows-1252; the rest of the text stays."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_CP1252_BYTES, _as_cp1252)


@lru_cache(maxsize=128)
def _known_charset(name: str) -> str:
    """Python's name for a character set that can be decoded to text, or empty."""
    wanted = name.strip().strip("'\"").partition("*")[0].lower()[:60]
    wanted = {"cp-850": "cp850", "unicode-1-1-utf-7": "utf-7"}.get(wanted, wanted)
    try:
        info = codecs.lookup(wanted)
        b"a".decode(wanted, "replace")  # refuses codecs that do not make words, as base64
    except (LookupError, ValueError, UnicodeError):
        return ""
    return "" if info.name.replace("_", "-") in _NOT_CHARACTER_SETS else info.name


def clean(text: str) -> str:
    """Text fit to keep and show: newlines as LF, no control or invisible characters.

    Special spaces become plain ones. Nothing that can be read is taken away.
    """
    if text.isascii() and not _ASCII_CONTROLS.search(text):
        return text
    text = text.replace("\r\n", "\n")
    if text.isascii() and not _ASCII_CONTROLS.search(text):
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _CONTROLS.sub("", text)
    if text.isascii():
        return text
    text = _LONE_SURROGATES.sub("\ufffd", text)
    return _SPACES.sub(" ", text)


def one_line(text: str) -> str:
    """Cleaned text on one line: every run of white space becomes one space."""
    return " ".join(clean(text).split())


def header_text(raw: bytes) -> str:
    """One header value in words: unfolded, with its encoded words read (RFC 2047).

    Raw eight-bit bytes are read in the fixed order. A broken encoded word stays as it is written.
    """
    text = eight_bit(raw)
    if text.isascii() and text.isprintable() and "=?" not in text:
        return " ".join(text.split())  # as nearly every header is
    return one_line(encoded_words(text))


def eight_bit(raw: bytes) -> str:
    """A header value as it stands, encoded words untouched, raw eight-bit bytes read."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8", _CP1252_BYTES)


def encoded_words(text: str) -> str:
    """Replace encoded words by what they say.

    Neighbours in the same character set are joined before they are decoded, since many programs
    cut a letter's bytes in two. An unknown character set is read in the fixed order.
    """
    if "=?" not in text:
        return text
    text = _CUT_WORD.sub(r"\1?=", _ENCODED_GAP.sub(r"\1", text))
    out: list[str] = []
    held, held_charset, end = b"", "", 0
    for match in _ENCODED_WORD.finditer(text):
        charset, encoding, payload = match.groups()
        if held and (match.start() > end or charset.lower() != held_charset):
            out.append(text_from(held, held_charset)[0])
            held = b""
        out.append(text[end : match.start()])
        held += _word_bytes(payload, encoding)
        held_charset, end = charset.lower(), match.end()
    if held:
        out.append(text_from(held, held_charset)[0])
    out.append(text[end:])
    return "".join(out)


def _word_bytes(payload: str, encoding: str) -> bytes:
    content = payload.encode("utf-8", "surrogateescape")
    if encoding in "bB":
        return _base64_bytes(content)[0]
    return quopri.decodestring(content.replace(b"_", b" ").replace(b"\n", b" "), header=False)


def transfer_decoded(content: bytes, encoding: str) -> tuple[bytes, str]:
    """Undo a Content-Transfer-Encoding; the second answer says what had to be repaired."""
    encoding = encoding.partition("(")[0].strip().strip("'\"").lower()
    if encoding == "base64":
        if _is_plain_writing(content):
            return content, "A part says it is base64 and is not; it was read as it stands."
        return _base64_bytes(content)
    if encoding == "quoted-printable":
        # Gateways pad lines with blanks, which do not count at their ends (RFC 2045, 6.7, rule 3).
        return quopri.decodestring(_PADDED_BREAK.sub(b"=", content)), ""
    if encoding in {"x-uuencode", "uuencode", "uue", "x-uue"}:
        return uudecoded(content)
    if encoding in {"", "7bit", "8bit", "binary", "7-bit", "8-bit"}:
        return content, ""
    return content, "A part names an unknown transfer encoding; its bytes were kept as they are."


_PADDED_BREAK = re.compile(rb"=[ \t]+(?=\r?\n|\Z)")


def _is_plain_writing(content: bytes) -> bool:
    """Whether most lines hold words between spaces, which base64 never does."""
    lines = [line.strip() for line in content[:4_000].splitlines() if line.strip()][:20]
    return sum(_is_written(line.split()) for line in lines) * 2 > len(lines)


def _is_written(words: list[bytes]) -> bool:
    """Whether these are words, of several lengths, and no pieces that a gateway cut."""
    return len(words) > 4 and len({len(word) for word in words[:-1]}) > 2


def _base64_bytes(content: bytes) -> tuple[bytes, str]:
    """Decode base64, strict first; cut short, badly padded or with junk in it, keep what is there.

    Padding in the middle (two base64 texts joined by a gateway) is decoded piece by piece.
    """
    try:
        return binascii.a2b_base64(content.translate(None, b" \t\r\n"), strict_mode=True), ""
    except binascii.Error:
        pass
    pieces = [_NOT_BASE64.sub(b"", piece) for piece in re.split(rb"=+", content)]
    out, short = [], bool(len(pieces[-1]) % 4)
    for piece in filter(None, pieces):
        left = len(piece) % 4
        short = short or left == 1
        whole = piece[: len(piece) - 1] if left == 1 else piece
        out.append(base64.b64decode(whole + b"=" * (-len(whole) % 4)))
    if not out:
        return b"", "A part says it is base64 but holds none." if content.strip() else ""
    note = "A base64 part was cut short or damaged; what could be decoded was kept."
    return b"".join(out), note if short or len(pieces) > 1 or _NOT_BASE64.search(content) else ""


def uudecoded(content: bytes) -> tuple[bytes, str]:
    """Decode one uuencoded file, with or without its `begin` line; damaged lines are skipped."""
    begin = _UU_BEGIN.search(content)
    lines = content[begin.end() :].splitlines() if begin else content.splitlines()
    out, note = [], ""
    for line in lines:
        if line.strip() in {b"end", b"`", b""}:
            if line.strip() == b"end":
                break
            continue
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            try:  # some programs pad the last group wrongly: decode what the length byte says
                out.append(binascii.a2b_uu(line[: (((line[0] - 32) & 63) * 4 + 5) // 3]))
            except (binascii.Error, IndexError):
                note = "A uuencoded file was damaged; the lines that could be decoded were kept."
    return b"".join(out), note


def uuencoded_files(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Take uuencoded files out of a text body: the text without them, and (name, bytes) of each.

    Only a block that begins, ends and decodes to something counts; anything else stays text.
    """
    if "\nend" not in text or "begin " not in text:
        return text, []
    files: list[tuple[str, bytes]] = []
    kept: list[str] = []
    position = 0
    for begin in re.finditer(r"(?m)^begin [0-7]{3,4} ([^\n]{1,200})\n", text):
        if begin.start() < position:
            continue
        end = text.find("\nend", begin.end() - 1)
        if end < 0:
            break
        content, note = uudecoded(text[begin.end() : end].encode("ascii", "replace"))
        if not content or note:
            continue
        kept.append(text[position : begin.start()])
        files.append((begin.group(1), content))
        position = end + len("\nend")
    kept.append(text[position:])
    return "".join(kept), files
