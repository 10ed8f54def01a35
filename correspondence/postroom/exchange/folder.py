"""Folders of a mailbox on an Exchange server: found by name, made where missing, watched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.postroom.answers import Refused
from correspondence.postroom.exchange.server import INBOX, TOP, Place
from correspondence.postroom.exchange.session import ExchangeSession
from correspondence.postroom.watched_folder import Listed, WatchedFolder

if TYPE_CHECKING:
    from correspondence.postroom.exchange.services import Exchange

_THERE_ALREADY: Final = "ErrorFolderExists"


@dataclass(slots=True)
class ExchangeFolder(WatchedFolder):
    """A folder watched by SyncFolderItems; with `named` each message is told with its Message-ID.

    https://learn.microsoft.com/en-us/exchange/client-developer/exchange-web-services/mailbox-synchronization-and-ews-in-exchange
    """

    session: ExchangeSession
    place: Place
    named: bool = False

    def _part(self, there: dict[str, Listed], cursor: str) -> tuple[str, bool]:
        """The changes of one answer; the cursor is the server's sync state."""
        found = self.session.ask(
            lambda exchange: exchange.changes(self.place, cursor, named=self.named)
        )
        for gone in found.gone:
            there.pop(gone, None)
        there.update({one.identity: one for one in found.there})
        return found.state, found.whole


def find(session: ExchangeSession, name: str) -> Place | None:
    """A folder by its name, or by its path with / between, without regard to capitals."""
    if name.casefold() == INBOX.identity:
        return INBOX
    found = TOP
    for part in name.split("/"):
        child = _child(session, found, part)
        if child is None:
            return None
        found = child
    return found


def ready(session: ExchangeSession, name: str) -> Place:
    """The folder of that name or path, made where it is missing. Raises MailServerUnavailable."""
    if name.casefold() == INBOX.identity:
        return INBOX
    found = TOP
    for part in name.split("/"):
        found = _child(session, found, part) or _made(session, found, part)
    return found


def _made(session: ExchangeSession, parent: Place, name: str) -> Place:
    """A new folder, or that which another, or a request whose answer was lost, has made."""

    def make(exchange: Exchange) -> Place:
        try:
            return Place(exchange.make_folder(parent, name))
        except Exception as fault:
            if type(fault).__name__ != _THERE_ALREADY:
                raise
        return _among(exchange.folders(parent), name) or parent

    made = session.ask(make)
    if made == parent or not made.identity:
        raise Refused(
            f"The folder {name} is not there and cannot be made in {session.server.address}: make "
            "it by hand.",
            _THERE_ALREADY,
        )
    return made


def _child(session: ExchangeSession, parent: Place, name: str) -> Place | None:
    return _among(session.ask(lambda exchange: exchange.folders(parent)), name)


def _among(folders: list[tuple[str, str]], name: str) -> Place | None:
    wanted = name.casefold()
    return next((Place(one) for one, called in folders if called.casefold() == wanted), None)
