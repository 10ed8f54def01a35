"""What a test tells the stand-in to be, to hold and to do wrong, and what it asks of it."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.postroom.stand_ins.exchange.state import Folder, Mailbox
from tests.postroom.stand_ins.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.postroom.stand_ins.exchange.__main__ import Server


def obey(server: Server, wish: str, body: bytes) -> bytes:
    """Do what is wished, undisturbed by faults."""
    said: dict[str, Any] = json.loads(body)
    with server.busy:
        return json.dumps(_WISHES[wish](server, **said)).encode()


def _deliver(server: Server, mail: list[str], at: str = "", **more: Any) -> list[str]:
    moment = datetime.fromisoformat(at) if at else None
    made = [server.mailbox.deliver(base64.b64decode(one), moment) for one in mail]
    for one in made:
        for name, value in more.items():
            setattr(one, name, value)
    return [one.identity for one in made]


def _held(server: Server, folder: str) -> list[str]:
    mailbox = server.mailbox
    found = mailbox.folder(folder.lower()) or mailbox.named(folder)
    return [base64.b64encode(one.raw).decode() for one in mailbox.held(found)] if found else []


def _take_away(server: Server, raw: str, to: str = "") -> None:
    """A colleague deletes a message, or moves it to another folder."""
    mailbox = server.mailbox
    for one in mailbox.held(mailbox.folders["inbox"]):
        if one.raw == base64.b64decode(raw):
            if to:
                mailbox.move(one, _ready(mailbox, to))
            else:
                mailbox.remove(one)


def _ready(mailbox: Mailbox, name: str) -> Folder:
    found = mailbox.named(name)
    if found is None:
        found = Folder(name)
        mailbox.folders[found.identity] = found
    return found


def _put_back(server: Server) -> None:
    """A colleague moves everything that was set aside back to the inbox."""
    mailbox = server.mailbox
    place = mailbox.named("Processed")
    for one in mailbox.held(place) if place else []:
        mailbox.move(one, mailbox.folders["inbox"])


def _meddle(server: Server) -> None:
    """Colleagues read everything, and flag every second message."""
    mailbox = server.mailbox
    for number, one in enumerate(mailbox.messages.values()):
        one.read = mailbox.tick()
        if number % 2:
            one.changed = mailbox.tick()


def _set(server: Server, **values: Any) -> None:
    for name, value in values.items():
        setattr(server.mailbox, name, value)


def _remove_folder(server: Server, name: str) -> None:
    mailbox = server.mailbox
    mailbox.folders = {key: one for key, one in mailbox.folders.items() if one.name != name}


def _begin_anew(server: Server) -> None:
    """As it was when it started: an empty mailbox, and nothing wrong."""
    server.mailbox = Mailbox(server.mailbox.address)
    server.faults.reset()


def _forget(server: Server) -> None:
    """No sync state holds any more."""
    server.mailbox.forgotten = server.mailbox.tick()


_WISHES: dict[str, Callable[..., object]] = {
    "begin-anew": _begin_anew,
    "deliver": _deliver,
    "held": _held,
    "take-away": _take_away,
    "meddle": _meddle,
    "put-back": _put_back,
    "set": _set,
    "folders": lambda server: [one.name for one in server.mailbox.folders.values()],
    "remove-folder": _remove_folder,
    "rename-all": lambda server: server.mailbox.rename_all(),
    "forget": _forget,
    "fault": lambda server, **said: server.faults.waiting.append(Fault(**said)),
    "break-at": lambda server, **said: server.faults.reset(**said),
    "calls": lambda server: list(server.faults.calls),
    "sent": lambda server: server.mailbox.sent,
    "logins-refused": lambda server: server.mailbox.logins_refused,
}
