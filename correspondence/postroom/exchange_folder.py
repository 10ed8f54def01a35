"""Folders of a mailbox on an Exchange server: found by name, made where missing, watched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from correspondence.errors import ConnectionLost, MailServerUnavailable
from correspondence.postroom.exchange_answers import Expired, Refused
from correspondence.postroom.exchange_server import INBOX, TOP, Place

if TYPE_CHECKING:
    from correspondence.postroom.exchange_operations import Changes, Listed
    from correspondence.postroom.exchange_services import Exchange
    from correspondence.postroom.exchange_session import ExchangeSession

_MOST_PARTS: Final = 10_000  # an answer that has no end is no answer
_THERE_ALREADY: Final = "ErrorFolderExists"


@dataclass(slots=True)
class WatchedFolder:
    """A folder, and what is `there` as far as is known, by id.

    The server's sync state is a hint up to where we had looked. Where the server no longer takes
    it, everything is asked for anew. With `named` each message is told with its Message-ID.
    """

    session: ExchangeSession
    place: Place
    named: bool = False
    there: dict[str, Listed] = field(default_factory=dict)
    _state: str = ""

    def catch_up(self, *, whole: bool = False) -> bool:
        """Bring `there` up to date, from the beginning with `whole`; true where it was that.

        Nothing is changed where the server breaks off. Raises MailServerUnavailable.
        """
        if self._state and not whole:
            try:
                self._go_on(dict(self.there), self._state)
            except Expired:
                self._state = ""
            except ConnectionLost:
                raise
            except MailServerUnavailable:
                self._state = ""  # it may be that which is at fault
                raise
            else:
                return False
        try:
            self._go_on({}, "")
        except Expired:  # between one part and the next, perhaps
            self._go_on({}, "")
        return True

    def _go_on(self, there: dict[str, Listed], state: str) -> None:
        for _ in range(_MOST_PARTS):
            found = self._changes(state)
            for gone in found.gone:
                there.pop(gone, None)
            there.update({one.identity: one for one in found.there})
            state = found.state
            if found.whole:
                self.there, self._state = there, state
                return
        raise MailServerUnavailable(
            f"{self.session.server.host} lists the messages without coming to an end."
        )

    def _changes(self, state: str) -> Changes:
        return self.session.ask(
            lambda exchange: exchange.changes(self.place, state, named=self.named)
        )


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
