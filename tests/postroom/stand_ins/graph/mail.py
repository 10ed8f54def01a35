"""What Microsoft Graph answers of mail: reading, moving, folders.

https://learn.microsoft.com/en-us/graph/api/message-delta
https://learn.microsoft.com/en-us/graph/api/message-get#example-4-get-mime-content
https://learn.microsoft.com/en-us/graph/api/message-move
https://learn.microsoft.com/en-us/graph/api/user-post-mailfolders
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING, Any

from tests.postroom.stand_ins.graph.state import PLACEHOLDER, Folder

if TYPE_CHECKING:
    from tests.postroom.stand_ins.graph.state import Directory, Mailbox, Message

PAGE = 10  # what Graph lists at once where nothing is preferred


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes = b""
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


def of(document: object, status: int = 200) -> Answer:
    return Answer(status, json.dumps(document).encode())


class Refusal(Exception):
    """An error as Graph writes it: https://learn.microsoft.com/en-us/graph/errors."""

    def __init__(self, status: int, code: str, message: str = "The stand-in says so.") -> None:
        self.answer = of({"error": {"code": code, "message": message}}, status)
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for one mailbox; `rest` is its path below the mailbox."""

    method: str
    rest: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    mailbox: Mailbox
    directory: Directory
    address: str  # of the stand-in itself, for links

    def document(self) -> dict[str, Any]:
        try:
            return dict(json.loads(self.body))
        except ValueError:
            raise Refusal(400, "RequestBodyRead") from None

    def link(self, rest: str) -> str:
        return f"{self.address}/v1.0/users/{self.mailbox.address}/{rest}"

    def message(self, identity: str) -> Message:
        found = self.mailbox.messages.get(identity)
        if found is None:
            raise Refusal(404, "ErrorItemNotFound", "The specified object was not found.")
        return found

    def folder(self, identity: str) -> Folder:
        found = self.mailbox.folder(identity)
        if found is None:
            raise Refusal(404, "ErrorItemNotFound", "The specified folder was not found.")
        return found

    def must_read(self) -> None:
        if not self.mailbox.may_read:
            raise Refusal(403, "ErrorAccessDenied", "Access is denied. Check credentials.")


@dataclass(slots=True)
class Rounds:
    """Delta queries that have pages to come."""

    pages: dict[str, tuple[list[dict[str, Any]], int]] = field(default_factory=dict)

    def delta(self, asked: Asked, identity: str) -> Answer:
        asked.must_read()
        folder = asked.folder(identity)
        mailbox = asked.mailbox
        if skip := asked.query.get("$skiptoken"):
            if skip not in self.pages:
                raise Refusal(410, "SyncStateNotFound")
            items, upto = self.pages.pop(skip)
        else:
            since = _since(asked.query.get("$deltatoken", "0.0"), mailbox)
            items = [
                {"id": one.identity, "@removed": {"reason": "deleted"}}
                for one in mailbox.removed
                if since and one.changed > since and one.folder == folder.identity
                and getattr(mailbox.messages.get(one.identity), "folder", "") != folder.identity
            ]  # fmt: skip
            sizes = "$expand" in asked.query or bool(since)
            items += [
                _listed(one, sizes=sizes) for one in mailbox.within(folder) if one.changed > since
            ]
            upto = mailbox.changes
        size = _page_size(asked)
        document: dict[str, Any] = {"value": items[:size]}
        rest = f"mailFolders/{identity}/messages/delta"
        if items[size:]:
            token = secrets.token_urlsafe(16)
            self.pages[token] = (items[size:], upto)
            document["@odata.nextLink"] = asked.link(f"{rest}?$skiptoken={token}")
        else:
            document["@odata.deltaLink"] = asked.link(f"{rest}?$deltatoken=1.{upto}")
        return of(document)


def _since(token: str, mailbox: Mailbox) -> int:
    begun, _, number = token.partition(".")
    if begun == "1" and int(number) < mailbox.forgotten:
        raise Refusal(410, "SyncStateNotFound", "The sync state was not found.")
    return int(number)


def _page_size(asked: Asked) -> int:
    found = re.search(r"odata\.maxpagesize=(\d+)", asked.headers.get("prefer", ""))
    return int(found[1]) if found else PAGE


def _listed(one: Message, *, sizes: bool = True) -> dict[str, Any]:
    moment = one.received_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "id": one.identity,
        "receivedDateTime": moment,
        "hasAttachments": one.has_attachments,
        "parentFolderId": one.folder,
        "internetMessageId": one.internet_message_id,
        **({"singleValueExtendedProperties": [_size(one)]} if sizes else {}),
    }


def _size(one: Message) -> dict[str, str]:
    return {"id": "Integer 0xe08", "value": str(one.size)}


def value(asked: Asked, identity: str) -> Answer:
    asked.must_read()
    one = asked.message(identity)
    raw = PLACEHOLDER if one.scanning else one.raw
    return Answer(200, raw, "text/plain")


def one_message(asked: Asked, identity: str) -> Answer:
    asked.must_read()
    return of(_listed(asked.message(identity)))


def move(asked: Asked, identity: str) -> Answer:
    """Moving to where it lies already doubles it, as some have seen the real one do."""
    asked.must_read()
    one = asked.message(identity)
    target = asked.folder(str(asked.document().get("destinationId")))
    if one.folder == target.identity:
        asked.mailbox.deliver(one.raw, one.received_at, folder="inbox")
        copied = next(reversed(asked.mailbox.messages.values()))
        asked.mailbox.move(copied, target)
    asked.mailbox.move(one, target)
    return of(_listed(one), 201)


def remove(asked: Asked, identity: str) -> Answer:
    asked.must_read()
    asked.mailbox.remove(asked.message(identity))
    return Answer(204)


def one_folder(asked: Asked, identity: str) -> Answer:
    asked.must_read()
    found = asked.folder(identity)
    return of({"id": found.identity, "displayName": found.name})


def folders(asked: Asked, inside: str = "") -> Answer:
    asked.must_read()
    parent = asked.folder(inside).identity if inside else ""
    wanted = _quoted(asked.query.get("$filter", ""), "displayName")
    found = [
        {"id": one.identity, "displayName": one.name}
        for one in asked.mailbox.folders.values()
        if one.inside == parent and (not wanted or one.name.casefold() == wanted.casefold())
    ]
    return of({"value": found})


def make_folder(asked: Asked, inside: str = "") -> Answer:
    asked.must_read()
    parent = asked.folder(inside).identity if inside else ""
    name = str(asked.document()["displayName"])
    if any(one.inside == parent and one.name == name for one in asked.mailbox.folders.values()):
        raise Refusal(409, "ErrorFolderExists")
    made = Folder(name, parent)
    asked.mailbox.folders[made.identity] = made
    return of({"id": made.identity, "displayName": name}, 201)


def search(asked: Asked, identity: str) -> Answer:
    """By Message-ID, in one folder; or all of it, page by page."""
    asked.must_read()
    if "$filter" not in asked.query:
        return _all_of(asked, identity)
    wanted = _quoted(asked.query.get("$filter", ""), "internetMessageId")
    found = [
        _listed(one)
        for one in asked.mailbox.within(asked.folder(identity))
        if one.internet_message_id == wanted
    ]
    return of({"value": found[: int(asked.query.get("$top", "10"))]})


def _all_of(asked: Asked, identity: str) -> Answer:
    first, size = int(asked.query.get("$skip", "0")), _page_size(asked)
    there = [_listed(one) for one in asked.mailbox.within(asked.folder(identity))]
    document: dict[str, Any] = {"value": there[first : first + size]}
    if there[first + size :]:
        rest = f"mailFolders/{identity}/messages?$skip={first + size}"
        document["@odata.nextLink"] = asked.link(rest)
    return of(document)


def _quoted(text: str, name: str) -> str:
    found = re.fullmatch(rf"{name} eq '(.*)'", text)
    return found[1].replace("''", "'") if found else ""
