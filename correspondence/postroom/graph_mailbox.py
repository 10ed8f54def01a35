"""A mailbox in Exchange Online: looked through, copied out, and each kept message moved aside.

A message is named by its immutable id with the SHA-256 of its bytes. What the folder holds is known
from a delta query: from its beginning at the start and every hour, in between only what changed. A
service that no longer knows up to where we had looked (410) is asked for everything anew, so the
cursor is a hint and never the truth. Whether somebody has read a message is not asked, and nothing
is deleted.

https://learn.microsoft.com/en-us/graph/delta-query-messages
"""

from __future__ import annotations

import hashlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from correspondence.errors import ConnectionLost, MailServerUnavailable
from correspondence.handling_code.london import day_in_london
from correspondence.portions import in_portions
from correspondence.postroom import graph_folder
from correspondence.postroom.answers import Busy, TooLarge
from correspondence.postroom.base import BY_GRAPH, Arrival, Held, LeftAlone
from correspondence.postroom.graph_answers import Missing, Refused
from correspondence.postroom.graph_aside import Aside
from correspondence.postroom.graph_folder import Listed, WatchedFolder
from correspondence.postroom.graph_session import AT_ONCE, name_of
from correspondence.postroom.patience import Patience
from correspondence.postroom.scan_placeholder import is_being_scanned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from correspondence.postroom.graph_session import GraphSession

_MEGABYTE: Final = 1024 * 1024
_TRIES: Final = 4  # of one request of a patient sweep, before the rest is left to the next
_CREW: Final = AT_ONCE - 1  # messages fetched or moved at once; one request is left for a letter
_TOGETHER: Final = 24  # messages fetched before the first of them is handed over
_TOGETHER_BYTES: Final = 8 * _MEGABYTE
_ENCODED: Final = 2  # a message as MIME is larger than it is kept, by a third and some


@dataclass(frozen=True, slots=True)
class GraphRules:
    """What is read of a mailbox, and how often. `largest` is in bytes, the others in seconds.

    Messages that came before the day `received_since` stay where they are. A message whose
    attachments are being scanned is waited for, `scan_hold` from its receipt and no longer.
    """

    folder: str = "INBOX"
    processed: str = "Processed"
    received_since: date | None = None
    largest: int = 50 * _MEGABYTE
    poll_seconds: float = 60.0
    look_through_all: float = 3600.0
    scan_hold: float = 3600.0


