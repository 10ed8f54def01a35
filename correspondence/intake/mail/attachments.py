"""The text inside attachments, so far as a file has any that can safely be read.

Every reader has limits of its own, and none of them can do more than fail: the file itself is kept
whatever happens, and the second answer says why its text is missing.
"""

from __future__ import annotations

import re
from typing import Final

from correspondence.intake.mail.decoding import text_from

LONGEST_TEXT: Final = 500_000  # characters of one file; about 150 pages
LONGEST_HTML: Final = 2_000_000  # characters of HTML turned into text, in one message
MOST_DOCUMENTS: Final = 12  # Word and PDF files in one message, the messages in it included
MOST_PICTURES: Final = 8  # pictures and scans, likewise

IN_TURN: Final = "not read yet"
"""Why a document has no text while its turn to be read, in a process of its own, has not come."""

PICTURE: Final = "a scan or picture: there is no text in it to read"
SCANNED: Final = "a scan or picture: the PDF holds no text to read"

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OUTLOOK_PROPERTIES: Final = "__properties_version1.0".encode("utf-16-le")
_MESSAGE_NAMES: Final = (".eml", ".msg")
_MESSAGE_TYPES: Final = frozenset({"application/vnd.ms-outlook", "application/x-ole-msg"})
_PLAIN_NAMES: Final = (".txt", ".text", ".csv", ".tsv", ".md", ".log", ".vcf", ".json", ".xml")
_PICTURE_NAMES: Final = (
    ".jpg",
    ".jpeg",
    ".png",
    ".gif",
    ".heic",
    ".heif",
    ".webp",
    ".bmp",
    ".tif",
    ".tiff",
    ".svg",
)
_PICTURE_MAGIC: Final = (
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"II*\0",
    b"MM\0*",
    b"BM",
)
_FEWEST_PICTURE_BYTES: Final = 6_000  # what is smaller shows no page of writing
_RECORDING_NAMES: Final = (".mp3", ".m4a", ".wav", ".amr", ".ogg", ".mp4", ".mov", ".avi", ".3gp")
_PROGRAM_NAMES: Final = (
    ".exe", ".scr", ".com", ".bat", ".cmd", ".pif", ".msi", ".msp", ".cpl", ".dll", ".hta", ".js",
    ".jse", ".vbs", ".vbe", ".wsf", ".wsh", ".ps1", ".psm1", ".lnk", ".url", ".jar", ".reg", ".iso",
    ".img", ".vhd", ".chm", ".scf", ".appx", ".msix", ".one", ".sh", ".app", ".dmg", ".apk",
)  # fmt: skip
_SIGNATURE_NAMES: Final = (".p7s", ".asc", ".sig")

_UNREADABLE: Final = {
    ".pdf": "the file says it is a PDF, and is damaged or something else",
    ".docx": "the file says it is a Word file, and is damaged or something else",
    ".doc": "an old Word file (.doc), which cannot be read here",
    ".xls": "a spreadsheet, which is not read",
    ".xlsx": "a spreadsheet, which is not read",
    ".ods": "a spreadsheet, which is not read",
    ".ppt": "a presentation, which is not read",
    ".pptx": "a presentation, which is not read",
    ".odt": "an OpenDocument text, which cannot be read here",
    ".pages": "a Pages document, which cannot be read here",
    ".zip": "an archive, whose files are not opened",
    ".rar": "an archive, whose files are not opened",
    ".7z": "an archive, whose files are not opened",
    ".p7m": "an encrypted or signed envelope, which could not be opened",
    ".pgp": "an encrypted file",
}
_CALENDAR_FIELD: Final = re.compile(
    r"(?im)^(SUMMARY|DTSTART|DTEND|LOCATION|DESCRIPTION|ORGANIZER|COMMENT)([;:].*)$"
)
_CALENDAR_LABELS: Final = {
    "SUMMARY": "Summary",
    "DTSTART": "Start",
    "DTEND": "End",
    "LOCATION": "Place",
    "DESCRIPTION": "Description",
    "ORGANIZER": "Organiser",
    "COMMENT": "Comment",
}


def is_message(name: str, content_type: str, content: bytes) -> bool:
    """Whether a file is itself a mail message, to be opened as one."""
    if content.startswith(_OLE):
        return _OUTLOOK_PROPERTIES in content
    if content_type == "message/rfc822":
        return True
    return bool(content.strip()) and (
        name.lower().endswith(_MESSAGE_NAMES) or content_type in _MESSAGE_TYPES
    )


