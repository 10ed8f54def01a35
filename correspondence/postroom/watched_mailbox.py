"""A mailbox whose server says what changed in its folder: what every such one has in common.

A look asks for what changed, and at the start, every hour and whenever the server wishes for all of
it. Sizes come before any words; what is left where it is, and why, is remembered and told at each
look. A message is named by its id with the SHA-256 of its bytes. Whether somebody has read it is
not asked, and nothing is deleted.
"""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, ClassVar, Final, Generic, TypeVar
from urllib.parse import unquote

from correspondence.errors import ConnectionLost, MailServerUnavailable
from correspondence.portions import in_portions
from correspondence.postroom.answers import Busy, Missing
from correspondence.postroom.base import Arrival, Held, HeldBack, LeftAlone
from correspondence.postroom.patience import Patience
from correspondence.postroom.rules import MEGABYTE, Rules, enough, too_often
from correspondence.postroom.watched_folder import Listed, Session, WatchedFolder

if TYPE_CHECKING:
    from collections.abc import Mapping

Folder = TypeVar("Folder", bound=WatchedFolder)

TRIES: Final = 4
"""Of one request of a patient sweep, before the rest is left to the next."""

_TOGETHER_BYTES: Final = 8 * MEGABYTE
_BESIDE: Final = 3  # requests that a portion costs, whatever its messages do


