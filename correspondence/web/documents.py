"""Files for download, and pictures of letters' pages; none of them can act on our pages."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final

from flask import Response, abort

from correspondence.intake.parsing import parse
from correspondence.letters.pdf_file import opened
from correspondence.store import letters, messages, postings
from correspondence.web.desk import house

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from correspondence.intake.message import Attachment
    from correspondence.store.letters import Revision

_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BYTES: Final = "application/octet-stream"
_PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_MOST_PAGES: Final = 40
_SCALE: Final = 1.5  # of 72 dots an inch

_SHUT: Final = {
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
"""What a stranger's file is sent with: it runs nothing, loads nothing, and is no page of ours."""


def original(number: int) -> ResponseReturnValue:
    """The message as it arrived, byte for byte."""
    with house().database.reading() as conn:
        row = messages.load(conn, number)
    ending = "msg" if row.source_name.lower().endswith(".msg") else "eml"
    return _download(house().documents.fetch(row.sha256), f"message-{number}.{ending}")


def attachment(number: int, sha256: str) -> ResponseReturnValue:
    """A file that came with a message."""
    found = _attached(number, sha256)
    return _download(found.content, _plain_name(found.name))


def picture(number: int, sha256: str) -> ResponseReturnValue:
    """A picture that the message shows in its text."""
    found = _attached(number, sha256)
    if found.content_type not in _PICTURES:
        abort(404)
    return Response(found.content, content_type=found.content_type, headers=_SHUT)


def letter_docx(letter: str) -> ResponseReturnValue:
    """The Word file of the newest revision, to be edited."""
    revision = _revision(letter)
    if revision.docx_sha256 is None:
        abort(404)
    raw = house().documents.fetch(revision.docx_sha256)
    return _download(raw, f"{letter}-revision-{revision.number}.docx", _WORD)


def letter_pdf(letter: str) -> ResponseReturnValue:
    """The PDF of the newest revision; of an approved letter, the very one that goes out."""
    revision = _revision(letter)
    if revision.pdf_sha256 is None:
        abort(404)
    raw = house().documents.fetch(revision.pdf_sha256)
    return _download(raw, f"{letter}.pdf", "application/pdf")


def letter_printed(letter: str) -> ResponseReturnValue:
    """The letter as it was printed, where whoever printed it gave that back."""
    with house().database.reading() as conn:
        posting = postings.of_letter(conn, letter)
    if posting is None or not posting.printed_sha256:
        abort(404)
    raw = house().documents.fetch(posting.printed_sha256)
    return _download(raw, f"{letter}-printed.pdf", "application/pdf")


def letter_page(letter: str, page: int) -> ResponseReturnValue:
    """One page of the letter as a picture, counted from 1."""
    revision = _revision(letter)
    if revision.pdf_sha256 is None or not 1 <= page <= _MOST_PAGES:
        abort(404)
    drawn = _drawn(house().documents.fetch(revision.pdf_sha256), page)
    if drawn is None:
        abort(404)
    return Response(drawn, content_type="image/png", headers=_SHUT)


def page_count(revision: Revision) -> int:
    """How many pages of a revision are shown; 0 where it has no PDF."""
    if revision.pdf_sha256 is None:
        return 0
    with opened(house().documents.fetch(revision.pdf_sha256)) as pdf:
        return min(len(pdf), _MOST_PAGES)


def _drawn(raw: bytes, page: int) -> bytes | None:
    """A page as a PNG; None where there is no such page."""
    with opened(raw) as pdf:
        if page > len(pdf):
            return None
        made = io.BytesIO()
        pdf[page - 1].render(scale=_SCALE).to_pil().save(made, "PNG", optimize=True)
        return made.getvalue()


def _revision(letter: str) -> Revision:
    with house().database.reading() as conn:
        return letters.revision(conn, letter)


def _attached(number: int, sha256: str) -> Attachment:
    with house().database.reading() as conn:
        row = messages.load(conn, number)
    message = parse(house().documents.fetch(row.sha256), row.source_name)
    found = next((one for one in message.attachments if one.sha256 == sha256), None)
    if found is None:
        abort(404)
    return found


def download(raw: bytes, name: str) -> Response:
    """A file of a case under a name that somebody gave it."""
    return _download(raw, _plain_name(name))


def _plain_name(name: str) -> str:
    """A name that is safe in a header and on any disk; strangers choose them."""
    kept = re.sub(r"[^A-Za-z0-9._ -]", "_", name)[-100:].strip(" .")
    return kept or "attachment"


def _download(raw: bytes, name: str, content_type: str = _BYTES) -> Response:
    return Response(
        raw,
        content_type=content_type,
        headers={**_SHUT, "Content-Disposition": f'attachment; filename="{name}"'},
    )
