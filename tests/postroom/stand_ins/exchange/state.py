"""What the stand-in holds: one mailbox with folders and messages, and who may do what in it."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

_MESSAGE_ID = re.compile(rb"^Message-ID:[ \t]*(?:\r?\n[ \t]+)?(\S+)", re.IGNORECASE | re.MULTILINE)


def an_id(beginning: str) -> str:
    """As long as Exchange's, and as sensitive to capitals."""
    return f"{beginning}{secrets.token_urlsafe(84).replace('-', '+').replace('_', '/')}="


@dataclass(slots=True)
class Folder:
    name: str
    inside: str = "msgfolderroot"
    identity: str = field(default_factory=lambda: an_id("AAMkF"))


@dataclass(slots=True)
class Message:
    raw: bytes
    folder: str
    received_at: datetime
    came: int  # into this folder, as a number of a change
    changed: int
    read: int = 0
    kept_size: int = 0
    fault: str = ""  # what is said instead of its words
    identity: str = field(default_factory=lambda: an_id("AAMkM"))

    @property
    def internet_message_id(self) -> str:
        found = _MESSAGE_ID.search(self.raw)
        return found[1].decode("latin-1") if found else f"<{self.identity[-16:]}@stand-in.invalid>"


@dataclass(slots=True)
class Mailbox:
    """The mailbox, its changes in their order, and the accounts that may log in."""

    address: str
    user: str = "HARROWMERE\\correspondence"
    password: str = "corr~ect-horse.Battery_Staple"
    offers: list[str] = field(default_factory=lambda: ["Negotiate", "NTLM", "Basic"])
    tokens: list[str] = field(default_factory=list)
    is_delegate: bool = True
    may_impersonate: bool = False
    may_send: bool = True
    logins_refused: int = 0
    folders: dict[str, Folder] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    removed: list[tuple[int, str, str]] = field(default_factory=list)  # change, folder, id
    sent: list[tuple[str, list[str]]] = field(default_factory=list)  # Message-ID, recipients
    changes: int = 0
    forgotten: int = 0  # no sync state from before that change holds any more

    def __post_init__(self) -> None:
        for name in ("msgfolderroot", "inbox", "sentitems", "drafts", "deleteditems"):
            made = Folder({"inbox": "Inbox", "sentitems": "Sent Items"}.get(name, name))
            self.folders[name] = made

    def folder(self, name: str) -> Folder | None:
        """By its well-known name or its id."""
        known = self.folders.get(name)
        return known or next((one for one in self.folders.values() if one.identity == name), None)

    def within(self, parent: Folder) -> list[Folder]:
        top = self.folders["msgfolderroot"]
        places = {parent.identity} | ({"msgfolderroot"} if parent is top else set())
        return [one for one in self.folders.values() if one.inside in places and one is not top]

    def named(self, name: str) -> Folder | None:
        """By the name colleagues see."""
        wanted = name.casefold()
        return next((one for one in self.folders.values() if one.name.casefold() == wanted), None)

    def held(self, folder: Folder) -> list[Message]:
        """Oldest first."""
        found = [one for one in self.messages.values() if one.folder == folder.identity]
        return sorted(found, key=lambda one: one.received_at)

    def tick(self) -> int:
        self.changes += 1
        return self.changes

    def deliver(self, raw: bytes, at: datetime | None = None, *, folder: str = "inbox") -> Message:
        number = self.tick()
        moment = at or datetime.now(UTC)
        made = Message(raw, self.folders[folder].identity, moment, number, number)
        made.received_at += timedelta(microseconds=0 if at else number)
        self.messages[made.identity] = made
        return made

    def move(self, message: Message, folder: Folder) -> None:
        """To another folder, where it has another id."""
        self.removed.append((self.tick(), message.folder, message.identity))
        del self.messages[message.identity]
        message.identity = an_id("AAMkM")
        message.folder, message.came = folder.identity, self.tick()
        message.changed = message.came
        self.messages[message.identity] = message

    def remove(self, message: Message) -> None:
        del self.messages[message.identity]
        self.removed.append((self.tick(), message.folder, message.identity))

    def rename_all(self) -> None:
        """Every message gets another id, as after a restore, and no sync state holds any more."""
        for one in list(self.messages.values()):
            del self.messages[one.identity]
            one.identity = an_id("AAMkM")
            one.came = one.changed = self.tick()
            self.messages[one.identity] = one
        self.removed.clear()
        self.forgotten = self.tick()
