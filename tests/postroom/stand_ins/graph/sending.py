"""What Microsoft Graph does with letters: taken as MIME, or made as a draft and sent.

https://learn.microsoft.com/en-us/graph/api/user-sendmail
https://learn.microsoft.com/en-us/graph/outlook-large-attachments
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

from tests.postroom.stand_ins.graph.mail import Answer, Refusal, of
from tests.postroom.stand_ins.graph.state import Attachment, Message, Upload

if TYPE_CHECKING:
    from tests.postroom.stand_ins.graph.mail import Asked

LARGEST = 4 * 1024 * 1024  # bytes of a request
LARGEST_ATTACHED = 3 * 1024 * 1024  # bytes of a file that comes with one request


def _must_send(asked: Asked) -> None:
    if not asked.mailbox.may_send:
        raise Refusal(403, "ErrorAccessDenied", "Access is denied. Check credentials.")
    if len(asked.body) > LARGEST:
        raise Refusal(413, "RequestEntityTooLarge")


def send_mime(asked: Asked) -> Answer:
    _must_send(asked)
    if asked.headers.get("content-type") != "text/plain":
        raise Refusal(400, "ErrorInvalidRequest")
    try:
        raw = base64.b64decode(asked.body, validate=True)
    except binascii.Error:
        raise Refusal(400, "ErrorMimeContentInvalidBase64String") from None
    mail = message_from_bytes(raw, policy=default)
    who = [one for name in ("To", "Cc", "Bcc") for one in _addresses(mail[name])]
    if not who:
        raise Refusal(400, "ErrorInvalidRecipients")
    made = asked.mailbox.deliver(raw, folder="sentitems")
    asked.directory.sent.append((made.internet_message_id, who))
    return Answer(202)


def draft(asked: Asked) -> Answer:
    asked.must_read()
    if len(asked.body) > LARGEST:
        raise Refusal(413, "RequestEntityTooLarge")
    place = asked.mailbox.folders["drafts"].identity
    made = Message(b"", place, datetime.now(UTC), asked.mailbox.tick())
    made.is_draft, made.document = True, asked.document()
    asked.mailbox.messages[made.identity] = made
    return of({"id": made.identity, "isDraft": True}, 201)


def attach(asked: Asked, identity: str) -> Answer:
    one, said = asked.message(identity), asked.document()
    content = base64.b64decode(said["contentBytes"])
    if len(content) > LARGEST_ATTACHED:
        raise Refusal(413, "ErrorMessageSizeExceeded")
    one.attachments.append(Attachment(said["name"], said["contentType"], content))
    return of({"id": one.attachments[-1].identity}, 201)


def begin_upload(asked: Asked, identity: str) -> Answer:
    said = asked.document()["AttachmentItem"]
    token = secrets.token_urlsafe(24)
    asked.message(identity)
    asked.mailbox.uploads[token] = Upload(
        identity, said["name"], said.get("contentType", ""), int(said["size"])
    )
    return of({"uploadUrl": f"{asked.address}/upload/{asked.mailbox.address}/{token}"}, 201)


def put_part(asked: Asked, token: str) -> Answer:
    upload = asked.mailbox.uploads.get(token)
    if upload is None:
        raise Refusal(404, "itemNotFound")
    if "authorization" in asked.headers:
        raise Refusal(401, "unauthenticated", "No token belongs here.")
    found = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", asked.headers.get("content-range", ""))
    if not found or len(asked.body) > LARGEST:
        raise Refusal(400, "invalidRange")
    first, last, whole = (int(one) for one in found.groups())
    if whole != upload.size or last - first + 1 != len(asked.body) or first > len(upload.came):
        raise Refusal(416, "invalidRange")
    upload.came[first:] = asked.body
    if len(upload.came) < upload.size:
        return of({"nextExpectedRanges": [f"{len(upload.came)}-"]})
    one = asked.message(upload.message)
    one.attachments.append(Attachment(upload.name, upload.content_type, bytes(upload.came)))
    del asked.mailbox.uploads[token]
    return Answer(201)


def send_draft(asked: Asked, identity: str) -> Answer:
    _must_send(asked)
    one = asked.message(identity)
    if not one.is_draft:
        raise Refusal(404, "ErrorItemNotFound")
    one.is_draft = False
    asked.mailbox.move(one, asked.mailbox.folders["sentitems"])
    to = one.document.get("toRecipients")
    assert isinstance(to, list)
    who = [str(recipient["emailAddress"]["address"]) for recipient in to]
    asked.directory.sent.append((one.internet_message_id, who))
    return Answer(202)


def _addresses(header: object) -> list[str]:
    return [one.addr_spec for one in getattr(header, "addresses", ())]
