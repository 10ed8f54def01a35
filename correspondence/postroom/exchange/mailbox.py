"""A mailbox on an Exchange server: looked through, copied out, and what is kept moved aside.

Exchange gives a message another id whenever it is moved, so what was set aside, or what a colleague
moved elsewhere, is not found under the old one and is never moved by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from correspondence.errors import (
    ConnectionLost,
    LoginRefused,
    MailServerUnavailable,
    NoCredential,
)
from correspondence.portions import in_portions
from correspondence.postroom.answers import Busy, Missing, TooLarge
from correspondence.postroom.base import BY_EXCHANGE, Arrival, LeftAlone
from correspondence.postroom.exchange.answers import meaning_of
from correspondence.postroom.exchange.folder import ExchangeFolder, find, ready
from correspondence.postroom.exchange.session import ExchangeSession
from correspondence.postroom.rules import MEGABYTE
from correspondence.postroom.watched_mailbox import WatchedMailbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from correspondence.postroom.exchange.server import Place
    from correspondence.postroom.exchange.services import Exchange
    from correspondence.postroom.watched_folder import Listed

_IN_A_KEY: Final = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "/#%+?"})
_ENCODED: Final = 3  # a message is larger as MIME than it is kept, and that again in base64


@dataclass(slots=True)
class ExchangeMailbox(WatchedMailbox[ExchangeFolder]):
    """One mailbox's folder as a source of messages."""

    session: ExchangeSession
    _aside: Place | None = None

    SCHEME: ClassVar[str] = BY_EXCHANGE
    TOGETHER: ClassVar[int] = 32  # fetched, or moved, by one request
    EACH: ClassVar[int] = 0

    def _moved_aside(self, ids: Sequence[str]) -> Mapping[str, str]:
        refused: dict[str, str] = {}
        lost = ""
        for some in in_portions(ids, lambda _: 0, most=self.TOGETHER, most_bytes=1):
            if lost:  # who does not answer is not waited for once more with each portion
                refused |= dict.fromkeys(some, lost)
                continue
            try:
                refused |= self.session.patient.trying(partial(self._set_aside, some))
            except MailServerUnavailable as why:
                lost = self._stays(why)
                refused |= dict.fromkeys(some, lost)
        return refused

    def _opened(self) -> ExchangeFolder:
        place = find(self.session, self.rules.folder)
        if place is None:
            raise MailServerUnavailable(
                f"There is no folder {self.rules.folder} in {self.session.server.address}: "
                "correct folder."
            )
        return ExchangeFolder(self.session, place)

    def _named_in(self, folder: str) -> Iterator[tuple[str, str]]:
        place = find(self.session, folder)
        if place is not None:
            named = ExchangeFolder(self.session, place, named=True)
            named.catch_up()
            for one in named.there.values():
                yield one.identity, one.message_id

    def _answers(self) -> None:
        place = self._folder().place
        self.session.ask(lambda exchange: exchange.count(place))

    def _source(self, identity: str) -> str:
        return f"{self.SCHEME}{self.session.server.address}/{identity.translate(_IN_A_KEY)}"

    def _fetched(self, some: Sequence[Listed]) -> list[Arrival | LeftAlone]:
        """The bytes of some messages; what colleagues took away meanwhile is not among them.

        Where the server fails over all of them together, each is asked for by itself.
        """
        ids = [one.identity for one in some]
        size = sum(one.size for one in some)
        largest = _ENCODED * min(max(size, MEGABYTE), len(some) * self.rules.largest) + MEGABYTE
        try:
            bodies = self.session.ask(lambda exchange: exchange.bodies(ids, largest))
        except (Busy, LoginRefused, NoCredential):
            raise
        except MailServerUnavailable as why:
            if len(some) > 1:
                return [found for one in some for found in self._fetched([one])]
            if isinstance(why, ConnectionLost):
                return [self._odd(some[0], why)]
            because = self.rules.too_large(largest) if isinstance(why, TooLarge) else str(why)
            return [self._leave(some[0].identity, because)]
        return [found for one in some for found in self._made_of(one, bodies, len(some))]

    def _made_of(
        self, one: Listed, bodies: Mapping[str, bytes | Exception], together: int
    ) -> list[Arrival | LeftAlone]:
        """What became of one of the messages that were asked for `together`."""
        body = bodies.get(one.identity)
        if body is None and together > 1:
            return self._fetched([one])
        found = self._judged(one, body)
        return [] if found is None else [found]

    def _judged(self, one: Listed, body: bytes | Exception | None) -> Arrival | LeftAlone | None:
        if body is None:
            return LeftAlone(self._name(one.identity), "the server left it out of its answer", True)
        if isinstance(body, bytes):
            return self._arrival(one, body)
        why = meaning_of(body, self.session.server.host, self.session.shown)
        if isinstance(why, Missing):
            self._gone(one.identity)
            return None
        if isinstance(why, Busy):
            raise why
        if isinstance(why, ConnectionLost):
            return self._odd(one, why)
        return self._leave(one.identity, str(why))

    def _set_aside(self, some: Sequence[str]) -> dict[str, str]:
        """Move messages; why not, for each that is there and was not. May be asked for again.

        Raises ConnectionLost where that is to be done, since it is not known which were moved.
        """
        moved = self._moved(some)
        refused: dict[str, str] = {}
        for identity in some:
            fault = moved[identity]
            why = meaning_of(fault, self.session.server.host, self.session.shown) if fault else None
            if why is None or isinstance(why, Missing):
                self._gone(identity)
            elif isinstance(why, ConnectionLost):
                raise why
            else:  # looked at again only when all is
                self._leave(identity, "it is kept, but could not be moved")
                refused[identity] = self._stays(why)
        return refused

    def _moved(self, some: Sequence[str]) -> dict[str, Exception | None]:
        """One request, and what it says of each; once more where the folder for them is gone."""
        for known in (self._aside is not None, False):
            target = self._aside or ready(self.session, self.rules.processed)
            self._aside = target
            try:
                moved = self.session.ask_once(partial(_move, ids=some, target=target))
            except Missing:
                moved = {}
            except MailServerUnavailable:
                self._aside = None
                raise
            names = {type(one).__name__ for one in moved.values()}
            if moved and not names & {"ErrorFolderNotFound", "ErrorToFolderNotFound"}:
                return moved
            self._aside = None  # a colleague removed it, and it is made anew
            if not known:
                break
        raise ConnectionLost(f"{self.session.server.host} does not say which messages it moved.")


def _move(exchange: Exchange, *, ids: Sequence[str], target: Place) -> dict[str, Exception | None]:
    return exchange.move(ids, target)