@dataclass(slots=True)
class GraphMailbox:
    """One mailbox's folder as a source of messages; `since` is a clock that only goes forward."""

    mailbox: str
    session: GraphSession
    rules: GraphRules = field(default_factory=GraphRules)
    patience: Patience = field(default_factory=Patience)
    since: Callable[[], float] = time.monotonic
    chance: Random = field(default_factory=Random)
    _watched: WatchedFolder | None = None
    _left: dict[str, LeftAlone] = field(default_factory=dict)
    _too_early: set[str] = field(default_factory=set)
    _aside: Aside = field(init=False)
    _failed: dict[str, int] = field(default_factory=dict)  # how often, in a row, by message
    _failures: int = 0
    _next_look: float = 0.0
    _next_whole_look: float = 0.0
    _noting: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._aside = Aside(self.session, self.rules.processed)

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
                for one, found in zip(some, self._fetched(some), strict=True):
                    if isinstance(found, ConnectionLost):
                        yield self._odd(one, found)
                    elif found is not None:
                        yield found
        except ConnectionLost as lost:
            self._put_off(lost)
            raise
        self._failures = 0

    def settle_all(self, arrivals: Sequence[Arrival]) -> Mapping[str, str]:
        """Move what was kept to the folder for it; those that could not be, and why.

        What a colleague has moved elsewhere in the meantime stays where they put it.
        """
        self.session.patient.tries = _TRIES
        ids = {one.source_key: _id_of(one.source_key) for one in arrivals}
        try:
            watched = self._folder()
            self._catch_up(watched)
            self._aside.make_ready()
            going = [
                identity for identity in dict.fromkeys(ids.values()) if identity in watched.there
            ]
            with ThreadPoolExecutor(_CREW) as crew:
                moved = list(crew.map(partial(self._set_aside, watched), going))
        except MailServerUnavailable as why:
            return dict.fromkeys(ids, self._stays(why))
        refused = {identity: why for identity, why in zip(going, moved, strict=True) if why}
        return {key: refused[identity] for key, identity in ids.items() if identity in refused}

    def held(self) -> Iterator[Held]:
        """What lies in the folder that is read, and in that for what was kept."""
        for folder, waiting in ((self.rules.folder, True), (self.rules.processed, False)):
            identity = graph_folder.find(self.session, folder)
            listed = graph_folder.named_in(self.session, identity) if identity else ()
            for message, message_id in listed:
                yield Held(f"{self.mailbox}: {folder} {message[-12:]}", waiting, message_id)

    def close(self) -> None:
        """Let go of the connections."""
        self.session.close()

    def _look(self) -> list[Listed]:
        """Everything in the folder that is to be taken; one request where nothing has changed."""
        watched, now = self._folder(), self.since()
        self._catch_up(watched, whole=now >= self._next_whole_look)
        taken = [one for one in watched.there.values() if self._is_ours(one)]
        oldest = datetime.min.replace(tzinfo=UTC)
        return sorted(taken, key=lambda one: (one.received_at or oldest, one.identity))

    def _catch_up(self, watched: WatchedFolder, *, whole: bool = False) -> None:
        try:
            anew = watched.catch_up(whole=whole)
        except Missing as gone:
            self._watched = None  # removed, or made anew under its name: it is looked for again
            raise MailServerUnavailable(
                f"{gone} Is the folder {self.rules.folder} there?"
            ) from None
        if anew:
            self._left.clear()
            self._too_early.clear()
            self._aside.asked.clear()
            self._failed.clear()
            self._next_whole_look = self.since() + self.rules.look_through_all

    def _folder(self) -> WatchedFolder:
        if self._watched is None:
            self._watched = WatchedFolder.named(self.session, self.rules.folder)
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

    def _fetched(self, some: Sequence[Listed]) -> list[Arrival | LeftAlone | ConnectionLost | None]:
        """Some messages with their bytes; None for what a colleague took away meanwhile."""
        with ThreadPoolExecutor(_CREW) as crew:
            return list(crew.map(self._fetch, some))

    def _odd(self, one: Listed, lost: ConnectionLost) -> LeftAlone:
        """One message over which the service fails; the others are not held up by it.

        Raises what was lost where it is not the message but the service: where it asks for
        patience, or does not answer for its folder either.
        """
        if isinstance(lost, Busy):
            raise lost
        self.session.get(f"mailFolders/{name_of(self._folder().identity)}", {"$select": "id"})
        self._failed[one.identity] = self._failed.get(one.identity, 0) + 1
        if self._failed[one.identity] >= _TRIES:  # from now on looked at only when all is
            self._leave(one.identity, str(lost))
        return LeftAlone(self._name(one.identity), str(lost))

    def _fetch(self, one: Listed) -> Arrival | LeftAlone | ConnectionLost | None:
        largest = _ENCODED * self.rules.largest + _MEGABYTE
        try:
            raw = self.session.content(f"messages/{name_of(one.identity)}/$value", largest)
        except Missing as missing:
            if self._is_there(one.identity):
                return self._leave(one.identity, str(missing))
            self._gone(one.identity)
            return None
        except ConnectionLost as lost:
            return lost
        except TooLarge:
            return self._leave(one.identity, self._too_large(largest))
        except Refused as refused:
            if refused.status in (401, 403):  # it is not this message that is refused
                raise
            return self._leave(one.identity, str(refused))
        if is_being_scanned(raw, has_attachments=one.has_attachments) and not self._waited(one):
            return LeftAlone(self._name(one.identity), "its attachments are being scanned", True)
        return Arrival(
            source_key=f"{BY_GRAPH}{self.session.server.user}/{name_of(one.identity)}"
            f"#{hashlib.sha256(raw).hexdigest()}",
            mailbox=self.mailbox,
            name=self._name(one.identity),
            raw=raw,
            file_time=one.received_at or datetime.now(UTC),
            server_received_at=one.received_at,
        )

    def _is_there(self, identity: str) -> bool:
        watched = self._folder()
        return watched.place_of(identity) == watched.identity

    def _waited(self, one: Listed) -> bool:
        """Whether it has been waited for long enough, by the service's own clock."""
        now = self.session.server_time or datetime.now(UTC)
        hold = timedelta(seconds=self.rules.scan_hold)
        return one.received_at is None or now - one.received_at >= hold

    def _leave(self, identity: str, because: str) -> LeftAlone:
        with self._noting:
            self._left[identity] = LeftAlone(self._name(identity), because)
            return self._left[identity]

    def _gone(self, identity: str) -> None:
        with self._noting:
            if self._watched is not None:
                self._watched.there.pop(identity, None)

    def _name(self, identity: str) -> str:
        return f"{self.mailbox}: {self.rules.folder} {identity[-12:]}"

    def _set_aside(self, watched: WatchedFolder, identity: str) -> str:
        """Move one message; empty where it is in its place, or not there any more; else why not."""
        try:
            self.session.patient.trying(partial(self._aside.move, watched, identity))
        except ConnectionLost as why:
            return self._stays(why)
        except MailServerUnavailable as why:
            # Looked at again only when all is.
            self._leave(identity, "it is kept, but could not be moved")
            return self._stays(why)
        self._gone(identity)
        return ""

    def _stays(self, why: MailServerUnavailable) -> str:
        return f"{why} The message is safely kept and stays in {self.rules.folder}."

    def _put_off(self, lost: ConnectionLost) -> None:
        """Look again after a while: as long as was asked for, else longer each time."""
        self._failures += 1
        pause = self.patience.pause(self._failures, self.chance)
        asked = lost.after if isinstance(lost, Busy) else 0.0
        self._next_look = self.since() + max(pause, asked)


def _id_of(source_key: str) -> str:
    """The immutable id in a source key of ours. Raises ValueError for another's."""
    if not source_key.startswith(BY_GRAPH):
        raise ValueError("this message did not come from a mailbox by Microsoft Graph")
    return unquote(source_key.rpartition("#")[0].rpartition("/")[2])
