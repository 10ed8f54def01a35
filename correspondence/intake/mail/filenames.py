"""Names of attachments made safe to show, to keep and to write on any disk."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from correspondence.intake.mail.decoding import one_line

LONGEST_NAME: Final = 120  # characters, of at most three bytes each: within every file system

_NOT_IN_NAMES: Final = re.compile(r'[<>:"|?*\x00-\x1f\x7f\u200b-\u200f]')
_DEVICES: Final = re.compile(r"(?i)(con|prn|aux|nul|clock\$|com\d|lpt\d)(\..*)?")
_EXTENSIONS: Final = {
    "message/rfc822": ".eml",
    "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-signature": ".p7s",
    "application/ms-tnef": ".dat",
    "image/jpeg": ".jpg",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
}


def safe_name(name: str, content_type: str, used: set[str]) -> str:
    """A name without path, control characters or tricks, unlike any in `used`; adds itself there.

    `used` holds names in lower case. A missing name is made from the content type.
    """
    name = one_line(unicodedata.normalize("NFC", name.replace("\\", "/"))).rstrip("/ ")
    name = name.rpartition("/")[2]
    name = _NOT_IN_NAMES.sub("_", name).strip(" .")
    if not name.strip("_"):
        name = "attachment" + _extension(content_type)
    if _DEVICES.fullmatch(name):
        name = "_" + name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 12 or not stem:
        stem, dot, extension = name, "", ""
    room = LONGEST_NAME - len(dot + extension)
    while len(stem[:room].encode("utf-8")) > 3 * LONGEST_NAME // 2:
        room -= 10
    stem = stem[:room].rstrip(" .")
    candidate, count = f"{stem}{dot}{extension}", 1
    while candidate.lower() in used:
        count += 1
        candidate = f"{stem} ({count}){dot}{extension}"
    used.add(candidate.lower())
    return candidate


def _extension(content_type: str) -> str:
    import mimetypes

    known = _EXTENSIONS.get(content_type)
    return known if known is not None else (mimetypes.guess_extension(content_type) or "")
