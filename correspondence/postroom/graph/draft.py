"""A letter too large for one request: laid out as a draft, its enclosures brought piece by piece.

https://learn.microsoft.com/en-us/graph/outlook-large-attachments
"""

from __future__ import annotations

import base64
import contextlib
from typing import TYPE_CHECKING, Any, Final

from correspondence.errors import MailServerUnavailable
from correspondence.postroom.graph.session import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from correspondence.postroom.graph.session import GraphSession

_AT_ONCE: Final = 2 * 1024 * 1024  # bytes of a file that comes with one request
_PART: Final = 10 * 320 * 1024  # bytes of a piece: whole times 320 KiB, less than 4 MB
_SUPPRESS: Final = "Integer 0x3FDF"  # PidTagAutoResponseSuppress, [MS-OXPROPS] 2.513
_NO_ANSWERS: Final = "60"  # neither receipts nor automatic answers; undeliverable is still told


def laid_out(session: GraphSession, mail: EmailMessage, message_id: str) -> str:
    """Make the draft, whole; its id. Raises MailServerUnavailable, leaving no draft behind.

    A draft that a crash left behind is withdrawn first, so that nobody sends it by hand.
    """
    for stale in found(session, "drafts", message_id):
        withdrawn(session, stale)
    _, said = session.post("messages", _document(mail, message_id))
    draft = str(said.get("id", ""))
    if not draft:
        raise MailServerUnavailable(f"{session.server.host} made a draft and did not name it.")
    try:
        for name, kind, content in _enclosures(mail):
            _bring(session, draft, name, kind, content)
    except MailServerUnavailable:
        withdrawn(session, draft)
        raise
    return draft


def withdrawn(session: GraphSession, draft: str) -> None:
    """Remove a draft of ours that is not to be sent; where that fails it stays a draft."""
    if draft:
        with contextlib.suppress(MailServerUnavailable):
            session.delete(f"messages/{name_of(draft)}")


def found(session: GraphSession, folder: str, message_id: str) -> list[str]:
    """The ids of the messages in a well-known folder that have that Message-ID, in brackets."""
    quoted = message_id.replace("'", "''")
    asked = {"$filter": f"internetMessageId eq '{quoted}'", "$select": "id", "$top": "5"}
    said = session.get(f"mailFolders/{folder}/messages", asked).get("value")
    items = said if isinstance(said, list) else []
    return [str(one["id"]) for one in items if isinstance(one, dict) and one.get("id")]


def _document(mail: EmailMessage, message_id: str) -> dict[str, Any]:
    """The letter's head and words as the service wants them."""
    body = mail.get_body(("html", "plain"))
    html = body is not None and body.get_content_subtype() == "html"
    document: dict[str, Any] = {
        "subject": str(mail["Subject"] or ""),
        "internetMessageId": message_id,
        "body": {
            "contentType": "html" if html else "text",
            "content": str(body.get_content()) if body is not None else "",
        },
        "toRecipients": _people(mail["To"]),
        "replyTo": _people(mail["Reply-To"]),
    }
    if writer := _people(mail["From"]):
        document["from"] = writer[0]
    if mail["Auto-Submitted"]:
        document["singleValueExtendedProperties"] = [{"id": _SUPPRESS, "value": _NO_ANSWERS}]
    return document


def _people(header: Any) -> list[dict[str, Any]]:
    return [
        {"emailAddress": {"name": one.display_name, "address": one.addr_spec}}
        for one in getattr(header, "addresses", ())
    ]


def _enclosures(mail: EmailMessage) -> Iterator[tuple[str, str, bytes]]:
    """Name, type and bytes of each file that goes with the letter."""
    for number, part in enumerate(mail.iter_attachments(), 1):
        name = part.get_filename() or f"enclosure-{number}"
        content = part.get_content()
        yield name, part.get_content_type(), _bytes(content)


def _bytes(content: Any) -> bytes:
    if isinstance(content, bytes):
        return content
    return content.encode() if isinstance(content, str) else bytes(content)


def _bring(session: GraphSession, draft: str, name: str, kind: str, content: bytes) -> None:
    place = f"messages/{name_of(draft)}/attachments"
    if len(content) <= _AT_ONCE:
        session.post(
            place,
            {
                "@odata.type": "#microsoft.graph.fileAttachment",
                "name": name,
                "contentType": kind,
                "contentBytes": base64.b64encode(content).decode("ascii"),
            },
        )
        return
    item = {"attachmentType": "file", "name": name, "size": len(content), "contentType": kind}
    _, said = session.post(f"{place}/createUploadSession", {"AttachmentItem": item})
    link = str(said.get("uploadUrl", ""))
    if not link.startswith("https://"):
        raise MailServerUnavailable(f"{session.server.host} does not say where files are put.")
    for first in range(0, len(content), _PART):
        session.put_part(link, content[first : first + _PART], first, len(content))
