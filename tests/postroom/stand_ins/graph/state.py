"""What the stand-in holds: mailboxes with folders and messages, and what changed in which order."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

_ATTACHED = re.compile(rb"^Content-Disposition:\s*attachment", re.IGNORECASE | re.MULTILINE)
_MESSAGE_ID = re.compile(rb"^Message-ID:[ \t]*(?:\r?\n[ \t]+)?(\S+)", re.IGNORECASE | re.MULTILINE)
PLACEHOLDER = (
    b"From: surveyor@example.net\r\nSubject: Survey\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n'
    b"Please see the survey.\r\n--b\r\nContent-Type: application/octet-stream;\r\n"
    b'\tname="Safe Attachments Scan In Progress"\r\nContent-Disposition: attachment;\r\n'
    b'\tfilename="Safe Attachments Scan In Progress"\r\n\r\n\r\n--b--\r\n'
)


def an_id(beginning: str) -> str:
    """As long as Exchange's, and as sensitive to capitals."""
    return f"{beginning}{secrets.token_urlsafe(84)}="


@dataclass(slots=True)
class Folder:
    name: str
    inside: str = ""
    identity: str = field(default_factory=lambda: an_id("AAMkF"))


@dataclass(slots=True)
class Attachment:
    name: str
    content_type: str
    content: bytes
    identity: str = field(default_factory=lambda: an_id("AAMkT"))


@dataclass(slots=True)
class Message:
    raw: bytes
    folder: str
    received_at: datetime
    changed: int
    is_read: bool = False
    is_draft: bool = False
    scanning: bool = False
    kept_size: int = 0
    document: dict[str, object] = field(default_factory=dict)  # of a draft that is no MIME
    attachments: list[Attachment] = field(default_factory=list)
    identity: str = field(default_factory=lambda: an_id("AAkALgAA"))

    @property
    def internet_message_id(self) -> str:
        if self.document:
            return str(self.document.get("internetMessageId", ""))
        found = _MESSAGE_ID.search(self.raw)
        return found[1].decode("latin-1") if found else f"<{self.identity[-16:]}@stand-in.invalid>"

    @property
    def has_attachments(self) -> bool:
        return self.scanning or bool(self.attachments or _ATTACHED.search(self.raw))

    @property
    def size(self) -> int:
        return self.kept_size or len(self.raw) or sum(len(one.content) for one in self.attachments)


@dataclass(slots=True)
class Removed:
    """That a message left a folder."""

    identity: str
    folder: str
    changed: int


@dataclass(slots=True)
class Upload:
    """A file on its way to a draft."""

    message: str
    name: str
    content_type: str
    size: int
    came: bytearray = field(default_factory=bytearray)


@dataclass(slots=True)
class Mailbox:
    address: str
    folders: dict[str, Folder] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    removed: list[Removed] = field(default_factory=list)
    uploads: dict[str, Upload] = field(default_factory=dict)
    changes: int = 0
    forgotten: int = 0  # what lies before that change is no longer known to a delta query
    may_read: bool = True
    may_send: bool = True

    def __post_init__(self) -> None:
        for name in ("inbox", "sentitems", "drafts", "deleteditems"):
            self.folders[name] = Folder(name, identity=an_id("AAMkF"))

    def folder(self, name: str) -> Folder | None:
        """By its well-known name or its id."""
        known = self.folders.get(name)
        return known or next((one for one in self.folders.values() if one.identity == name), None)

    def named(self, name: str) -> Folder | None:
        """By the name colleagues see."""
        return next(
            (one for one in self.folders.values() if one.name.casefold() == name.casefold()), None
        )

    def within(self, folder: Folder) -> list[Message]:
        """Oldest first."""
        found = [one for one in self.messages.values() if one.folder == folder.identity]
        return sorted(found, key=lambda one: one.received_at)

    def tick(self) -> int:
        self.changes += 1
        return self.changes

    def deliver(self, raw: bytes, at: datetime | None = None, *, folder: str = "inbox") -> Message:
        place = self.folders[folder].identity
        moment = at or datetime.now(UTC)
        made = Message(raw, place, moment, self.tick())
        made.received_at += timedelta(microseconds=0 if at else self.changes)
        self.messages[made.identity] = made
        return made

    def move(self, message: Message, folder: Folder) -> None:
        if message.folder == folder.identity:
            return
        number = self.tick()
        self.removed.append(Removed(message.identity, message.folder, number))
        message.folder, message.changed = folder.identity, number

    def remove(self, message: Message) -> None:
        del self.messages[message.identity]
        self.removed.append(Removed(message.identity, message.folder, self.tick()))

    def rename_all(self) -> None:
        """Every message gets another id, as after an import, and no cursor holds any more."""
        found = list(self.messages.values())
        self.messages.clear()
        self.removed.clear()
        for one in found:
            one.identity = an_id("AAkALgAA")
            one.changed = self.tick()
            self.messages[one.identity] = one
        self.forgotten = self.tick()


@dataclass(slots=True)
class Directory:
    """The tenant: its mailboxes, its application, and which tokens hold."""

    tenant: str = "11111111-2222-3333-4444-555555555555"
    application: str = "99999999-8888-7777-6666-555555555555"
    secret: str = "corr~ect-horse.Battery_Staple"
    secret_expired: bool = False
    certificate: str = ""
    roles: list[str] = field(default_factory=list)
    clock_ahead: float = 0.0
    tokens: set[str] = field(default_factory=set)
    mailboxes: dict[str, Mailbox] = field(default_factory=dict)
    sent: list[tuple[str, list[str]]] = field(default_factory=list)  # Message-ID, recipients

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.clock_ahead)
