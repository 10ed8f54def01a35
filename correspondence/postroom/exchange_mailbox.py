"""A mailbox on an Exchange server: looked through, copied out, and what is kept moved aside.

A message is named by its id with the SHA-256 of its bytes. Exchange gives it another id whenever it
is moved, so what was set aside, or a colleague moved elsewhere, is not found under the old one and
is never moved by it. What the folder holds is known from SyncFolderItems: from its beginning at the
start and every hour, in between only what changed. Whether somebody has read a message is not
asked, and nothing is deleted.

https://learn.microsoft.com/en-us/exchange/client-developer/exchange-web-services/mailbox-synchronization-and-ews-in-exchange
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from correspondence.errors import (
    ConnectionLost,
    LoginRefused,
    MailServerUnavailable,
    NoCredential,
)
from correspondence.handling_code.london import day_in_london
from correspondence.portions import in_portions
from correspondence.postroom.answers import Busy, TooLarge
from correspondence.postroom.base import BY_EXCHANGE, Arrival, Held, LeftAlone
from correspondence.postroom.exchange_answers import Missing, meaning_of
from correspondence.postroom.exchange_folder import WatchedFolder, find, ready
from correspondence.postroom.patience import Patience

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from correspondence.postroom.exchange_operations import Listed
    from correspondence.postroom.exchange_server import Place
    from correspondence.postroom.exchange_services import Exchange
    from correspondence.postroom.exchange_session import ExchangeSession

_MEGABYTE: Final = 1024 * 1024
_TRIES: Final = 4  # of one request of a patient sweep, before the rest is left to the next
_TOGETHER: Final = 32  # messages fetched, or moved, by one request
_TOGETHER_BYTES: Final = 8 * _MEGABYTE
_IN_A_KEY: Final = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "/#%+?"})
_ENCODED: Final = 3  # a message is larger as MIME than it is kept, and that again in base64


@dataclass(frozen=True, slots=True)
class ExchangeRules:
    """What is read of a mailbox, and how often. `largest` is in bytes, the others in seconds.

    Messages that came before the day `received_since` stay where they are.
    """

    folder: str = "INBOX"
    processed: str = "Processed"
    received_since: date | None = None
    largest: int = 50 * _MEGABYTE
    poll_seconds: float = 60.0
    look_through_all: float = 3600.0


@dataclass(slots=True)
class ExchangeMailbox:
    """One mailbox's folder as a source of messages; `since` is a clock that only goes forward."""

    mailbox: str
    session: ExchangeSession
    rules: ExchangeRules = field(default_factory=ExchangeRules)
    patience: Patience = field(default_factory=Patience)
    since: Callable[[], float] = time.monotonic
    chance: Random = field(default_factory=Random)
    _watched: WatchedFolder | None = None
    _aside: Place | None = None
    _left: dict[str, LeftAlone] = field(default_factory=dict)
    _too_early: set[str] = field(default_factory=set)
    _failed: dict[str, int] = field(default_factory=dict)  # how often, in a row, by message
    _failures: int = 0
    _next_look: float = 0.0
    _next_whole_look: float = 0.0

    def arrivals(self, *, patient: bool = True) -> Iterator[Arrival | LeftAlone]:
        """What is there and not yet set aside, oldest first.

        A sweep that is not patient looks only when a look is due, and costs one request where
        nothing is new. Raises MailServerUnavailable.
        """
        if not patient and self.since() < self._next_look:
            return
        tries = self.session.patient.tries = _TRIES if patient else 1
        self._next_look = self.since() + self.rules.poll_seconds
        try:
            listed = self._look()
            yield from self._left_alone()
            for some in in_portions(
                listed, lambda one: one.size, most=_TOGETHER, most_bytes=_TOGETHER_BYTES
            ):
                self.session.patient.tries = tries  # settling in between is always patient
                yield from self._fetch(some)
        except ConnectionLost as lost:
            self._put_off(lost)
            raise
        self._failures = 0

    def settle_all(self, arrivals: Sequence[Arrival]) -> Mapping[str, str]:
        """Move what was kept to the folder for it; those that could not be, and why.

        What a colleague has moved elsewhere in the meantime stays where they put it.
        """
        self.session.patient.tries = _TRIES
        keys = {one.source_key: _id_of(one.source_key) for one in arrivals}
        ids = list(dict.fromkeys(keys.values()))
        refused: dict[str, str] = {}
        lost = ""
        for some in in_portions(ids, lambda _: 0, most=_TOGETHER, most_bytes=1):
            if lost:  # who does not answer is not waited for once more with each portion
                refused |= dict.fromkeys(some, lost)
                continue
            try:
                refused |= self.session.patient.trying(partial(self._set_aside, some))
            except MailServerUnavailable as why:
                lost = self._stays(why)
                refused |= dict.fromkeys(some, lost)
        return {key: refused[identity] for key, identity in keys.items() if identity in refused}

    def held(self) -> Iterator[Held]:
        """What lies in the folder that is read, and in that for what was kept."""
        self.session.patient.tries = _TRIES
        for folder, waiting in ((self.rules.folder, True), (self.rules.processed, False)):
            place = find(self.session, folder)
            if place is None:
                continue
            watched = WatchedFolder(self.session, place, named=True)
            watched.catch_up()
            for one in watched.there.values():
                name = f"{self.mailbox}: {folder} {one.identity[-12:]}"
                yield Held(name, waiting, one.message_id)

    def close(self) -> None:
        """Let go of the connection."""
        self.session.close()

    def _look(self) -> list[Listed]:
        """Everything in the folder that is to be taken; one request where nothing has changed."""
        watched, now = self._folder(), self.since()
        try:
            anew = watched.catch_up(whole=now >= self._next_whole_look)
        except Missing as gone:
            self._watched = None  # removed, or made anew under its name: it is looked for again
            raise MailServerUnavailable(
                f"{gone} Is the folder {self.rules.folder} there?"
            ) from None
        if anew:
            self._left.clear()
            self._too_early.clear()
            self._failed.clear()
            self._next_whole_look = now + self.rules.look_through_all
        taken = [one for one in watched.there.values() if self._is_ours(one)]
        oldest = datetime.min.replace(tzinfo=UTC)
        # The server tells whole seconds; within one they stay in the order in which it names them.
        return sorted(taken, key=lambda one: one.received_at or oldest)

    def _folder(self) -> WatchedFolder:
        if self._watched is None:
            place = find(self.session, self.rules.folder)
            if place is None:
                raise MailServerUnavailable(
                    f"There is no folder {self.rules.folder} in {self.session.server.address}: "
                    "correct folder."
                )
            self._watched = WatchedFolder(self.session, place)
        return self._watched

    def _is_ours(self, one: Listed) -> bool:
        """Whether a message is to be taken; one that is too large is remembered, and named."""
        if one.identity in self._left or one.identity in self._too_early:
            return False
        starts = self.rules.received_since
        if starts and one.received_at and day_in_london(one.received_at) < starts:
            self._too_early.add(one.identity)
            return False
        if one.size > self.rules.largest:
            self._leave(one.identity, self._too_large(one.size))
            return False
        return True

    def _too_large(self, size: int) -> str:
        most = self.rules.largest // _MEGABYTE
        return f"it is larger than {most} MB ({size // _MEGABYTE} MB); take it out by hand"

    def _left_alone(self) -> Iterator[LeftAlone]:
        there = self._watched.there if self._watched else {}
        yield from [left for identity, left in self._left.items() if identity in there]
        if early := len(self._too_early.intersection(there)):
            because = f"{early} messages came before the day from which it is read"
            yield LeftAlone(f"{self.mailbox}: {self.rules.folder}", because)

    def _fetch(self, some: Sequence[Listed]) -> list[Arrival | LeftAlone]:
        """The bytes of some messages; what colleagues took away meanwhile is not among them.

        Where the server fails over all of them together, each is asked for by itself.
        """
        ids = [one.identity for one in some]
        size = sum(one.size for one in some)
        largest = _ENCODED * min(max(size, _MEGABYTE), len(some) * self.rules.largest) + _MEGABYTE
        try:
            bodies = self.session.ask(lambda exchange: exchange.bodies(ids, largest))
        except (Busy, LoginRefused, NoCredential):
            raise
        except MailServerUnavailable as why:
            if len(some) > 1:
                return [found for one in some for found in self._fetch([one])]
            if isinstance(why, ConnectionLost):
                return [self._odd(some[0], why)]
            because = self._too_large(largest) if isinstance(why, TooLarge) else str(why)
            return [self._leave(some[0].identity, because)]
        return [found for one in some for found in self._made_of(one, bodies, len(some))]

    def _made_of(
        self, one: Listed, bodies: Mapping[str, bytes | Exception], together: int
    ) -> list[Arrival | LeftAlone]:
        """What became of one of the messages that were asked for `together`."""
        body = bodies.get(one.identity)
        if body is None and together > 1:
            return self._fetch([one])
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

    def _odd(self, one: Listed, lost: ConnectionLost) -> LeftAlone:
        """One message over which the server fails; the others are not held up by it.

        Raises what was lost where the server does not answer for its folder either.
        """
        place = self._folder().place
        self.session.ask(lambda exchange: exchange.count(place))
        self._failed[one.identity] = self._failed.get(one.identity, 0) + 1
        if self._failed[one.identity] >= _TRIES:  # from now on looked at only when all is
            self._leave(one.identity, str(lost))
        return LeftAlone(self._name(one.identity), str(lost))

    def _arrival(self, one: Listed, raw: bytes) -> Arrival:
        address = self.session.server.address
        digest = hashlib.sha256(raw).hexdigest()
        return Arrival(
            source_key=f"{BY_EXCHANGE}{address}/{one.identity.translate(_IN_A_KEY)}#{digest}",
            mailbox=self.mailbox,
            name=self._name(one.identity),
            raw=raw,
            file_time=one.received_at or datetime.now(UTC),
            server_received_at=one.received_at,
        )

    def _leave(self, identity: str, because: str) -> LeftAlone:
        self._left[identity] = LeftAlone(self._name(identity), because)
        return self._left[identity]

    def _gone(self, identity: str) -> None:
        if self._watched is not None:
            self._watched.there.pop(identity, None)

    def _name(self, identity: str) -> str:
        return f"{self.mailbox}: {self.rules.folder} {identity[-12:]}"

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

    def _stays(self, why: MailServerUnavailable) -> str:
        return f"{why} The message is safely kept and stays in {self.rules.folder}."

    def _put_off(self, lost: ConnectionLost) -> None:
        """Look again after a while: as long as was asked for, else longer each time."""
        self._failures += 1
        pause = self.patience.pause(self._failures, self.chance)
        asked = lost.after if isinstance(lost, Busy) else 0.0
        self._next_look = self.since() + max(pause, asked)


def _move(exchange: Exchange, *, ids: Sequence[str], target: Place) -> dict[str, Exception | None]:
    return exchange.move(ids, target)


def _id_of(source_key: str) -> str:
    """The id in a source key of ours. Raises ValueError for another's."""
    if not source_key.startswith(BY_EXCHANGE):
        raise ValueError("this message did not come from a mailbox on an Exchange server")
    return unquote(source_key.rpartition("#")[0].rpartition("/")[2])
