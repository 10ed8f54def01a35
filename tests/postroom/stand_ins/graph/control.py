"""What a test tells the stand-in to be, to hold and to do wrong, and what it asks of it."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.postroom.stand_ins.faults import Fault
from tests.postroom.stand_ins.graph.mail import Answer, of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.postroom.stand_ins.graph.__main__ import Server
    from tests.postroom.stand_ins.graph.state import Mailbox


def obey(server: Server, wish: str, body: bytes) -> Answer:
    """Do what is wished, undisturbed by faults."""
    said: dict[str, Any] = json.loads(body)
    with server.busy:
        return of(_WISHES[wish](server, **said))


def _mailbox(server: Server, user: str = "") -> Mailbox:
    known = server.directory.mailboxes
    return known[user] if user else next(iter(known.values()))


def _deliver(
    server: Server, mail: list[str], at: str = "", user: str = "", **more: Any
) -> list[str]:
    moment = datetime.fromisoformat(at) if at else None
    made = [_mailbox(server, user).deliver(base64.b64decode(one), moment) for one in mail]
    for one in made:
        for name, value in more.items():
            setattr(one, name, value)
    return [one.identity for one in made]


def _held(server: Server, folder: str, user: str = "") -> list[str]:
    mailbox = _mailbox(server, user)
    found = mailbox.folder(folder) or mailbox.named(folder)
    return [base64.b64encode(one.raw).decode() for one in mailbox.within(found)] if found else []


def _drafts(server: Server, folder: str) -> list[dict[str, Any]]:
    mailbox = _mailbox(server)
    return [
        {
            "document": one.document,
            "files": [[it.name, base64.b64encode(it.content).decode()] for it in one.attachments],
        }
        for one in mailbox.within(mailbox.folders[folder])
    ]


def _take_away(server: Server, raw: str, to: str = "") -> None:
    """A colleague deletes a message, or moves it to another folder."""
    mailbox = _mailbox(server)
    inbox = mailbox.folders["inbox"]
    for one in mailbox.within(inbox):
        if one.raw == base64.b64decode(raw):
            if to:
                _move_to(mailbox, one.identity, to)
            else:
                mailbox.remove(one)


def _move_to(mailbox: Mailbox, identity: str, to: str) -> None:
    from tests.postroom.stand_ins.graph.state import Folder

    place = mailbox.folder(to) or mailbox.named(to)
    if place is None:
        place = Folder(to)
        mailbox.folders[place.identity] = place
    mailbox.move(mailbox.messages[identity], place)


def _put_back(server: Server) -> None:
    """A colleague moves everything that was set aside back to the inbox."""
    mailbox = _mailbox(server)
    place = mailbox.named("Processed")
    for one in mailbox.within(place) if place else []:
        mailbox.move(one, mailbox.folders["inbox"])


def _meddle(server: Server) -> None:
    """Colleagues read everything, which a delta query tells as changes."""
    mailbox = _mailbox(server)
    for one in mailbox.messages.values():
        one.is_read = True
        one.changed = mailbox.tick()


def _set(server: Server, **values: Any) -> None:
    for name, value in values.items():
        target = server.directory if hasattr(server.directory, name) else _mailbox(server)
        setattr(target, name, value)


def _scanned(server: Server) -> None:
    mailbox = _mailbox(server)
    for one in mailbox.messages.values():
        one.scanning = False
        one.changed = mailbox.tick()


def _remove_folder(server: Server, name: str) -> None:
    mailbox = _mailbox(server)
    mailbox.folders = {key: one for key, one in mailbox.folders.items() if one.name != name}


def _fault(server: Server, **said: Any) -> None:
    server.faults.waiting.append(Fault(**said))


def _another(server: Server, user: str) -> None:
    """One more mailbox in the tenant."""
    from tests.postroom.stand_ins.graph.state import Mailbox

    server.directory.mailboxes[user] = Mailbox(user)


def _begin_anew(server: Server) -> None:
    """As it was when it started: an empty mailbox, and nothing wrong."""
    from tests.postroom.stand_ins.graph.state import Directory, Mailbox

    known, fresh = server.directory, Directory()
    for name in ("clock_ahead", "secret", "secret_expired", "roles", "sent", "tokens"):
        setattr(known, name, getattr(fresh, name))
    first = next(iter(known.mailboxes))
    known.mailboxes = {first: Mailbox(first)}
    server.faults.reset()


def _forget(server: Server) -> None:
    """No cursor of a delta query holds any more."""
    mailbox = _mailbox(server)
    mailbox.forgotten = mailbox.tick()


_WISHES: dict[str, Callable[..., object]] = {
    "another": _another,
    "begin-anew": _begin_anew,
    "deliver": _deliver,
    "held": _held,
    "drafts": _drafts,
    "take-away": _take_away,
    "meddle": _meddle,
    "put-back": _put_back,
    "set": _set,
    "scanned": _scanned,
    "remove-folder": _remove_folder,
    "rename-all": lambda server: _mailbox(server).rename_all(),
    "forget": _forget,
    "forget-tokens": lambda server: server.directory.tokens.clear(),
    "fault": _fault,
    "break-at": lambda server, **said: server.faults.reset(**said),
    "calls": lambda server: list(server.faults.calls),
    "most-at-once": lambda server: server.faults.most_at_once,
    "sent": lambda server: server.directory.sent,
}