@dataclass(slots=True)
class WatchedMailbox(ABC, Generic[Folder]):
    """One mailbox's folder as a source of messages; `since` is a clock that only goes forward."""

    mailbox: str
    session: Session
    rules: Rules = field(default_factory=Rules)
    patience: Patience = field(default_factory=Patience)
    since: Callable[[], float] = time.monotonic
    chance: Random = field(default_factory=Random)
    _watched: Folder | None = None
    _left: dict[str, LeftAlone] = field(default_factory=dict)
    _too_early: set[str] = field(default_factory=set)
    _failed: dict[str, int] = field(default_factory=dict)  # how often, in a row, by message
    _in_hand: int = 0  # handed over, and still to be set aside
    _failures: int = 0
    _next_look: float = 0.0
    _next_whole_look: float = 0.0
    _noting: threading.Lock = field(default_factory=threading.Lock)

    SCHEME: ClassVar[str]
    """What its source keys begin with."""

    TOGETHER: ClassVar[int]
    """The most messages that are fetched before the first of them is handed over."""

    EACH: ClassVar[int]
    """Requests that each of them costs, to be fetched and set aside; 0 where many share one."""

    def arrivals(self, *, patient: bool = True) -> Iterator[Arrival | LeftAlone | HeldBack]:
        """What is there and not yet set aside, oldest first.

        A sweep that is not patient looks only when a look is due, and costs one request where
        nothing is new. Raises MailServerUnavailable.
        """
        if not patient and (self.since() < self._next_look or self.session.pace.pause()):
            return
        self.session.patient.tries = TRIES if patient else 1
        self._next_look = self.since() + self.rules.poll_seconds
        try:
            listed = self._look()
            yield from self._left_alone()
            yield from self._handed_over(listed, patient=patient)
        except ConnectionLost as lost:
            self._put_off(lost)
            raise
        self._failures = 0

    def settle_all(self, arrivals: Sequence[Arrival]) -> Mapping[str, str]:
        """Move what was kept to the folder for it; those that could not be, and why.

        What a colleague has moved elsewhere in the meantime stays where they put it.
        """
        self.session.patient.tries = TRIES
        self._in_hand = max(0, self._in_hand - len(arrivals))
        ids = {one.source_key: self._id_in(one.source_key) for one in arrivals}
        refused = self._moved_aside(list(dict.fromkeys(ids.values())))
        return {key: refused[identity] for key, identity in ids.items() if identity in refused}

    def held(self) -> Iterator[Held]:
        """What lies in the folder that is read, and in that for what was kept."""
        self.session.patient.tries = TRIES
        for folder, waiting in ((self.rules.folder, True), (self.rules.processed, False)):
            for identity, message_id in self._named_in(folder):
                yield Held(f"{self.mailbox}: {folder} {identity[-12:]}", waiting, message_id)

    def close(self) -> None:
        """Let go of the connection."""
        self.session.close()

    def _handed_over(
        self, listed: Sequence[Listed], *, patient: bool
    ) -> Iterator[Arrival | LeftAlone | HeldBack]:
        """What is listed, a portion at a time; all of it, or as much as a look may."""
        taken, pace, self._in_hand = 0, self.session.pace, 0
        together = pace.fitting(self.TOGETHER, each=self.EACH)
        for some in in_portions(
            listed, lambda one: one.size, most=together, most_bytes=_TOGETHER_BYTES
        ):
            to_come = self.EACH * len(some) + (self._in_hand if self.EACH else 0) + _BESIDE
            pause = pace.pause(to_come)
            if patient:
                if pause:
                    self.session.patient.wait(pause)
            elif held := (
                too_often(self.mailbox, pace, pause)
                or enough(self.mailbox, taken, self.rules.most_per_look)
            ):
                self._next_look = self.since() + held.after
                yield held
                return
            self.session.patient.tries = TRIES if patient else 1  # settling in between is patient
            for found in self._fetched(some):
                taken += isinstance(found, Arrival)
                self._in_hand += isinstance(found, Arrival)
                yield found

    @abstractmethod
    def _opened(self) -> Folder:
        """The folder that is read. Raises MailServerUnavailable where there is none."""

    @abstractmethod
    def _fetched(self, some: Sequence[Listed]) -> Iterable[Arrival | LeftAlone]:
        """Some messages with their bytes; what a colleague took away meanwhile is left out."""

    @abstractmethod
    def _moved_aside(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Move these to the folder for what is kept; why not, by id, for those that were not."""

    @abstractmethod
    def _answers(self) -> None:
        """Ask for the folder itself. Raises MailServerUnavailable where not even that is given."""

    @abstractmethod
    def _named_in(self, folder: str) -> Iterator[tuple[str, str]]:
        """Id and Message-ID, in brackets, of all in the folder of that name, if it is there."""

    @abstractmethod
    def _source(self, identity: str) -> str:
        """The message of that id as part of a source key, its mailbox before it."""

    def _folder(self) -> Folder:
        if self._watched is None:
            self._watched = self._opened()
        return self._watched

    def _look(self) -> list[Listed]:
        """Everything in the folder that is to be taken; one request where nothing has changed."""
        watched = self._folder()
        self._catch_up(watched, whole=self.since() >= self._next_whole_look)
        taken = [one for one in watched.there.values() if self._is_ours(one)]
        oldest = datetime.min.replace(tzinfo=UTC)
        # Within one second they stay in the order in which the server names them.
        return sorted(taken, key=lambda one: one.received_at or oldest)

    def _catch_up(self, watched: Folder, *, whole: bool = False) -> None:
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
            self._failed.clear()
            self._next_whole_look = self.since() + self.rules.look_through_all

    def _is_ours(self, one: Listed) -> bool:
        """Whether a message is to be taken; one that is too large is remembered, and named."""
        if one.identity in self._left or one.identity in self._too_early:
            return False
        if self.rules.is_too_early(one.received_at):
            self._too_early.add(one.identity)
            return False
        if one.size > self.rules.largest:
            self._leave(one.identity, self.rules.too_large(one.size))
            return False
        return True

    def _left_alone(self) -> Iterator[LeftAlone]:
        there = self._watched.there if self._watched else {}
        yield from [left for identity, left in self._left.items() if identity in there]
        if early := len(self._too_early.intersection(there)):
            yield self.rules.early(self.mailbox, early)

    def _odd(self, one: Listed, lost: ConnectionLost) -> LeftAlone:
        """One message over which the server fails; the others are not held up by it.

        Raises what was lost where it is not the message but the server: where it asks for patience,
        or does not answer for its folder either.
        """
        if isinstance(lost, Busy):
            raise lost
        self._answers()
        self._failed[one.identity] = self._failed.get(one.identity, 0) + 1
        if self._failed[one.identity] >= TRIES:  # from now on looked at only when all is
            self._leave(one.identity, str(lost))
        return LeftAlone(self._name(one.identity), str(lost))

    def _arrival(self, one: Listed, raw: bytes) -> Arrival:
        return Arrival.from_server(
            self._source(one.identity),
            raw,
            mailbox=self.mailbox,
            name=self._name(one.identity),
            received_at=one.received_at,
        )

    def _id_in(self, source_key: str) -> str:
        """The id in a source key of ours. Raises ValueError for another's."""
        if not source_key.startswith(self.SCHEME):
            raise ValueError(f"this message did not come from a mailbox by {self.SCHEME}")
        return unquote(source_key.rpartition("#")[0].rpartition("/")[2])

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

    def _stays(self, why: MailServerUnavailable) -> str:
        return f"{why} The message is safely kept and stays in {self.rules.folder}."

    def _put_off(self, lost: ConnectionLost) -> None:
        """Look again after a while: as long as was asked for, else longer each time."""
        self._failures += 1
        pause = self.patience.pause(self._failures, self.chance)
        asked = lost.after if isinstance(lost, Busy) else 0.0
        self._next_look = self.since() + max(pause, asked)