def is_document(name: str, content_type: str, content: bytes) -> bool:
    """Whether reading the file costs a Word or PDF reader's time."""
    return b"%PDF-" in content[:1_024] or _is_word(name, content_type, content)


def is_picture(content_type: str, content: bytes) -> bool:
    """Whether words may have to be read from it: a picture of a kind and size to hold any."""
    if len(content) < _FEWEST_PICTURE_BYTES:
        return False
    if content.startswith(b"BM") and not content_type.startswith("image/"):
        return False  # two letters that any text may begin with
    return content.startswith(_PICTURE_MAGIC) or (
        content.startswith(b"RIFF") and content[8:12] == b"WEBP"
    )


def read_text(name: str, content_type: str, content: bytes, charset: str = "") -> tuple[str, str]:
    """The text of a file, and why there is none, or not all, where some was to be expected.

    The bytes decide before the name, the name before the content type. Never raises.
    """
    try:
        text, because = _read(name.lower(), content_type.lower(), content, charset)
    except Exception:  # noqa: BLE001 a file that breaks a reader is kept, and said to be unread
        return "", "the file is damaged and could not be read"
    if len(text) > LONGEST_TEXT:
        return text[:LONGEST_TEXT], f"only the first {LONGEST_TEXT:,} characters were read"
    return text, because


def _read(name: str, kind: str, content: bytes, charset: str) -> tuple[str, str]:
    if not content:
        return "", "the file is empty"
    if b"%PDF-" in content[:1_024]:
        from correspondence.intake.mail.documents import pdf_text

        return pdf_text(content)
    if _is_word(name, kind, content):
        from correspondence.intake.mail.documents import word_text

        return word_text(content)
    from correspondence.intake.mail.rtf import is_rtf, rtf_words

    if is_rtf(content):
        words, is_html = rtf_words(content)
        return (_html(words) if is_html else words), ""
    because = _without_text(name, kind, content)
    if because is not None:
        return "", because
    text = text_from(content[: 4 * LONGEST_TEXT + 4], charset)[0]
    if kind == "text/html" or name.endswith((".html", ".htm")):
        return _html(text), ""
    if kind == "text/calendar" or name.endswith(".ics"):
        return _calendar(text), ""
    return text, "" if text or not content.strip() else "the file holds no text"


def _is_word(name: str, kind: str, content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04") and (
        name.endswith((".docx", ".docm", ".dotx")) or "wordprocessingml" in kind
    )


def _without_text(name: str, kind: str, content: bytes) -> str | None:
    """Why a file of this kind gives no text; None where it is text."""
    main = kind.partition("/")[0]
    if name.endswith(_PROGRAM_NAMES) or content.startswith((b"MZ", b"\x7fELF")):
        return "a program, or a file that starts one: do not open it"
    if name.endswith((".pdf", ".docx")):
        return _UNREADABLE["." + name.rpartition(".")[2]]
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8")):
        return PICTURE
    if name.endswith(_SIGNATURE_NAMES) or kind.endswith(("pkcs7-signature", "pgp-signature")):
        return ""
    if main == "text" or name.endswith((*_PLAIN_NAMES, ".html", ".htm", ".ics")):
        return None if _is_text(content) else "the file says it is text and is not"
    if main == "image" or name.endswith(_PICTURE_NAMES):
        return PICTURE
    if main in {"audio", "video"} or name.endswith(_RECORDING_NAMES):
        return "a recording: it must be listened to"
    for ending, because in _UNREADABLE.items():
        if name.endswith(ending):
            return because
    if _is_text(content):
        return None
    return "a kind of file that cannot be read here"


def _is_text(content: bytes) -> bool:
    """Whether the beginning reads as text: no control bytes, but for UTF-16 with its mark."""
    sample = content[:4_000]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", sample)


def _html(markup: str) -> str:
    from correspondence.intake.mail.html_text import html_text

    return html_text(markup)


def _calendar(text: str) -> str:
    """What an invitation says, a line a field; all of it where it holds none of them (RFC 5545)."""
    unfolded = text.replace("\n ", "").replace("\n\t", "")
    lines = []
    for name, rest in _CALENDAR_FIELD.findall(unfolded):
        value = rest.rpartition(":")[2] if name.upper() == "ORGANIZER" else rest.partition(":")[2]
        value = value.replace("\\n", "\n").replace("\\N", "\n")
        value = re.sub(r"\\([,;\\])", r"\1", value).strip()
        if value:
            lines.append(f"{_CALENDAR_LABELS[name.upper()]}: {value}")
    return "\n".join(lines) or text
